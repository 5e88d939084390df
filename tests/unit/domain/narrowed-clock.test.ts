import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookupCommand, tightenedClock, type NarrowingGround } from '../../../core/domain/narrowed-clock';
import { findSecret } from '../../../core/domain/paste-secrets';
import { deadByBound } from '../../../core/domain/revocation';
import { at, cli, closedAt, event, hour, minute, read, role } from './cloudtrail-events';

/** What the commands print for this role. */
function printed(events: readonly unknown[], regions: readonly string[] = ['eu-west-1'], patch: object = {}): string {
  const lookups = regions.flatMap((region) =>
    lookupCommand(role.roleName, closedAt, 3600, region)
      .split('\n')
      .map((line) => /Lookup:\{(.*?)\}/.exec(line)?.[1] ?? ''),
  );
  return lookups
    .map((said, index) => {
      const fields = Object.fromEntries(
        [...said.matchAll(/(\w+):'([^']*)'/g)].map(([, name = '', value = '']): [string, string] => [name, value]),
      );
      return cli(index === 0 ? events : [], { NextToken: null, Lookup: { ...fields, ...patch } });
    })
    .join('\n');
}

const ground = (text: string, patch: Partial<NarrowingGround> = {}): NarrowingGround => ({
  closedAt,
  maxSessionDuration: 3600,
  findings: read(text),
  ownSessions: [],
  readAt: closedAt + 20 * minute,
  isDoorShut: true,
  regions: ['eu-west-1'],
  ...patch,
});

const whyNot = (text: string, patch: Partial<NarrowingGround> = {}): string => {
  const clock = tightenedClock(ground(text, patch));
  if (clock.isNarrowed) throw new Error(`Narrowed: ${clock.reason}`);
  expect(clock.why.length).toBeLessThanOrEqual(300);
  return clock.why;
};

describe('the clock that CloudTrail narrows', () => {
  it('is the end of the last session that was open, known or the app’s own', () => {
    const events = [
      event(),
      event({}, 'Nov 22, 2026, 2:10:00 PM'),
      event({ eventTime: '2026-11-22T12:40:00Z' }, 'Nov 22, 2026, 1:40:00 PM'),
    ];
    const clock = tightenedClock(ground(printed(events)));
    expect(clock).toMatchObject({ isNarrowed: true, at: at('14:30:02') });
    if (!clock.isNarrowed) throw new Error(clock.why);
    expect(clock.reason).toContain('2 sessions that were open');
    expect(clock.reason).toContain('2026-11-22 14:20 UTC');
    expect(clock.caveats.join(' ')).toMatch(/eu-west-1.*up to 1 h more/);
    const own = ground(printed(events), { ownSessions: [{ expiresAt: at('14:45:00') }] });
    expect(tightenedClock(own)).toMatchObject({ at: at('14:45:00') });
  });

  it('is the closing itself where nothing was open', () => {
    const clock = tightenedClock(ground(printed([])));
    expect(clock).toMatchObject({ isNarrowed: true, at: closedAt });
  });

  it.each([
    ['too early', printed([event()]), { readAt: closedAt + 14 * minute }, 'Look again after 2026-11-22 14:15 UTC'],
    ['a page missing', `${printed([event()])}${cli([], { NextToken: 'x' })}`, {}, 'NextToken'],
    ['a session without an end', printed([event({}, 'soon')]), {}, 'no end'],
    [
      'one longer than the maximum',
      printed([event({}, 'Nov 22, 2026, 7:30:02 PM')]),
      {},
      'longer than the role’s maximum of 1 h',
    ],
    [
      'one opened since',
      printed([event({ eventTime: '2026-11-22T14:05:00Z' }, 'Nov 22, 2026, 2:20:00 PM')]),
      {},
      'after the door was shut',
    ],
    [
      'a Region that was not read',
      printed([event()]),
      { regions: ['eu-west-1', 'us-east-1'] },
      'not read in us-east-1',
    ],
    ['one kind of three', printed([event()]).split(/\n(?=\{)/)[0] ?? '', {}, 'AssumeRoleWithSAML of eu-west-1'],
    [
      'not back far enough',
      printed([event()], ['eu-west-1'], { StartTime: '2026-11-22T13:10:00Z' }),
      {},
      'from 2026-11-22 13:00 UTC',
    ],
    ['not to the end', printed([event()], ['eu-west-1'], { EndTime: '2026-11-22T14:00:00Z' }), {}, 'are missing'],
    [
      'a longer maximum than was looked up',
      printed([event()]),
      { maxSessionDuration: 7200 },
      'from 2026-11-22 12:00 UTC',
    ],
    ['events that do not reach back', cli([event()]), {}, 'reach back to 2026-11-22 13:30 UTC only'],
    ['an empty answer to an unknown question', cli([]), {}, 'does not say what was looked up'],
  ])('stays the bound: %s', (_name, text, patch, words) => {
    expect(whyNot(text, patch)).toContain(words);
  });

  it('takes other outputs where they reach back far enough', () => {
    const old = event({ eventTime: '2026-11-22T12:59:00Z' }, 'Nov 22, 2026, 1:59:00 PM');
    expect(tightenedClock(ground(cli([event(), old])))).toMatchObject({ isNarrowed: true, at: at('14:30:02') });
  });

  it('does not count new sessions where only older ones are denied', () => {
    const later = event({ eventTime: '2026-11-22T14:05:00Z' }, 'Nov 22, 2026, 3:00:00 PM');
    const clock = tightenedClock(ground(printed([event(), later]), { isDoorShut: false }));
    expect(clock).toMatchObject({ isNarrowed: true, at: at('14:30:02') });
  });

  it('is never before the closing and never after the bound', () => {
    const longest = 70 * minute;
    const found = fc.array(fc.tuple(fc.integer({ min: -longest, max: minute }), fc.integer({ min: 0, max: longest })), {
      maxLength: 4,
    });
    const own = fc.array(fc.integer({ min: -hour, max: longest }), { maxLength: 2 });
    let narrowed = 0;
    fc.assert(
      fc.property(found, own, fc.boolean(), (sessions, ends, isDoorShut) => {
        const iso = (one: number) => new Date(one).toISOString();
        const events = sessions.map(([issued, length]) =>
          event({ eventTime: iso(closedAt + issued) }, iso(closedAt + issued + length)),
        );
        const ownSessions = ends.map((end) => ({ expiresAt: closedAt + end }));
        const clock = tightenedClock(ground(printed(events), { isDoorShut, ownSessions }));
        const last = Math.max(0, ...ends, ...sessions.map(([issued, length]) => issued + length));
        expect(clock.isNarrowed).toBe(closedAt + last <= deadByBound(closedAt, 3600));
        if (!clock.isNarrowed) return;
        narrowed += 1;
        expect(clock.at).toBe(closedAt + last);
        expect(clock.reason.length).toBeLessThanOrEqual(300);
      }),
    );
    expect(narrowed).toBeGreaterThan(10);
  });
});

describe('the commands', () => {
  it('ask for the three kinds in one Region, for the whole time', () => {
    const lines = lookupCommand('TidewaterDeploy', closedAt + 500, 43_200, 'eu-west-1').split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe(
      'aws cloudtrail lookup-events --region eu-west-1 --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithSAML ' +
        '--start-time 2026-11-22T02:00:00Z --end-time 2026-11-22T14:15:01Z --output json ' +
        `--query "{Lookup:{EventName:'AssumeRoleWithSAML',Region:'eu-west-1',StartTime:'2026-11-22T02:00:00Z',EndTime:'2026-11-22T14:15:01Z'},` +
        `Events:Events[?contains(CloudTrailEvent,'TidewaterDeploy')],NextToken:NextToken}"`,
    );
  });

  it('can be copied: nothing in them looks like a credential', () => {
    const name = fc.stringMatching(/^[a-z]{3,12}(-[a-z]{2,8}){0,4}$/);
    fc.assert(
      fc.property(name, fc.constantFrom('eu-west-1', 'ap-southeast-2', 'us-gov-west-1'), (roleName, region) => {
        expect(findSecret(lookupCommand(roleName, closedAt, 43_200, region))).toBeUndefined();
      }),
    );
  });

  it('S-26 have nothing in them that a shell reads, whatever the names are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, region) => {
        for (const line of lookupCommand(name, closedAt, 3600, region).split('\n')) {
          expect(line).toMatch(/^aws cloudtrail [\w .:,=-]+ --query "[\w :,'{}()[\]?+=.@-]+"$/);
        }
      }),
    );
    expect(lookupCommand('x$(id)', closedAt, 3600, '; id')).not.toContain('id)');
  });
});
