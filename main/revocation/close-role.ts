import type { AppError } from '../../core/app-error';
import { cutoffLeadMs, denyOlderSessionsPolicy, denyOlderSessionsPolicyName } from '../../core/domain/revocation';
import { isSamePolicy } from '../../core/domain/revocation-ways';
import { ok, type Cancelled, type Result } from '../../core/result';
import type { Answer, IamApi, IamRole } from '../aws/aws-api';
import { appError } from '../workspace-context';

type Failure = AppError | Cancelled;

/** Runs one call as a recorded step. What is gone already counts as done. */
export type RecordStep = (
  title: string,
  call: string,
  act: () => Promise<Result<Answer<unknown>, Failure>>,
) => Promise<Result<{ readonly at: number }, Failure>>;

/** What hangs on a role and must go before it (aws-reference §6.3). */
export type RoleContents = {
  readonly role: IamRole;
  readonly instanceProfiles: readonly string[];
  readonly inlinePolicies: readonly string[];
  readonly attachedPolicies: readonly { readonly arn: string; readonly name: string }[];
};

/** Reads the role and everything on it, all pages. Changes nothing. `readAt` is AWS's time, ms since the epoch. */
export async function readRole(
  iam: IamApi,
  roleName: string,
): Promise<Result<RoleContents & { readonly readAt: number }, Failure>> {
  const role = await iam.getRole(roleName);
  if (!role.ok) return role;
  const [profiles, inline, attached] = await Promise.all([
    iam.listInstanceProfilesForRole(roleName),
    iam.listRolePolicies(roleName),
    iam.listAttachedRolePolicies(roleName),
  ]);
  if (!profiles.ok) return profiles;
  if (!inline.ok) return inline;
  if (!attached.ok) return attached;
  return ok({
    role: role.value.value,
    instanceProfiles: profiles.value.value,
    inlinePolicies: inline.value.value,
    attachedPolicies: attached.value.value,
    readAt: role.value.at,
  });
}

/** Somebody may attach something between our reading and our deleting: read again this many times. */
const deleteAttempts = 3;

/** Deletes the role with everything that must go first. Returns AWS's time of the deletion. */
export async function deleteRole(
  iam: IamApi,
  roleName: string,
  step: RecordStep,
): Promise<Result<{ readonly at: number }, Failure>> {
  for (let attempt = 1; ; attempt += 1) {
    const emptied = await emptyRole(iam, roleName, step);
    if (!emptied.ok) return emptied;
    const deleted = await step(`Deleted role ${roleName}`, 'iam:DeleteRole', () => iam.deleteRole(roleName));
    const raced = !deleted.ok && deleted.error.kind === 'delete-conflict' && attempt < deleteAttempts;
    if (!raced) return deleted;
  }
}

async function emptyRole(iam: IamApi, roleName: string, step: RecordStep): Promise<Result<void, Failure>> {
  const contents = await readRole(iam, roleName);
  if (!contents.ok) return contents.error.kind === 'no-such-entity' ? ok(undefined) : contents;
  const { instanceProfiles, inlinePolicies, attachedPolicies } = contents.value;
  for (const profile of instanceProfiles) {
    const removed = await step(`Removed it from instance profile ${profile}`, 'iam:RemoveRoleFromInstanceProfile', () =>
      iam.removeRoleFromInstanceProfile(profile, roleName),
    );
    if (!removed.ok) return removed;
  }
  for (const policy of inlinePolicies) {
    const deleted = await step(`Deleted policy ${policy}`, 'iam:DeleteRolePolicy', () =>
      iam.deleteRolePolicy(roleName, policy),
    );
    if (!deleted.ok) return deleted;
  }
  for (const policy of attachedPolicies) {
    const detached = await step(`Detached ${policy.name}`, 'iam:DetachRolePolicy', () =>
      iam.detachRolePolicy(roleName, policy.arn),
    );
    if (!detached.ok) return detached;
  }
  return ok(undefined);
}

/**
 * Denies every session issued before the cutoff: server time plus 30 s, so that a session opened while the deny spreads
 * is denied too (aws-reference §6.2). New sessions stay possible.
 */
export async function denyOlderSessions(
  iam: IamApi,
  roleName: string,
  now: number,
  step: RecordStep,
): Promise<Result<{ readonly at: number; readonly cutoff: number }, Failure>> {
  const cutoff = now + cutoffLeadMs;
  const put = await step(`Put policy ${denyOlderSessionsPolicyName}`, 'iam:PutRolePolicy', () =>
    iam.putRolePolicy(roleName, denyOlderSessionsPolicyName, denyOlderSessionsPolicy(cutoff)),
  );
  return put.ok ? ok({ at: put.value.at, cutoff }) : put;
}

/** Is this the deny that was written for this cutoff (ms since the epoch), and nobody's since? */
export function isDenyOf(policy: string, cutoff: number): boolean {
  return isSamePolicy(policy, denyOlderSessionsPolicy(cutoff));
}

/** Whoever wrote it keeps others out than we do: it is not ours to take away. */
export function denyWrittenAnew(): AppError {
  return appError('not-possible', `${denyOlderSessionsPolicyName} was written anew since, with another time.`, {
    whatDidNotChange: 'It was left as it is.',
    whatToDo: 'It is somebody else’s now. Delete it in the IAM console if nobody needs it, then try again.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}
