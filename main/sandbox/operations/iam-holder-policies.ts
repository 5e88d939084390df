import { parsePolicyDocument } from '../../../core/domain/policy-document';
import { groupArn } from '../arns';
import { authorize, type Call } from '../call';
import { AwsRefusal, malformedPolicy, noSuchEntity } from '../http';
import { paginate, type TextRule } from '../parameters';
import { percentEncoded } from '../sigv4';
import { spreadPolicies } from '../spreading';
import { iamQuotas } from './iam-quotas';
import {
  entityNameRule,
  findGroup,
  findRole,
  findUser,
  limitExceeded,
  policyArnRule,
  policySize,
  refuseServiceLinked,
  requireDocument,
  roleNameRule,
  targetRoleArn,
  targetUserArn,
} from './iam-shared';
import type { Operations } from './operation';

/** What carries policies: a role, a user or a group. */
type Holder = {
  readonly name: string;
  readonly boundaryArn?: string | undefined;
  inline: { name: string; document: string }[];
  attached: string[];
};

type HolderKind = {
  readonly label: 'Role' | 'User' | 'Group';
  readonly nameRule: TextRule;
  /** Characters without white space over all inline policies of one. */
  readonly inlineQuota: number;
  arn(call: Call, name: string): string;
  peek(call: Call, name: string): Holder | undefined;
  /** Throws NoSuchEntity, and what else forbids the change. */
  find(call: Call, name: string, changes: boolean): Holder;
  /** Called before its policies change. */
  willChange?(call: Call, name: string): void;
};

const roles: HolderKind = {
  label: 'Role',
  nameRule: roleNameRule,
  inlineQuota: iamQuotas.RolePolicySizeQuota,
  arn: targetRoleArn,
  peek: (call, name) => call.caller.account.roles.get(name.toLowerCase()),
  find: (call, name, changes) => {
    const role = findRole(call, name);
    if (changes) refuseServiceLinked(role);
    return role;
  },
  willChange: (call, name) => {
    spreadPolicies(call, findRole(call, name));
  },
};

const users: HolderKind = {
  label: 'User',
  nameRule: entityNameRule,
  inlineQuota: iamQuotas.UserPolicySizeQuota,
  arn: targetUserArn,
  peek: (call, name) => call.caller.account.users.get(name.toLowerCase()),
  find: findUser,
};

const groups: HolderKind = {
  label: 'Group',
  nameRule: entityNameRule,
  inlineQuota: iamQuotas.GroupPolicySizeQuota,
  arn: (call, name) =>
    groupArn(call.caller.account.id, call.caller.account.groups.get(name.toLowerCase()) ?? { path: '/', name }),
  peek: (call, name) => call.caller.account.groups.get(name.toLowerCase()),
  find: findGroup,
};

function authorizedHolder(call: Call, kind: HolderKind, action: string, changes: boolean, policyArn?: string): Holder {
  const name = call.parameters.text(`${kind.label}Name`, kind.nameRule);
  const context = new Map<string, readonly string[]>();
  if (policyArn !== undefined) context.set('iam:policyarn', [policyArn]);
  // Service Authorization Reference, IAM: each change of policies has the boundary of whom it concerns.
  const boundary = kind.peek(call, name)?.boundaryArn;
  if (changes && boundary !== undefined) context.set('iam:permissionsboundary', [boundary]);
  authorize(call, `iam:${action}`, kind.arn(call, name), { context });
  return kind.find(call, name, changes);
}

function attach(call: Call, kind: HolderKind): undefined {
  const arn = call.parameters.text('PolicyArn', policyArnRule);
  const holder = authorizedHolder(call, kind, `Attach${kind.label}Policy`, true, arn);
  if (!/^arn:[a-z-]+:iam::(?:[0-9]{12}|aws):policy\/.+$/.test(arn)) {
    throw new AwsRefusal('ValidationError', `ARN ${arn} is not valid.`, 400);
  }
  if (!call.policies.exists(arn, call.caller.account.id)) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
  if (holder.attached.includes(arn)) return undefined;
  const quota = iamQuotas[`AttachedPoliciesPer${kind.label}Quota`];
  if (holder.attached.length >= quota) {
    throw limitExceeded(`Cannot exceed quota for PoliciesPer${kind.label}: ${String(quota)}`);
  }
  kind.willChange?.(call, holder.name);
  holder.attached.push(arn);
  return undefined;
}

function put(call: Call, kind: HolderKind): undefined {
  const name = call.parameters.text('PolicyName', entityNameRule);
  const document = requireDocument(call, 'PolicyDocument');
  const holder = authorizedHolder(call, kind, `Put${kind.label}Policy`, true);
  const read = parsePolicyDocument(document, 'identity');
  if (!read.ok) throw malformedPolicy(read.message);
  const others = holder.inline.filter((policy) => policy.name !== name);
  if (policySize(document) + others.reduce((sum, policy) => sum + policySize(policy.document), 0) > kind.inlineQuota) {
    throw limitExceeded(
      `Maximum policy size of ${String(kind.inlineQuota)} bytes exceeded for ${kind.label.toLowerCase()} ${holder.name}`,
    );
  }
  kind.willChange?.(call, holder.name);
  holder.inline = [...others, { name, document }];
  return undefined;
}

/** The seven operations on inline and attached policies, the same for all that carry policies. */
function operationsOn(kind: HolderKind): Operations {
  const { label } = kind;
  const missing = (name: string): AwsRefusal =>
    noSuchEntity(`The ${label.toLowerCase()} policy with name ${name} cannot be found.`);
  return {
    [`Put${label}Policy`]: (call) => put(call, kind),
    [`Get${label}Policy`]: (call) => {
      const name = call.parameters.text('PolicyName', entityNameRule);
      const holder = authorizedHolder(call, kind, `Get${label}Policy`, false);
      const policy = holder.inline.find((item) => item.name === name);
      if (policy === undefined) throw missing(name);
      return {
        [`${label}Name`]: holder.name,
        PolicyName: policy.name,
        PolicyDocument: percentEncoded(policy.document),
      };
    },
    [`Delete${label}Policy`]: (call) => {
      const name = call.parameters.text('PolicyName', entityNameRule);
      const holder = authorizedHolder(call, kind, `Delete${label}Policy`, true);
      if (!holder.inline.some((item) => item.name === name)) throw missing(name);
      kind.willChange?.(call, holder.name);
      holder.inline = holder.inline.filter((item) => item.name !== name);
      return undefined;
    },
    [`List${label}Policies`]: (call) => {
      const holder = authorizedHolder(call, kind, `List${label}Policies`, false);
      const page = paginate(
        call.parameters,
        holder.inline.map((policy) => policy.name),
        (name) => name,
      );
      return { IsTruncated: page.isTruncated, Marker: page.marker, PolicyNames: page.items };
    },
    [`Attach${label}Policy`]: (call) => attach(call, kind),
    [`Detach${label}Policy`]: (call) => {
      const arn = call.parameters.text('PolicyArn', policyArnRule);
      const holder = authorizedHolder(call, kind, `Detach${label}Policy`, true, arn);
      if (!holder.attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
      kind.willChange?.(call, holder.name);
      holder.attached = holder.attached.filter((item) => item !== arn);
      return undefined;
    },
    [`ListAttached${label}Policies`]: (call) => {
      const holder = authorizedHolder(call, kind, `ListAttached${label}Policies`, false);
      const page = paginate(call.parameters, holder.attached, (arn) => arn);
      return {
        IsTruncated: page.isTruncated,
        Marker: page.marker,
        AttachedPolicies: page.items.map((arn) => ({
          PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
          PolicyArn: arn,
        })),
      };
    },
  };
}

export const iamHolderPolicyOperations: Operations = {
  ...operationsOn(roles),
  ...operationsOn(users),
  ...operationsOn(groups),
};
