import type { RevocationPreview } from '../../core/contract/revocation';
import { formatHours } from '../../core/domain/duration';
import { deadByBound, type DeathClock } from '../../core/domain/revocation';
import type { RevocationWay } from '../../core/domain/revocation-ways';
import type { RoleContents } from './close-role';

/** An upper bound for credentials nobody here issued. `closedAt` ms since the epoch, `maxSessionDuration` seconds. */
export function boundClock(closedAt: number, maxSessionDuration: number): DeathClock {
  return {
    at: deadByBound(closedAt, maxSessionDuration),
    basis: 'bound',
    reason: `The role’s maximum of ${formatHours(maxSessionDuration)}, and 60 s for AWS to spread the change.`,
  };
}

/** The bound for a way that was taken: for a deny it counts from the cutoff. */
export function deathClock(way: RevocationWay, closedAt: number, maxSessionDuration: number): DeathClock {
  const bound = boundClock(closedAt, maxSessionDuration);
  const expire = `expire after the role’s ${formatHours(maxSessionDuration)} at the latest`;
  switch (way) {
    case 'close-trust':
      return { ...bound, reason: `Sessions from before go on, and ${expire}.` };
    case 'deny-older-sessions':
    case 'quarantine':
      return { ...bound, reason: `Sessions from before the cutoff are denied, and ${expire}.` };
    case 'detach-permissions':
      return {
        ...bound,
        reason: `Sessions from before may do nothing by the role, and ${expire}. New ones can be opened.`,
      };
    case 'delete-role':
      return bound;
  }
}

/** Who made the role, by its tags. */
export function maker({ role }: RoleContents): RevocationPreview['madeBy'] {
  if (role.tags.some(({ key }) => key === 'aws:cloudformation:stack-id')) return 'cloudformation';
  return role.tags.some(({ key, value }) => key === 'ManagedBy' && value === 'Sallyport') ? 'sallyport' : 'unknown';
}

/** The policies on a role. */
export function permissionsOf({ inlinePolicies, attachedPolicies }: RoleContents): string[] {
  return [
    ...inlinePolicies.map((name) => `Inline policy ${name}`),
    ...attachedPolicies.map(({ name }) => `Attachment of ${name}`),
  ];
}

/** What deleting the role removes. */
export function losses(contents: RoleContents): string[] {
  const { role, instanceProfiles } = contents;
  return [
    `Role ${role.name}`,
    ...permissionsOf(contents),
    ...instanceProfiles.map((name) => `Its place in instance profile ${name}`),
  ];
}

/** What an auditor must know about the proof, if anything. */
export function proofNote(hadOldSession: boolean, complete: boolean): string | undefined {
  if (!complete) return 'AWS did not refuse twice within five minutes. Ask again later.';
  return hadOldSession ? undefined : 'No open session could be used as a witness; AssumeRole was asked instead.';
}
