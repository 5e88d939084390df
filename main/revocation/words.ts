import type { RevocationPreview } from '../../core/contract/revocation';
import { formatHours } from '../../core/domain/duration';
import { deadByBound, type DeathClock, type Stack } from '../../core/domain/revocation';
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

/** What a bound is to be read with, for ways under which old sessions go on or new ones come in. */
const reasons: Partial<Readonly<Record<RevocationWay, (expire: string) => string>>> = {
  'step-by-step': (expire) => `Sessions from before are denied, and ${expire}.`,
  'close-trust': (expire) => `Sessions from before go on, and ${expire}.`,
  'deny-older-sessions': (expire) => `Sessions from before the cutoff are denied, and ${expire}.`,
  quarantine: (expire) => `Sessions from before the cutoff are denied, and ${expire}.`,
  'detach-permissions': (expire) =>
    `Sessions from before may do nothing by the role, and ${expire}. New ones can be opened.`,
  'deny-all': (expire) =>
    `Sessions from before may do nothing, and ${expire}. New ones can be opened, and may do nothing either.`,
  boundary: (expire) =>
    `Sessions from before may do nothing by the role, and ${expire}. New ones can be opened, and resource policies may still let them in.`,
  scp: (expire) =>
    `Sessions from before may do nothing, and ${expire}. New ones can be opened, and may do nothing either.`,
  caller: (expire) =>
    `Sessions that this caller opened before go on, and ${expire}. Others whom the trust names come in as before.`,
};

/** The bound for a way that was taken. `closedAt`: since nobody comes in, or the cutoff, or the change (ms since the epoch). */
export function deathClock(way: RevocationWay, closedAt: number, maxSessionDuration: number): DeathClock {
  const bound = boundClock(closedAt, maxSessionDuration);
  const reason = reasons[way]?.(`expire after the role’s ${formatHours(maxSessionDuration)} at the latest`);
  return reason === undefined ? bound : { ...bound, reason };
}

const stackTags = { id: 'aws:cloudformation:stack-id', name: 'aws:cloudformation:stack-name' } as const;

/** The stack that made the role, by the tags that CloudFormation alone can set (they begin with `aws:`). */
export function stackOf({ role }: Pick<RoleContents, 'role'>): Stack | undefined {
  const stackId = role.tags.find(({ key }) => key === stackTags.id)?.value;
  const name = role.tags.find(({ key }) => key === stackTags.name)?.value ?? stackId?.split('/')[1];
  const region = stackId?.split(':')[3];
  return name === undefined || region === undefined ? undefined : { name: name.slice(0, 128), region };
}

/**
 * Who made the role, by its tags. Terraform sets none of its own: only those that people give it by custom are looked for,
 * so `unknown` may be Terraform as well.
 */
export function maker(contents: Pick<RoleContents, 'role'>): RevocationPreview['madeBy'] {
  const { tags } = contents.role;
  if (stackOf(contents) !== undefined) return 'cloudformation';
  const byTerraform = tags.some(
    ({ key, value }) =>
      /^(managed[-_ ]?by|created[-_ ]?by|provisioner|tool|terraform)$/i.test(key) &&
      (/terraform|opentofu/i.test(value) || (/^terraform$/i.test(key) && /^(true|yes|1)$/i.test(value))),
  );
  if (byTerraform) return 'terraform';
  return tags.some(({ key, value }) => key === 'ManagedBy' && value === 'Sallyport') ? 'sallyport' : 'unknown';
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
export function proofNote(proof: {
  readonly hadOldSession: boolean;
  readonly wasAsked: boolean;
  readonly complete: boolean;
}): string | undefined {
  if (!proof.wasAsked) return 'Nobody could be asked: no session was open, and nobody here may assume the role.';
  if (!proof.complete) return 'AWS did not refuse twice while it was asked. Ask again later.';
  return proof.hadOldSession ? undefined : 'No open session could be used as a witness; AssumeRole was asked instead.';
}
