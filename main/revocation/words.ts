import type { RevocationPreview } from '../../core/contract/revocation';
import { formatHours } from '../../core/domain/duration';
import { deadByBound, type DeathClock } from '../../core/domain/revocation';
import type { RoleContents } from './close-role';

/** An upper bound for credentials nobody here issued. `closedAt` ms since the epoch, `maxSessionDuration` seconds. */
export function boundClock(closedAt: number, maxSessionDuration: number): DeathClock {
  return {
    at: deadByBound(closedAt, maxSessionDuration),
    basis: 'bound',
    reason: `The role’s maximum of ${formatHours(maxSessionDuration)}, and 60 s for AWS to spread the change.`,
  };
}

/** Who made the role, by its tags. */
export function maker({ role }: RoleContents): RevocationPreview['madeBy'] {
  if (role.tags.some(({ key }) => key === 'aws:cloudformation:stack-id')) return 'cloudformation';
  return role.tags.some(({ key, value }) => key === 'ManagedBy' && value === 'Sallyport') ? 'sallyport' : 'unknown';
}

/** What deleting the role removes. */
export function losses({ role, inlinePolicies, attachedPolicies, instanceProfiles }: RoleContents): string[] {
  return [
    `Role ${role.name}`,
    ...inlinePolicies.map((name) => `Inline policy ${name}`),
    ...attachedPolicies.map(({ name }) => `Attachment of ${name}`),
    ...instanceProfiles.map((name) => `Its place in instance profile ${name}`),
  ];
}

/** What an auditor must know about the proof, if anything. */
export function proofNote(hadOldSession: boolean, complete: boolean): string | undefined {
  if (!complete) return 'AWS did not refuse twice within five minutes. Ask again later.';
  return hadOldSession ? undefined : 'No open session could be used as a witness; AssumeRole was asked instead.';
}
