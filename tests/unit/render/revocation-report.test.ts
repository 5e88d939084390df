import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revocationSchema, type Revocation } from '../../../core/domain/revocation';
import { revocationWays } from '../../../core/domain/revocation-ways';
import { documentHtml } from '../../../core/render/document-html';
import { revocationReport } from '../../../core/render/revocation-report';
import {
  revocationReportJson,
  revocationReportSchema,
  type ReportMeta,
} from '../../../core/render/revocation-report-json';
import { visible } from '../../../core/render/text-document';
import { utcSecond } from '../../../core/utc';
import { everyText, text } from './documents';

const at = (second: number) => Date.UTC(2026, 10, 22, 14, 0, second, 250);
const externalId = '9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5';
const meta: ReportMeta = { version: '0.1.0', workspace: 'aws' };
const digest = 'ab'.repeat(32);

const whole: Revocation = {
  id: '0b0f7c1e-6f38-4d5e-9a51-1c2d3e4f5a6b',
  connectionId: '1b0f7c1e-6f38-4d5e-9a51-1c2d3e4f5a6b',
  connectionName: 'Tidewater Production',
  roleArn: 'arn:aws:iam::444455556666:role/deploy/TidewaterDeploy',
  roleName: 'TidewaterDeploy',
  accountId: '444455556666',
  way: 'quarantine',
  doneBy: 'admin@444455556666',
  performer: { kind: 'source', sourceId: 'owner' },
  startedAt: at(1),
  state: 'closing',
  taken: ['close-trust', 'deny-older-sessions'],
  maxSessionDuration: 7200,
  before: {
    trustPolicy: `{"Condition":{"StringEquals":{"sts:ExternalId":"${externalId}"}}}`,
    inlinePolicies: [],
    attachedPolicies: [],
  },
  cutoff: at(33),
  blockedSince: at(2),
  blockedProvedAt: at(16),
  refusedSince: at(5),
  deadBy: { at: at(2) + 7_260_000, basis: 'bound', reason: 'The role’s maximum of 2 h, and 60 s.' },
  ownSessions: [{ id: '2b0f7c1e-6f38-4d5e-9a51-1c2d3e4f5a6b', issuedAt: at(0), expiresAt: at(0) + 3_600_000 }],
  steps: [
    {
      title: 'Closed the trust of TidewaterDeploy',
      call: 'iam:UpdateAssumeRolePolicy',
      state: 'done',
      at: at(2),
      requestId: 'req-trust',
    },
    {
      title: 'Put policy AWSRevokeOlderSessions',
      call: 'iam:PutRolePolicy',
      state: 'done',
      at: at(3),
      requestId: 'req-deny',
    },
    { title: 'Deleted policy X', call: 'iam:DeleteRolePolicy', state: 'started', at: at(4) },
  ],
  proof: [
    {
      at: at(5),
      call: 'iam:ListRoles',
      as: 'old-session',
      asLabel: 'old session …1234',
      answer: 'refused',
      code: 'AccessDenied',
      requestId: 'req-old-1',
    },
    {
      at: at(10),
      call: 'iam:ListRoles',
      as: 'old-session',
      asLabel: 'old session …1234',
      answer: 'refused',
      code: 'AccessDenied',
      requestId: 'req-old-2',
    },
    {
      at: at(11),
      call: 'sts:AssumeRole',
      as: 'deployer',
      asLabel: 'deployer',
      answer: 'let-in',
      code: 'Still let in',
      requestId: 'req-in',
    },
    {
      at: at(16),
      call: 'sts:AssumeRole',
      as: 'deployer',
      asLabel: 'deployer',
      answer: 'refused',
      code: 'AccessDenied',
      requestId: 'req-shut',
    },
  ],
  proofState: 'complete',
  proofNote: 'One session was used as a witness.',
  unobserved: ['The app was not running between 14:00:06 and 14:00:09.'],
  narrowed: { at: at(50), sessions: 2, events: 17, note: 'CloudTrail (eu-west-1) shows two sessions.' },
  cleanedUpAt: at(55),
  signOff: { by: 'Jo Writer', note: 'Seen and filed.', at: at(58) },
  wiped: [
    { title: 'Session in the keychain', at: at(17), verified: true },
    { title: 'Profile tidewater', at: at(18), verified: false },
  ],
  error: {
    kind: 'access-denied',
    message: 'AWS refused it.',
    whatDidNotChange: '',
    whatToDo: '',
    retryable: false,
    remedies: [],
    code: 'AccessDenied',
    requestId: 'req-error',
    detail: 'raw-detail-of-aws',
  },
};

const textsOf = (record: Revocation, more: Partial<ReportMeta> = {}) =>
  everyText(revocationReport(record, { ...meta, ...more, now: at(59), digest }));
const pageOf = (record: Revocation, more: Partial<ReportMeta> = {}) => textsOf(record, more).join('\n');
/** All values under a key, wherever it stands. */
function under(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...under(key, inner),
  ]);
}

const bare: Revocation = {
  ...whole,
  ...{ steps: [], proof: [], wiped: [], ownSessions: [], unobserved: [], proofState: 'not-asked', taken: [] },
  ...{ cutoff: undefined, blockedSince: undefined, blockedProvedAt: undefined, refusedSince: undefined },
  ...{ deadBy: undefined, narrowed: undefined, signOff: undefined, error: undefined, proofNote: undefined },
  ...{ cleanedUpAt: undefined, before: undefined },
} as unknown as Revocation;

describe('the report of a revocation', () => {
  it('lets an auditor find each clock, each request ID and each time', () => {
    expect(revocationSchema.safeParse(whole).success).toBe(true);
    const page = pageOf(whole);
    const times = under('at', [whole.steps, whole.proof, whole.wiped, whole.deadBy, whole.narrowed, whole.signOff]);
    const others = [whole.startedAt, whole.cutoff, whole.blockedSince, whole.blockedProvedAt, whole.refusedSince];
    const ends = [whole.cleanedUpAt, ...whole.ownSessions.map(({ expiresAt }) => expiresAt)];
    expect(times).toHaveLength(12);
    for (const time of [...times, ...others, ...ends]) expect(page).toContain(utcSecond(time as number));
    for (const id of under('requestId', whole)) expect(page).toContain(id);
    const texts = textsOf(whole);
    const after = (term: string) => texts[texts.indexOf(term) + 1];
    expect(after('New sessions')).toBe('Blocked since 2026-11-22 14:00:02 UTC.');
    expect(after('Proved')).toBe('2026-11-22 14:00:16 UTC');
    expect(after('Last credential')).toBe('Dead by 2026-11-22 16:01:02 UTC at the latest.');
    expect(after('Denied')).toContain('2026-11-22 14:00:33 UTC');
    expect(after('Old credential')).toContain('2026-11-22 14:00:05 UTC');
    expect(after('SHA-256')).toBe(digest);
    expect(after('Role')).toBe(whole.roleArn);
    expect(after('Name')).toBe('Jo Writer');
    for (const words of [
      whole.deadBy?.reason,
      whole.narrowed?.note,
      ...whole.unobserved,
      'Upper bound',
      'up to 1 h more',
    ]) {
      expect(page).toContain(words);
    }
    expect(page).toContain('A call was begun whose answer was not seen');
    expect(page).toContain('1 of what was wiped here was not looked for again.');
  });

  it('a record without a proof says so, and what nobody saw', () => {
    for (const proofState of ['not-asked', 'impossible', 'running', 'stopped'] as const) {
      const page = pageOf({ ...bare, proofState });
      expect(page).toContain('Not proved.');
      expect(page).toContain('AWS was asked nothing.');
      expect(page).toMatch(/There is no proof|The proof is not complete/);
    }
    const page = pageOf(bare);
    expect(page).toContain('It was not seen that new sessions are blocked.');
    expect(page).toContain('It was not seen that AWS refuses an old session.');
    expect(page).toContain('There is no time by which the last credential is dead.');
    expect(page).toContain('No call was made by this app.');
    expect(page).toContain('Nothing was wiped here.');
    expect(page).toContain('Nobody has signed it off in the app.');
    expect(pageOf(whole)).not.toContain('Not proved.');
  });

  it('a way that leaves a door open does not claim that it is shut', () => {
    const page = pageOf({ ...bare, way: 'deny-older-sessions' });
    expect(page).toContain('This way leaves the door open: new sessions can be opened.');
    expect(page).not.toContain('Blocked since');
    for (const way of revocationWays) expect(pageOf({ ...bare, way })).toContain('Two clocks');
  });

  it('what was put back is told apart from what was done', () => {
    const undone: Revocation = {
      ...whole,
      state: 'undone',
      undo: { at: at(40), afterSteps: 2 },
      steps: [
        ...whole.steps.slice(0, 2),
        {
          title: 'Put the trust policy back',
          call: 'iam:UpdateAssumeRolePolicy',
          state: 'done',
          at: at(41),
          requestId: 'req-back',
        },
      ],
    };
    const texts = textsOf(undone);
    const back = texts.findIndex((one) => one === 'It was taken back');
    expect(texts.findIndex((one) => one.includes('req-back'))).toBeGreaterThan(back);
    expect(texts.findIndex((one) => one.includes('req-deny'))).toBeLessThan(back);
    expect(texts.join('\n')).toContain('Blocked since 2026-11-22 14:00:02 UTC, until it was taken back.');
    expect(texts.join('\n')).toContain('Dead by 2026-11-22 16:01:02 UTC at the latest, until it was taken back.');
    const { clocks, steps } = revocationReportSchema.parse(JSON.parse(revocationReportJson(undone, meta)));
    expect(steps.map(({ isUndo }) => isUndo)).toEqual([false, false, true]);
    expect(clocks).toMatchObject({ newSessions: { basis: 'open' }, lastCredential: { basis: 'undone' } });
    const withdrawn = pageOf({
      ...bare,
      performer: { kind: 'owner' },
      state: 'undone',
      undo: { at: at(40), afterSteps: 0 },
    });
    expect(withdrawn).toContain('Withdrawn: the owner is not asked any more. Nothing was done.');
  });

  it('the practice sandbox is never taken for AWS', () => {
    expect(pageOf(whole, { workspace: 'practice' })).toContain('Practice sandbox, not AWS.');
    expect(pageOf(whole, { workspace: 'practice' })).toContain('It proves nothing about an account.');
    expect(pageOf(whole)).not.toMatch(/sandbox/i);
  });

  it('S-13 has no external ID, no raw text of AWS, and no credential that somebody typed', () => {
    const key = 'AKIAIOSFODNN7EXAMPLE';
    const leaky: Revocation = {
      ...whole,
      signOff: { by: `Jo ${key}`, note: `It was ${key}`, at: at(58) },
      connectionName: key,
    };
    for (const out of [pageOf(leaky), revocationReportJson(leaky, meta)]) {
      expect(out).not.toContain(externalId);
      expect(out).not.toContain('raw-detail-of-aws');
      expect(out).not.toContain(key);
      expect(out).toContain('it looked like a credential');
    }
  });

  it('S-26 says hostile texts to the letter and lets none become an element', () => {
    const line = text.map((one) => one.slice(0, 60));
    fc.assert(
      fc.property(line, line, line, (a, b, c) => {
        const [title, note, label] = [a, b, c];
        const record: Revocation = {
          ...whole,
          connectionName: label,
          steps: [{ title, call: 'iam:X', state: 'done', at: at(2), requestId: note }],
          proof: [{ ...whole.proof[0], asLabel: label, code: title, requestId: note } as Revocation['proof'][number]],
          unobserved: [note],
          signOff: { by: label, note, at: at(58) },
        };
        const document = revocationReport(record, { ...meta, now: at(59), digest });
        const texts = everyText(document).join('\n');
        for (const one of [title, note, label]) expect(texts).toContain(visible(one));
        expect(documentHtml(document)).not.toMatch(/<script|<img|href=/);
        expect(revocationReportSchema.parse(JSON.parse(revocationReportJson(record, meta))).signOff?.note).toBe(note);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the report as data', () => {
  it('fits its schema, has its keys in one order, and is the same for the same record', () => {
    const json = revocationReportJson(whole, meta);
    expect(revocationReportSchema.parse(JSON.parse(json))).toEqual(JSON.parse(json));
    const shuffled = Object.fromEntries(Object.entries(whole).reverse()) as Revocation;
    expect(revocationReportJson(shuffled, meta)).toBe(json);
    expect(Object.keys(JSON.parse(json) as object).slice(0, 6)).toEqual([
      ...['kind', 'version', 'madeWith', 'workspace', 'id', 'subject'],
    ]);
    expect(json.endsWith('}\n')).toBe(true);
  });

  it('has every time twice, and every request ID', () => {
    const value: unknown = JSON.parse(revocationReportJson(whole, meta));
    const pairs = under('ms', value);
    expect(under('utc', value)).toEqual(pairs.map((ms) => new Date(ms as number).toISOString()));
    for (const time of under('at', whole)) expect(pairs).toContain(time);
    for (const time of [whole.cutoff, whole.blockedSince, whole.blockedProvedAt, whole.refusedSince]) {
      expect(pairs).toContain(time);
    }
    expect(new Set(under('requestId', value))).toEqual(new Set(under('requestId', whole)));
    expect(value).toMatchObject({
      clocks: {
        newSessions: { basis: 'proved', blockedSince: { utc: '2026-11-22T14:00:02.250Z' } },
        lastCredential: { basis: 'bound', deadBy: { ms: whole.deadBy?.at } },
      },
      measures: [
        { measure: 'close-trust', isDone: true },
        { measure: 'deny-older-sessions', isDone: true },
        { measure: 'prove', isDone: true },
      ],
    });
  });

  it('says what is missing as well', () => {
    const value = revocationReportSchema.parse(JSON.parse(revocationReportJson(bare, meta)));
    expect(value.clocks.newSessions).toMatchObject({ basis: 'not-done' });
    expect(value.clocks.lastCredential).toEqual({ basis: 'unknown', reason: 'Not known.' });
    expect(value.notObserved.join(' ')).toContain('There is no proof');
    expect(value.proof).toEqual({ state: 'not-asked', entries: [] });
  });
});
