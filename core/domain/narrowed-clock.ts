import { clip } from '../clip';
import { utcMinute } from '../utc';
import { isRoleName } from './arn';
import { openingEvents, type CloudTrailFindings } from './cloudtrail-sessions';
import { formatHours } from './duration';
import { regionSchema } from './limits';
import { deadByBound, spreadAllowanceMs } from './revocation';

/** CloudTrail tells of a call some minutes after it; before this much has passed the bound stays (aws-reference §6.4). */
export const deliveryAllowanceMs = 15 * 60_000;

export type NarrowingGround = {
  /** ms, AWS's time: when the door was shut, or the older sessions denied */
  readonly closedAt: number;
  /** the role's, in seconds */
  readonly maxSessionDuration: number;
  readonly findings: CloudTrailFindings;
  /** sessions that this app had opened, with their exact end */
  readonly ownSessions: readonly { readonly expiresAt: number }[];
  /** ms: when CloudTrail was asked, never later than the text was pasted */
  readonly readAt: number;
  /** nobody can open a session since `closedAt`; false where only the older ones are denied */
  readonly isDoorShut: boolean;
  /** where sessions may have been opened: each has to be among those that were looked up */
  readonly regions: readonly string[];
};

/** `reason` and `why` have 300 characters at most. */
export type NarrowedClock =
  | { readonly isNarrowed: true; readonly at: number; readonly reason: string; readonly caveats: readonly string[] }
  /** the bound stays */
  | { readonly isNarrowed: false; readonly why: string };

/**
 * When the last credential is dead, by the sessions that CloudTrail knows: never before `closedAt`, never after the bound.
 * Whatever the events leave open keeps the bound as it is: this answers for it that no credential lives on unseen.
 */
export function tightenedClock(ground: NarrowingGround): NarrowedClock {
  const { closedAt, findings, maxSessionDuration, ownSessions, readAt } = ground;
  const why = whyNot(ground);
  if (why !== undefined) return { isNarrowed: false, why };
  const bound = deadByBound(closedAt, maxSessionDuration);
  const counted = findings.sessions.filter(({ issuedAt }) => issuedAt <= closedAt + spreadAllowanceMs);
  const alive = counted.filter(({ expiresAt }) => expiresAt > closedAt);
  const at = Math.max(closedAt, ...[...alive, ...ownSessions].map(({ expiresAt }) => expiresAt));
  if (at > bound) {
    return {
      isNarrowed: false,
      why: `CloudTrail shows a session that lasts until ${utcMinute(at)}, longer than the role’s maximum of ${formatHours(maxSessionDuration)}: an AWS service opened it, or the maximum was higher before.`,
    };
  }
  const what =
    alive.length === 0
      ? 'no session that was open when it was closed'
      : `${alive.length === 1 ? 'one session that was' : `${String(alive.length)} sessions that were`} open when it was closed; the last ends then`;
  return {
    isNarrowed: true,
    at,
    reason: clip(`CloudTrail (${findings.regions.join(', ')}), read at ${utcMinute(readAt)}, shows ${what}.`, 300),
    caveats: [
      `Only the Regions that were read are known: ${findings.regions.join(', ')}. A session that was opened by way of STS in another one is not in it.`,
      chainingCaveat,
    ],
  };
}

/**
 * Where sessions of a role may have been opened from here: in the Region that is asked, and at the old global endpoint, which
 * is in us-east-1 and in the partition `aws` alone (aws-reference §3.2).
 */
export function openingRegions(region: string, partition: string): readonly string[] {
  return partition === 'aws' ? [...new Set([region, 'us-east-1'])] : [region];
}

/** What the role itself opened elsewhere is not a session of the role (aws-reference §6.4). */
export const chainingCaveat =
  'Sessions of other roles that were opened from a session of this one last up to 1 h more each, and can be chained on. They stand in the CloudTrail of those roles’ accounts.';

function whyNot({ closedAt, findings, isDoorShut, maxSessionDuration, readAt, regions }: NarrowingGround) {
  const from = closedAt - maxSessionDuration * 1000;
  if (readAt < closedAt + deliveryAllowanceMs) {
    return `CloudTrail tells of a call up to 15 min later. Look again after ${utcMinute(closedAt + deliveryAllowanceMs)}.`;
  }
  if (findings.hasMorePages) return 'Pages are missing: a NextToken stands in it. Run the commands as they stand here.';
  if (findings.unreadable > 0) {
    return 'Some events cannot be read, or a session of the role has no end in them. It could be the longest.';
  }
  if (isDoorShut && findings.sessions.some(({ issuedAt }) => issuedAt > closedAt + spreadAllowanceMs)) {
    return 'A session was opened after the door was shut. Somebody opened it again, or it did not shut: look at the role.';
  }
  const gap = findings.lookups.length > 0 ? gapIn(findings, from, closedAt) : unsaidGap(findings, from);
  if (gap !== undefined) return gap;
  const missing = regions.filter((region) => !findings.regions.includes(region));
  return missing.length === 0
    ? undefined
    : clip(`CloudTrail was not read in ${missing.join(', ')}. Run the commands there, too.`, 300);
}

/** Commands of ours say what they looked up: all three kinds, in each Region, for the whole time. */
function gapIn({ lookups, regions }: CloudTrailFindings, from: number, closedAt: number): string | undefined {
  for (const region of regions) {
    for (const name of openingEvents) {
      const isCovered = lookups.some(
        (one) =>
          one.region === region && one.eventName === name && one.from <= from && one.to >= closedAt + spreadAllowanceMs,
      );
      if (!isCovered)
        return `The events ${name} of ${region} from ${utcMinute(from)} on are missing. Paste what all commands print.`;
    }
  }
  return undefined;
}

/** Other outputs do not say where they begin. CloudTrail gives the newest first: what reaches back far enough is whole. */
function unsaidGap({ oldest }: CloudTrailFindings, from: number): string | undefined {
  if (oldest === undefined)
    return 'There are no events in it, and it does not say what was looked up. Run the commands as they stand here.';
  return oldest <= from
    ? undefined
    : `These events reach back to ${utcMinute(oldest)} only, and sessions from ${utcMinute(from)} on may have been open. Run the commands as they stand here.`;
}

/**
 * The commands for the AWS CLI, a line each, for bash, PowerShell and cmd alike: the three calls that open sessions, from
 * `closedAt` minus the role's maximum to 15 min after it. Each leaves out the events of other roles, and says in its output
 * what it looked up, so that an empty answer means something. `closedAt` ms, `maxSessionDuration` seconds.
 * SECURITY(S-26): what is no role name or no Region is not written down; neither has a sign that a shell reads.
 */
export function lookupCommand(roleName: string, closedAt: number, maxSessionDuration: number, region: string): string {
  const start = second(Math.floor(closedAt / 1000) - maxSessionDuration);
  const end = second(Math.ceil((closedAt + deliveryAllowanceMs) / 1000));
  const where = regionSchema.safeParse(region).data ?? 'us-east-1';
  const ofRole = isRoleName(roleName) ? `[?contains(CloudTrailEvent,'${roleName}')]` : '';
  return openingEvents
    .map((name) => {
      const said = `Lookup:{EventName:'${name}',Region:'${where}',StartTime:'${start}',EndTime:'${end}'}`;
      return [
        `aws cloudtrail lookup-events --region ${where}`,
        `--lookup-attributes AttributeKey=EventName,AttributeValue=${name}`,
        `--start-time ${start} --end-time ${end} --output json`,
        `--query "{${said},Events:Events${ofRole},NextToken:NextToken}"`,
      ].join(' ');
    })
    .join('\n');
}

/** `2026-11-22T14:00:00Z`, of seconds since 1970. */
function second(at: number): string {
  return `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
}
