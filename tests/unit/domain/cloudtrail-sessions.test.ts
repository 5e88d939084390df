import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCloudTrail } from '../../../core/domain/cloudtrail-sessions';
import { readTime } from '../../../core/domain/cloudtrail-text';
import { at, canary, cli, event, read, role } from './cloudtrail-events';
import { fuzzRuns } from '../../support/fuzz-runs';

const refusal = (text: string): string => {
  const answer = readCloudTrail(text, role);
  if (answer.ok) throw new Error('Expected a refusal');
  return answer.error.message;
};

describe('the sessions of a role, as CloudTrail has them', () => {
  it('finds what the AWS CLI printed, and the download of the event history', () => {
    const [session] = read(cli([event()])).sessions;
    expect(session).toEqual({
      accessKeyId: expect.stringMatching(/^ASIA\d{16}$/) as string,
      issuedAt: at('13:30:02'),
      expiresAt: at('14:30:02'),
      eventName: 'AssumeRole',
      eventId: '3d66d270-9a3c-3693-82ed-4f2230bfa68f',
      sharedEventId: 'aa3bf71e-7679-41a2-861f-811b8b638ac9',
      region: 'eu-west-1',
      principal: 'account 111122223333',
    });
    expect(read(JSON.stringify({ Records: [event()] })).sessions).toMatchObject([{ expiresAt: at('14:30:02') }]);
  });

  it('takes several outputs one after the other, the last to end first, each session once', () => {
    const twice = event({}, '2026-11-22T14:10:00Z');
    const later = event({ eventName: 'AssumeRoleWithSAML', awsRegion: 'us-east-1' }, 'Nov 22, 2026 3:01:02 PM');
    const findings = read(`\ufeff\n${cli([twice])}\n${cli([])}\r\n${cli([twice, later])}\n`);
    expect(findings.sessions.map(({ expiresAt }) => expiresAt)).toEqual([
      Date.UTC(2026, 10, 22, 15, 1, 2),
      at('14:10:00'),
    ]);
    expect(findings).toMatchObject({ events: 3, regions: ['eu-west-1', 'us-east-1'], hasMorePages: false });
  });

  it.each([
    ['by its resource, whatever was asked for', { requestParameters: { roleArn: 'arn:aws:iam::1:role/x' } }, 1],
    ['by what was asked for', { resources: null }, 1],
    ['by the session that came of it', { resources: null, requestParameters: null }, 1],
    ['of another account', { resources: [{ ARN: 'arn:aws:iam::999988887777:role/deploy/TidewaterDeploy' }] }, 0],
    ['of another path', { resources: null, requestParameters: { roleArn: role.arn.replace('/deploy/', '/') } }, 0],
  ])('the role is matched %s', (_name, patch, count) => {
    const findings = read(cli([event(patch)]));
    expect(findings.sessions).toHaveLength(count);
    expect(findings.otherRoles).toBe(1 - count);
    if (count === 0) expect(findings.notes).toContain('The role TidewaterDeploy is not in these events.');
  });

  it('a refused call is no session; one without a readable end, or that says nothing, is counted', () => {
    const refused = event({ errorCode: 'AccessDenied', responseElements: null });
    const noEnd = event({}, 'tomorrow');
    const findings = read(cli([refused, noEnd, 'torn', event({ eventName: 'GetCallerIdentity' })]));
    expect(findings).toMatchObject({ sessions: [], refused: 1, unreadable: 2, otherKinds: 1, events: 4 });
    expect(findings.notes.join(' ')).toMatch(/1 tries .* refused.*1 events open no session/);
    expect(read(JSON.stringify({ Events: [{ CloudTrailEvent: '{"eventName":"Assu' }] })).unreadable).toBe(1);
    expect(read(`{"Records":[${'['.repeat(100_000)}${']'.repeat(100_000)}]}`).unreadable).toBe(1);
  });

  it.each([
    [{ type: 'IAMUser', arn: 'arn:aws:iam::444455556666:user/ci/deployer' }, 'user/ci/deployer'],
    [{ type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/ci/run-7' }, 'role/ci'],
    [{ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }, 'ec2.amazonaws.com'],
    [{ type: 'SAMLUser', userName: 'jo@example.com' }, 'jo@example.com'],
    [{ type: 'WebIdentityUser', userName: 'two words' }, 'not said'],
    [{ type: 'IAMUser', userName: canary }, 'not said'],
    [null, 'not said'],
  ])('who opened it: %j', (userIdentity, principal) => {
    expect(read(cli([event({ userIdentity })])).sessions[0]?.principal).toBe(principal);
  });

  it.each([
    ['prose', 'I see no sessions', 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['half of it', cli([event()]).slice(0, -200), 'not the whole'],
    ['half of the second', `${cli([event()])}\n${cli([event()]).slice(0, -3)}`, 'not the whole'],
    ['words between', `${cli([event()])}\nmore:\n${cli([event()])}`, 'not JSON'],
    ['words behind', `${cli([event()])} and so on`, 'not JSON'],
    ['another answer', '{"Roles":[]}', 'not what CloudTrail answers'],
    ['events without their text', '{"Events":[{"EventName":"AssumeRole"}]}', 'not what CloudTrail answers'],
    ['other events only', cli([event({ eventName: 'PutRolePolicy' })]), 'opens a session'],
    ['too much', `{"Records":[]}${' '.repeat(4_000_000)}`, '4 million'],
    ['too many', JSON.stringify({ Records: Array.from({ length: 20_001 }, () => 0) }), 'not what CloudTrail'],
  ])('says what is wrong with %s', (_name, text, words) => {
    expect(refusal(text)).toContain(words);
  });

  it('says that pages are missing', () => {
    const findings = read(cli([event()], { NextToken: 'eyJ' }));
    expect(findings.hasMorePages).toBe(true);
    expect(findings.notes[0]).toContain('more pages');
    expect(read(cli([event()], { NextToken: null })).hasMorePages).toBe(false);
  });

  it('S-13 no token, no external ID and no other text of an event comes out', () => {
    const hostile = event({
      eventID: canary,
      sharedEventID: canary,
      awsRegion: canary,
      userIdentity: { arn: canary, userName: canary, invokedBy: canary, accountId: canary },
    });
    const all = [event(), hostile, event({}, canary), event({ eventName: canary }), event({ errorCode: canary })];
    const answers = [readCloudTrail(cli(all, { Lookup: { Region: canary } }), role), readCloudTrail(canary, role)];
    answers.push(readCloudTrail(JSON.stringify({ Records: all }), role), readCloudTrail(`{"x":"${canary}"}`, role));
    for (const answer of answers) {
      expect(JSON.stringify(answer)).not.toMatch(/Canary|secret-looking|nightly/);
    }
    expect(answers[0]).toMatchObject({ ok: true, value: { sessions: [{}, {}] } });
  });

  it('S-20 never throws, whatever the text is', () => {
    const piece = fc.oneof(
      fc.constantFrom('{', '}', '"', '\\', '[', '{"Events":', '{"Records":', cli([event()]), '\u2028', 'null'),
      fc.json(),
      fc.string({ unit: 'binary' }),
    );
    const anything = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
    const record = fc.dictionary(fc.constantFrom(...Object.keys(event()), '__proto__'), fc.jsonValue());
    const records = fc.array(fc.oneof(fc.jsonValue(), record)).map((list) => JSON.stringify({ Records: list }));
    fc.assert(
      fc.property(fc.oneof(anything, records), (text) => {
        const answer = readCloudTrail(text, role);
        if (!answer.ok) expect(answer.error.kind).toBe('invalid-input');
      }),
      { numRuns: fuzzRuns(500) },
    );
  });
});

describe('a time of CloudTrail', () => {
  it.each([
    ['Nov 22, 2026, 3:01:02 PM', Date.UTC(2026, 10, 22, 15, 1, 2)],
    ['Nov 22, 2026, 3:01:02\u202fPM', Date.UTC(2026, 10, 22, 15, 1, 2)],
    ['Mar 23, 2016 2:39:57 AM', Date.UTC(2016, 2, 23, 2, 39, 57)],
    ['Jan 1, 2027, 12:00:00 AM', Date.UTC(2027, 0, 1)],
    ['Feb 29, 2028, 12:30:00 PM', Date.UTC(2028, 1, 29, 12, 30)],
    ['2026-11-22T15:01:02Z', Date.UTC(2026, 10, 22, 15, 1, 2)],
    ['2026-11-22T16:01:02.500+01:00', Date.UTC(2026, 10, 22, 15, 1, 2, 500)],
  ])('%s', (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  it.each([
    'Feb 29, 2027, 1:00:00 AM',
    'Nov 31, 2026, 1:00:00 AM',
    'Foo 22, 2026, 1:00:00 AM',
    'Nov 22, 2026, 13:00:00 PM',
    'Nov 22, 2026, 0:00:00 AM',
    '22 Nov 2026',
    '2026-11-22T15:01:02',
    '2026-13-22T15:01:02Z',
    '1795359662',
    '',
  ])('%j is none', (text) => {
    expect(readTime(text)).toBeUndefined();
  });
});
