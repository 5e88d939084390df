import { callerOf, type Caller } from '../../core/domain/caller';
import { denyAssumePolicy, denyAssumePolicyName, roleScp } from '../../core/domain/revocation-ways';
import { err, ok, type Result } from '../../core/result';
import { appError } from '../workspace-context';
import type { Failure, MeasureAct, MeasureContext } from './measure-act';

/**
 * A service control policy for one role, made in the management account and attached to the role's account. Its name
 * holds the revocation's id, so that a resumed one finds what a lost answer left behind.
 */
export const denyByScp: MeasureAct = {
  read: () => Promise.resolve(ok({})),
  take: async ({ target, organizations, revocationId, step }) => {
    const name = scpName(revocationId);
    const found = await findScp(organizations, name);
    if (!found.ok) return found;
    let scpId = found.value;
    if (scpId === undefined) {
      const made = await step(`Made service control policy ${name}`, 'organizations:CreatePolicy', async () => {
        const created = await organizations.createPolicy(
          name,
          `Denies everything to ${target.roleName} in ${target.accountId}.`,
          roleScp(target.roleArn),
        );
        if (created.ok) scpId = created.value.value.id;
        return created;
      });
      if (!made.ok) return made;
    }
    const id = scpId ?? '';
    const targets = await organizations.listTargetsForPolicy(id);
    if (!targets.ok) return targets;
    const attached = await step(`Attached it to account ${target.accountId}`, 'organizations:AttachPolicy', () =>
      targets.value.value.some(({ id: attachedTo }) => attachedTo === target.accountId)
        ? Promise.resolve(targets)
        : organizations.attachPolicy(id, target.accountId),
    );
    return attached.ok ? ok({ at: attached.value.at, made: { scpId: id } }) : attached;
  },
  restore: async ({ target, organizations, revocationId, step }, _before, { made }) => {
    const known = made?.scpId === undefined ? await findScp(organizations, scpName(revocationId)) : ok(made.scpId);
    if (!known.ok) return known;
    const id = known.value;
    if (id === undefined) return ok(undefined);
    const detached = await step(`Detached it from account ${target.accountId}`, 'organizations:DetachPolicy', () =>
      organizations.detachPolicy(id, target.accountId),
    );
    if (!detached.ok) return detached;
    const deleted = await step(
      `Deleted service control policy ${scpName(revocationId)}`,
      'organizations:DeletePolicy',
      () => organizations.deletePolicy(id),
    );
    return deleted.ok ? ok(undefined) : deleted;
  },
};

function scpName(revocationId: string): string {
  return `Sallyport-${revocationId}`;
}

async function findScp(
  organizations: MeasureContext['organizations'],
  name: string,
): Promise<Result<string | undefined, Failure>> {
  const policies = await organizations.listPolicies();
  if (!policies.ok) return policies;
  return ok(policies.value.value.find((policy) => policy.name === name)?.id);
}

/** A deny of AssumeRole on this one role, put on whoever calls: others whom the trust names come in as before. */
export const denyCaller: MeasureAct = {
  read: ({ callerArn }) => {
    const caller = knownCaller(callerArn);
    return Promise.resolve(caller.ok ? ok({}) : caller);
  },
  take: async ({ callerArn, target, iam, step }) => {
    const found = knownCaller(callerArn);
    if (!found.ok) return found;
    const caller = found.value;
    const name = denyAssumePolicyName(target.accountId, target.roleName);
    const document = denyAssumePolicy(target.roleArn);
    const put = await step(`Put policy ${name} on ${caller.kind} ${caller.name}`, callNames[caller.kind].put, () =>
      caller.kind === 'user'
        ? iam.putUserPolicy(caller.name, name, document)
        : iam.putRolePolicy(caller.name, name, document),
    );
    return put.ok ? ok({ at: put.value.at, blockedSince: put.value.at, made: { caller } }) : put;
  },
  restore: async ({ target, iam, step }, _before, { made }) => {
    const caller = made?.caller;
    if (caller === undefined) return ok(undefined);
    const name = denyAssumePolicyName(target.accountId, target.roleName);
    const deleted = await step(
      `Deleted policy ${name} of ${caller.kind} ${caller.name}`,
      callNames[caller.kind].gone,
      () =>
        caller.kind === 'user' ? iam.deleteUserPolicy(caller.name, name) : iam.deleteRolePolicy(caller.name, name),
    );
    return deleted.ok ? ok(undefined) : deleted;
  },
};

const callNames = {
  user: { put: 'iam:PutUserPolicy', gone: 'iam:DeleteUserPolicy' },
  role: { put: 'iam:PutRolePolicy', gone: 'iam:DeleteRolePolicy' },
} as const;

function knownCaller(arn: string | undefined): Result<Caller> {
  const caller = callerOf(arn ?? '');
  if (caller !== undefined) return ok(caller);
  return err(
    appError('not-possible', 'The identity that calls is neither a user nor a role that can be changed.', {
      whatDidNotChange: 'Nothing was changed in the source account.',
      whatToDo: 'Close the trust of the role instead; an assignment of Identity Center is taken away there.',
    }),
  );
}
