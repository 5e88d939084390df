import { z } from '../zod';
import { causeIds, checkIds, checkLabels, type CauseId, type TestResult } from './check';
import { instantSchema } from './limits';

/** Why a test ran: somebody asked for this one, for all of them, or the time for it had come. */
export const testedBySchema = z.enum(['person', 'test-all', 'schedule']);
export type TestedBy = z.infer<typeof testedBySchema>;

/** How one test ended: a line of a connection's history. */
export const testEndSchema = z.strictObject({
  /** when it ended */
  at: instantSchema,
  state: z.enum(['passed', 'warned', 'failed']),
  tookMs: z.number().min(0),
  by: testedBySchema,
  /** what AWS said it was asked as, where it passed */
  as: z.string().max(2048).optional(),
  /** the check that failed, and the likeliest cause */
  check: z.enum(checkIds).optional(),
  cause: z.enum(causeIds).optional(),
});
export type TestEnd = Readonly<z.infer<typeof testEndSchema>>;

/** So many ends are kept of each connection; the oldest go first. */
export const keptTestEnds = 200;

/** The line that a result leaves; a cancelled test leaves none. */
export function testEndOf(result: TestResult, by: TestedBy): TestEnd | undefined {
  const { state, startedAt, finishedAt, callerArn, checks, diagnosis } = result;
  if (state === 'cancelled') return undefined;
  const failed = state === 'failed' ? checks.find((check) => check.state === 'failed')?.id : undefined;
  const cause = state === 'failed' ? diagnosis?.causes[0]?.id : undefined;
  return {
    at: finishedAt,
    state,
    tookMs: Math.max(0, finishedAt - startedAt),
    by,
    ...(state !== 'failed' && callerArn !== undefined && { as: callerArn }),
    ...(failed && { check: failed }),
    ...(cause && { cause }),
  };
}

/** The last end that was not a failure. `ends` is in order of time. */
export function lastWorked(ends: readonly TestEnd[]): TestEnd | undefined {
  return ends.findLast(({ state }) => state !== 'failed');
}

/** Ends in a row that say the same, the newest first. */
export type TestSpell = { readonly last: TestEnd; readonly first: TestEnd; readonly count: number };

/** Puts together what came out the same several times in a row, so that a change stands out. `ends` is in order of time. */
export function spellsOf(ends: readonly TestEnd[]): TestSpell[] {
  const spells: TestSpell[] = [];
  for (const end of ends) {
    const current = spells.at(-1);
    const { last } = current ?? {};
    if (
      current !== undefined &&
      last?.state === end.state &&
      last.check === end.check &&
      last.cause === end.cause &&
      last.by === end.by
    ) {
      spells[spells.length - 1] = { ...current, last: end, count: current.count + 1 };
    } else {
      spells.push({ first: end, last: end, count: 1 });
    }
  }
  return spells.reverse();
}

export type DayTick = { readonly startsAt: number; readonly state: TestEnd['state'] | 'none' };

/** The worst end of each of the last `count` days, today last. `dayStarts` gives the first moment of the day so many days ago. */
export function dayTicks(ends: readonly TestEnd[], count: number, dayStarts: (daysAgo: number) => number): DayTick[] {
  const ranks = { none: 0, passed: 1, warned: 2, failed: 3 } as const;
  return Array.from({ length: count }, (_, index) => {
    const daysAgo = count - 1 - index;
    const startsAt = dayStarts(daysAgo);
    const endsAt = daysAgo === 0 ? Infinity : dayStarts(daysAgo - 1);
    const state = ends
      .filter(({ at }) => at >= startsAt && at < endsAt)
      .reduce<DayTick['state']>((worst, end) => (ranks[end.state] > ranks[worst] ? end.state : worst), 'none');
    return { startsAt, state };
  });
}

const spelled: readonly (readonly [RegExp, string])[] = [
  [/\bexternal id\b/, 'external ID'],
  [/\bmfa\b/, 'MFA'],
  [/\baws\b/, 'AWS'],
  [/\bregion\b/, 'Region'],
];

/** A cause in a few words: “external ID differs”. */
export function causeWords(cause: CauseId): string {
  return spelled.reduce((words, [from, to]) => words.replace(from, to), cause.replaceAll('-', ' '));
}

/** What failed, in a few words: “AssumeRole: role missing”. Empty where nothing did. */
export function failureWords({ check, cause }: Pick<TestEnd, 'check' | 'cause'>): string {
  const words = [check === undefined ? '' : checkLabels[check], cause === undefined ? '' : causeWords(cause)];
  return words.filter((word) => word !== '').join(': ');
}

/** How often every connection is tested by itself, while the app runs. */
export const healthEverySchema = z.enum(['never', 'day', 'six-hours', 'hour']);
export type HealthEvery = z.infer<typeof healthEverySchema>;

const hourMs = 3_600_000;
/** Milliseconds from the beginning of one round to the next, before jitter. */
export const healthPeriods: Readonly<Record<Exclude<HealthEvery, 'never'>, number>> = {
  day: 24 * hourMs,
  'six-hours': 6 * hourMs,
  hour: hourMs,
};
