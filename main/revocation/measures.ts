import type { AppError } from '../../core/app-error';
import { denyOlderSessionsPolicyName, type RoleBefore } from '../../core/domain/revocation';
import {
  closedTrustPolicy,
  denyAllBoundaryArn,
  denyAllPolicy,
  denyAllPolicyName,
  isClosedTrust,
  isSamePolicy,
  type Measure,
} from '../../core/domain/revocation-ways';
import { err, ok, type Result } from '../../core/result';
import { appError } from '../workspace-context';
import { deleteRole, denyOlderSessions, denyWrittenAnew, isDenyOf, readRole } from './close-role';
import type { Failure, Kept, MeasureAct, MeasureContext } from './measure-act';
import { denyByScp, denyCaller } from './measures-elsewhere';

const readsNothing = (): Promise<Result<Kept, Failure>> => Promise.resolve(ok({}));

const closeTrust: MeasureAct = {
  read: async ({ target, iam }) => {
    const role = await iam.getRole(target.roleName);
    if (!role.ok) return unlessGone(role);
    const { trustPolicy } = role.value.value;
    return ok({ trustPolicy });
  },
  take: async ({ target: { roleName }, iam, step }) => {
    const closed = await step(`Closed the trust of ${roleName}`, 'iam:UpdateAssumeRolePolicy', () =>
      iam.updateAssumeRolePolicy(roleName, closedTrustPolicy()),
    );
    return closed.ok ? ok({ at: closed.value.at, blockedSince: closed.value.at }) : closed;
  },
  restore: async ({ target: { roleName }, iam, step }, { trustPolicy }) => {
    const role = await iam.getRole(roleName);
    if (!role.ok) return role;
    if (trustPolicy === undefined || role.value.value.trustPolicy === trustPolicy) return ok(undefined);
    if (!isClosedTrust(role.value.value.trustPolicy)) return err(changedSince(roleName));
    return await done(
      step('Put the trust policy back', 'iam:UpdateAssumeRolePolicy', () =>
        iam.updateAssumeRolePolicy(roleName, trustPolicy),
      ),
    );
  },
};

const denyOlder: MeasureAct = {
  read: async (context) => await readInline(context, denyOlderSessionsPolicyName),
  take: async ({ target, iam, now, step }) => {
    const denied = await denyOlderSessions(iam, target.roleName, now(), step);
    return denied.ok ? ok({ at: denied.value.at, cutoff: denied.value.cutoff }) : denied;
  },
  restore: async (context, before, { cutoff }) => {
    const { target, iam } = context;
    const stands = await iam.getRolePolicy(target.roleName, denyOlderSessionsPolicyName);
    if (!stands.ok && stands.error.kind !== 'no-such-entity') return stands;
    // of a call whose answer was lost the cutoff is not known
    const isOurs = !stands.ok || cutoff === undefined || isDenyOf(stands.value.value, cutoff);
    const earlier = before.inlinePolicies.find(({ name }) => name === denyOlderSessionsPolicyName);
    if (!isOurs && (earlier === undefined || !isSamePolicy(stands.value.value, earlier.document))) {
      return err(denyWrittenAnew());
    }
    return await restoreInline(context, denyOlderSessionsPolicyName, before);
  },
};

const denyAll: MeasureAct = {
  read: async (context) => await readInline(context, denyAllPolicyName),
  take: async ({ target: { roleName }, iam, step }) =>
    await step(`Put policy ${denyAllPolicyName}`, 'iam:PutRolePolicy', () =>
      iam.putRolePolicy(roleName, denyAllPolicyName, denyAllPolicy()),
    ),
  restore: async (context, before) => await restoreInline(context, denyAllPolicyName, before),
};

const detach: MeasureAct = {
  read: async ({ target: { roleName }, iam }) => {
    const contents = await readRole(iam, roleName);
    if (!contents.ok) return unlessGone(contents);
    const inlinePolicies = [];
    for (const name of contents.value.inlinePolicies) {
      const document = await iam.getRolePolicy(roleName, name);
      if (!document.ok) return document;
      inlinePolicies.push({ name, document: document.value.value });
    }
    return ok({ inlinePolicies, attachedPolicies: [...contents.value.attachedPolicies] });
  },
  take: async ({ target: { roleName }, iam, now, step }) => {
    const contents = await readRole(iam, roleName);
    if (!contents.ok) return contents;
    let at = now();
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
  },
  restore: async ({ target: { roleName }, iam, step }, before) => {
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
    return ok(undefined);
  },
};

const setBoundary: MeasureAct = {
  read: async ({ target, iam }) => {
    const role = await iam.getRole(target.roleName);
    if (!role.ok) return unlessGone(role);
    const boundaryArn = role.value.value.permissionsBoundaryArn;
    return ok(boundaryArn === undefined ? {} : { boundaryArn });
  },
  take: async ({ target: { partition, roleName }, iam, step }) =>
    await step('Set AWSDenyAll as permissions boundary', 'iam:PutRolePermissionsBoundary', () =>
      iam.putRolePermissionsBoundary(roleName, denyAllBoundaryArn(partition)),
    ),
  restore: async ({ target: { partition, roleName }, iam, step }, { boundaryArn }) => {
    const role = await iam.getRole(roleName);
    if (!role.ok) return role;
    const now = role.value.value.permissionsBoundaryArn;
    if (now === boundaryArn) return ok(undefined);
    // somebody has taken it away or set another since: that one is not ours to replace
    if (now !== denyAllBoundaryArn(partition)) return ok(undefined);
    return await done(
      boundaryArn === undefined
        ? step('Removed the permissions boundary', 'iam:DeleteRolePermissionsBoundary', () =>
            iam.deleteRolePermissionsBoundary(roleName),
          )
        : step('Put the permissions boundary back', 'iam:PutRolePermissionsBoundary', () =>
            iam.putRolePermissionsBoundary(roleName, boundaryArn),
          ),
    );
  },
};

/** What each measure does in AWS. `prove` asks and changes nothing; a stack is deleted by a person. */
export const measureActs: Readonly<Record<Exclude<Measure, 'prove' | 'delete-stack'>, MeasureAct>> = {
  'close-trust': closeTrust,
  'deny-older-sessions': denyOlder,
  'detach-permissions': detach,
  'deny-all': denyAll,
  'set-boundary': setBoundary,
  'deny-by-scp': denyByScp,
  'deny-caller': denyCaller,
  'delete-role': {
    read: readsNothing,
    take: async ({ target, iam, step }) => {
      const deleted = await deleteRole(iam, target.roleName, step);
      return deleted.ok ? ok({ at: deleted.value.at, blockedSince: deleted.value.at }) : deleted;
    },
  },
};

/** An inline policy of ours may stand there already, with another time in it: then that one is put back. */
async function readInline({ target, iam }: MeasureContext, name: string): Promise<Result<Kept, Failure>> {
  const document = await iam.getRolePolicy(target.roleName, name);
  if (!document.ok) return unlessGone(document);
  return ok({ inlinePolicies: [{ name, document: document.value.value }] });
}

async function restoreInline(
  { target: { roleName }, iam, step }: MeasureContext,
  name: string,
  { inlinePolicies }: RoleBefore,
): Promise<Result<void, Failure>> {
  const earlier = inlinePolicies.find((policy) => policy.name === name);
  return await done(
    earlier === undefined
      ? step(`Deleted policy ${name}`, 'iam:DeleteRolePolicy', () => iam.deleteRolePolicy(roleName, name))
      : step(`Put policy ${name} back`, 'iam:PutRolePolicy', () => iam.putRolePolicy(roleName, name, earlier.document)),
  );
}

async function done(step: Promise<Result<unknown, Failure>>): Promise<Result<void, Failure>> {
  const answer = await step;
  return answer.ok ? ok(undefined) : answer;
}

function unlessGone(answer: { readonly ok: false; readonly error: Failure }): Result<Kept, Failure> {
  return answer.error.kind === 'no-such-entity' ? ok({}) : answer;
}

function changedSince(roleName: string): AppError {
  return appError('not-possible', `Somebody has changed the trust policy of ${roleName} since it was closed.`, {
    whatDidNotChange: 'It was left as it is now.',
    whatToDo: 'Look at it in the IAM console; the policy from before stands in the record of this revocation.',
  });
}
