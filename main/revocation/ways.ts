import type { AppError } from '../../core/app-error';
import { denyOlderSessionsPolicyName, type RoleBefore } from '../../core/domain/revocation';
import { closedTrustPolicy, isClosedTrust, type RevocationWay } from '../../core/domain/revocation-ways';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { IamApi } from '../aws/aws-api';
import { appError } from '../workspace-context';
import { deleteRole, denyOlderSessions, readRole, type RecordStep } from './close-role';

type Failure = AppError | Cancelled;

/** What came of it, in AWS's time (ms since the epoch): since when nobody comes in, and the cutoff of a deny. */
export type Closed = { readonly at: number; readonly blockedSince?: number; readonly cutoff?: number };

/** What the way will take, as it stands now: read before anything is touched. `undefined`: the role is gone. */
export async function readBefore(
  iam: IamApi,
  way: RevocationWay,
  roleName: string,
): Promise<Result<RoleBefore | undefined, Failure>> {
  if (way !== 'detach-permissions') {
    const role = await iam.getRole(roleName);
    if (!role.ok) return role.error.kind === 'no-such-entity' ? ok(undefined) : role;
    return ok({ trustPolicy: role.value.value.trustPolicy, inlinePolicies: [], attachedPolicies: [] });
  }
  const contents = await readRole(iam, roleName);
  if (!contents.ok) return contents.error.kind === 'no-such-entity' ? ok(undefined) : contents;
  const inlinePolicies = [];
  for (const name of contents.value.inlinePolicies) {
    const document = await iam.getRolePolicy(roleName, name);
    if (!document.ok) return document;
    inlinePolicies.push({ name, document: document.value.value });
  }
  const { role, attachedPolicies } = contents.value;
  return ok({ trustPolicy: role.trustPolicy, inlinePolicies, attachedPolicies: [...attachedPolicies] });
}

/** Closes the role in one of the ways. What is done already is done again without harm. `now` by AWS's clock. */
export async function closeRole(
  iam: IamApi,
  way: RevocationWay,
  roleName: string,
  now: number,
  step: RecordStep,
): Promise<Result<Closed, Failure>> {
  switch (way) {
    case 'close-trust': {
      const closed = await closeTrust(iam, roleName, step);
      return closed.ok ? ok({ at: closed.value.at, blockedSince: closed.value.at }) : closed;
    }
    case 'deny-older-sessions': {
      const denied = await denyOlderSessions(iam, roleName, now, step);
      return denied.ok ? ok({ at: denied.value.at, cutoff: denied.value.cutoff }) : denied;
    }
    case 'detach-permissions':
      return await detachPermissions(iam, roleName, now, step);
    case 'quarantine': {
      // the outer door first: a session opened in between would be older than the cutoff anyway
      const closed = await closeTrust(iam, roleName, step);
      if (!closed.ok) return closed;
      const denied = await denyOlderSessions(iam, roleName, closed.value.at, step);
      if (!denied.ok) return denied;
      return ok({ at: denied.value.at, blockedSince: closed.value.at, cutoff: denied.value.cutoff });
    }
    case 'delete-role': {
      const deleted = await deleteRole(iam, roleName, step);
      return deleted.ok ? ok({ at: deleted.value.at, blockedSince: deleted.value.at }) : deleted;
    }
  }
}

/** Puts back what the way took. Refuses where the trust was changed by somebody since: that is not ours to replace. */
export async function restoreRole(
  iam: IamApi,
  way: RevocationWay,
  roleName: string,
  before: RoleBefore,
  step: RecordStep,
): Promise<Result<void, Failure>> {
  const role = await iam.getRole(roleName);
  if (!role.ok) return role;
  if (way === 'deny-older-sessions' || way === 'quarantine') {
    const allowed = await step(`Deleted policy ${denyOlderSessionsPolicyName}`, 'iam:DeleteRolePolicy', () =>
      iam.deleteRolePolicy(roleName, denyOlderSessionsPolicyName),
    );
    if (!allowed.ok) return allowed;
  }
  if (way === 'detach-permissions') {
    for (const { name, document } of before.inlinePolicies) {
      const put = await step(`Put policy ${name} back`, 'iam:PutRolePolicy', () =>
        iam.putRolePolicy(roleName, name, document),
      );
      if (!put.ok) return put;
    }
    for (const { arn, name } of before.attachedPolicies) {
      const attached = await step(`Attached ${name} again`, 'iam:AttachRolePolicy', () =>
        iam.attachRolePolicy(roleName, arn),
      );
      if (!attached.ok) return attached;
    }
  }
  if (way === 'close-trust' || way === 'quarantine') {
    if (role.value.value.trustPolicy === before.trustPolicy) return ok(undefined);
    if (!isClosedTrust(role.value.value.trustPolicy)) return err(changedSince(roleName));
    const opened = await step('Put the trust policy back', 'iam:UpdateAssumeRolePolicy', () =>
      iam.updateAssumeRolePolicy(roleName, before.trustPolicy),
    );
    if (!opened.ok) return opened;
  }
  return ok(undefined);
}

function closeTrust(iam: IamApi, roleName: string, step: RecordStep) {
  return step(`Closed the trust of ${roleName}`, 'iam:UpdateAssumeRolePolicy', () =>
    iam.updateAssumeRolePolicy(roleName, closedTrustPolicy()),
  );
}

async function detachPermissions(
  iam: IamApi,
  roleName: string,
  now: number,
  step: RecordStep,
): Promise<Result<Closed, Failure>> {
  const contents = await readRole(iam, roleName);
  if (!contents.ok) return contents;
  let at = now;
  for (const name of contents.value.inlinePolicies) {
    const deleted = await step(`Deleted policy ${name}`, 'iam:DeleteRolePolicy', () =>
      iam.deleteRolePolicy(roleName, name),
    );
    if (!deleted.ok) return deleted;
    at = deleted.value.at;
  }
  for (const policy of contents.value.attachedPolicies) {
    const detached = await step(`Detached ${policy.name}`, 'iam:DetachRolePolicy', () =>
      iam.detachRolePolicy(roleName, policy.arn),
    );
    if (!detached.ok) return detached;
    at = detached.value.at;
  }
  return ok({ at });
}

function changedSince(roleName: string): AppError {
  return appError('not-possible', `Somebody has changed the trust policy of ${roleName} since it was closed.`, {
    whatDidNotChange: 'It was left as it is now.',
    whatToDo: 'Look at it in the IAM console; the policy from before stands in the record of this revocation.',
  });
}
