import type { Connection } from './connection';
import { clip } from '../clip';
import { addMonths } from './calendar';
import type { Agreement } from './drift/agreement';
import { changedParts, worstOf, type DriftLook, type DriftPart } from './drift/difference';
import {
  longestSeen,
  reasonKinds,
  type KeySight,
  type ReviewPeriod,
  type ReviewPolicy,
  type ReviewReason,
} from './review';
import { raisedRisks } from './review-risk';

const dayMs = 86_400_000;

/** What is known here of a connection; of its role as somebody last saw it. */
export type ConnectionFacts = {
  readonly connection: Pick<Connection, 'createdAt' | 'recipeId' | 'reviewAt' | 'roleName' | 'status'>;
  readonly agreement?: Agreement | undefined;
  readonly look?: DriftLook | undefined;
  /** when a person last kept or narrowed it */
  readonly reviewedAt?: number | undefined;
};

export type ReviewFacts =
  ({ readonly of: 'connection' } & ConnectionFacts) | { readonly of: 'key'; readonly key: KeySight };

/** How often a connection by this recipe is to be looked at. */
export function periodOf(policy: ReviewPolicy, recipeId: string): ReviewPeriod {
  return policy.recipes.find((one) => one.recipeId === recipeId)?.every ?? policy.every;
}

/** The date that the policy gives to what is reviewed now; undefined: none. */
export function nextReview(policy: ReviewPolicy, recipeId: string, now: number): number | undefined {
  const every = periodOf(policy, recipeId);
  return every === 'never' ? undefined : addMonths(now, Number(every));
}

/** The date that stands with the connection, else a period after its last review, or after it came into the list. */
export function dueAt({ connection, reviewedAt }: ConnectionFacts, policy: ReviewPolicy): number | undefined {
  return connection.reviewAt ?? nextReview(policy, connection.recipeId, reviewedAt ?? connection.createdAt);
}

/**
 * Why this is to be looked at now, the heaviest first. Pure. At most one reason of each kind; none for access that is closed
 * or being closed, nor for a key that is switched off. What nobody could see gives no reason but that it was not seen.
 */
export function reasonsOf(facts: ReviewFacts, policy: ReviewPolicy, now: number): readonly ReviewReason[] {
  if (facts.of === 'key') return keyReasons(facts.key, policy, now);
  const { status } = facts.connection;
  if (status === 'closing' || status === 'revoked') return [];
  const reasons = [
    policy.riskRaised ? riskReason(facts) : undefined,
    policy.drift ? driftReason(facts) : undefined,
    unusedReason(facts, policy, now),
    notSeenReason(facts, policy, now),
    dueReason(facts, policy, now),
  ];
  return reasons.filter((one) => one !== undefined);
}

/** The earliest moment after `now` at which time alone changes the reasons; undefined: never. */
export function nextChange(facts: ReviewFacts, policy: ReviewPolicy, now: number): number | undefined {
  const { keyDays, unusedDays } = policy;
  const moments =
    facts.of === 'key'
      ? [facts.key.createdAt + keyDays * dayMs]
      : [lastUse(facts), lastSight(facts)].map((at) => at + unusedDays * dayMs).concat(dueAt(facts, policy) ?? []);
  const ahead = moments.filter((at) => at > now);
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}

/** Heavier than the other: less than 0. Then what is so for longer. */
export function byWeight(
  one: Pick<ReviewReason, 'kind' | 'since'>,
  other: Pick<ReviewReason, 'kind' | 'since'>,
): number {
  return reasonKinds.indexOf(one.kind) - reasonKinds.indexOf(other.kind) || one.since - other.since;
}

function keyReasons(key: KeySight, { keyDays }: ReviewPolicy, now: number): readonly ReviewReason[] {
  const { active, createdAt, id, seenAt, userName } = key;
  if (!active || now < createdAt + keyDays * dayMs) return [];
  return [
    {
      ...{ kind: 'old-key', key: `old-key ${id}`, since: createdAt + keyDays * dayMs },
      seen: `${userName} has had this key since ${day(createdAt)}, ${days(now - createdAt)}. It was seen in the account on ${day(seenAt)}.`,
    },
  ];
}

function riskReason({ agreement, look }: ConnectionFacts): ReviewReason | undefined {
  if (agreement === undefined || look === undefined) return undefined;
  const raised = raisedRisks(agreement.role, look);
  const [first] = raised;
  if (first === undefined) return undefined;
  const more = raised.length - 1;
  return {
    ...{ kind: 'risk-raised', key: `risk-raised ${fingerprint(raised.map(({ id }) => id))}`, since: driftedAt(look) },
    seen: clip(
      `${first.message}${more === 0 ? '' : ` And ${more} more that ${more === 1 ? 'was' : 'were'} not agreed.`}`,
      longestSeen,
    ),
  };
}

function driftReason({ look }: ConnectionFacts): ReviewReason | undefined {
  const parts = changedParts(look?.parts ?? []);
  if (look === undefined || parts.length === 0) return undefined;
  const wider = parts.some(({ differences }) => worstOf(differences) === 'widened');
  const key = fingerprint(
    parts.map(({ after = '', differences, id }) => [id, after, differences.map(({ message }) => message)]),
  );
  return {
    ...{ kind: 'drift', key: `drift ${key}`, since: driftedAt(look) },
    seen: clip(
      `${wider ? 'It lets in, or do, more than was agreed' : 'It is not as was agreed'}: ${named(parts)}. Seen on ${day(look.seenAt ?? look.at)}.`,
      longestSeen,
    ),
  };
}

function unusedReason(facts: ConnectionFacts, { unusedDays }: ReviewPolicy, now: number): ReviewReason | undefined {
  const { look } = facts;
  const { seenAt, use } = look ?? {};
  // a look that saw no use is no word about the time since
  if (use === undefined || seenAt === undefined || seenAt < lastUse(facts) + unusedDays * dayMs) return undefined;
  if (now < lastUse(facts) + unusedDays * dayMs) return undefined;
  const { lastUsedAt } = use;
  const last =
    lastUsedAt === undefined
      ? `IAM knows of no use; it keeps 400 days. The role was made on ${day(use.createdAt)}`
      : `IAM saw it used last on ${day(lastUsedAt)}`;
  return {
    ...{ kind: 'unused', key: `unused ${lastUsedAt ?? 'never'}`, since: lastUse(facts) },
    seen: `${last}. Looked at on ${day(seenAt)}; what IAM says is some hours late.`,
  };
}

function notSeenReason(facts: ConnectionFacts, { unusedDays }: ReviewPolicy, now: number): ReviewReason | undefined {
  const since = lastSight(facts);
  if (now < since + unusedDays * dayMs) return undefined;
  const { look } = facts;
  const why =
    look?.seenAt === undefined
      ? look === undefined
        ? 'Nobody has looked at this role from here'
        : 'Nobody here may look at this role'
      : look.state === 'blind'
        ? `Nobody here may look at this role any more; it was last seen on ${day(look.seenAt)}`
        : `It was last looked at on ${day(look.seenAt)}`;
  return {
    ...{ kind: 'not-seen', key: `not-seen ${since}`, since },
    seen: `${why}. Whether it is used, or still as agreed, is not known.`,
  };
}

function dueReason(facts: ConnectionFacts, policy: ReviewPolicy, now: number): ReviewReason | undefined {
  const at = dueAt(facts, policy);
  if (at === undefined || now < at) return undefined;
  const { connection, reviewedAt } = facts;
  const why =
    connection.reviewAt === undefined
      ? `No date was set; ${reviewedAt === undefined ? `it is in the list since ${day(connection.createdAt)}` : `it was reviewed on ${day(reviewedAt)}`}, and a review is wanted every ${monthsOf(periodOf(policy, connection.recipeId))}`
      : `Its review was set for ${day(at)}`;
  return { kind: 'due', key: `due ${at}`, since: at, seen: `${why}.` };
}

/**
 * When the role was last used. Where IAM knows of no use: when it was made, or as far back as IAM looks. Without a look:
 * when it came into the list.
 */
function lastUse({ connection, look }: ConnectionFacts): number {
  const { seenAt, use } = look ?? {};
  if (use === undefined || seenAt === undefined) return connection.createdAt;
  return use.lastUsedAt ?? Math.max(use.createdAt, seenAt - 400 * dayMs);
}

function lastSight({ connection, look }: ConnectionFacts): number {
  return look?.seenAt ?? connection.createdAt;
}

function driftedAt({ at, driftedAt: since, seenAt }: DriftLook): number {
  return since ?? seenAt ?? at;
}

function monthsOf(every: ReviewPeriod): string {
  return every === '1' ? 'month' : `${every} months`;
}

function named(parts: readonly DriftPart[]): string {
  const more = parts.length - 3;
  // what policies are called stays as it is
  const first = parts
    .slice(0, 3)
    .map(({ of, title }) =>
      of === 'managed' || of === 'inline' ? title : title.charAt(0).toLowerCase() + title.slice(1),
    );
  return `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `22 Nov 2026`, in UTC: what was seen is kept, and read in every time zone. */
function day(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

function days(ms: number): string {
  const count = Math.floor(ms / dayMs);
  return count === 1 ? 'one day ago' : `${count} days ago`;
}

/** Short and the same for the same value; two values share one once in 2^53 times. No secret depends on it. */
function fingerprint(value: unknown): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const sign of JSON.stringify(value)) {
    const code = sign.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  return ((high >>> 0) * 2_097_152 + (low >>> 11)).toString(36);
}
