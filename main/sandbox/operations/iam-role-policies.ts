import { parsePolicyDocument } from '../../../core/domain/policy-document';
import { authorize, type Call } from '../call';
import { AwsRefusal, malformedPolicy, noSuchEntity } from '../http';
import { paginate } from '../parameters';
import type { RoleRecord } from '../snapshot';
import {
  entityNameRule,
  findRole,
  limitExceeded,
  policySize,
  refuseServiceLinked,
  requireDocument,
  roleNameRule,
  targetRoleArn,
} from './iam-shared';
import type { Operations } from './operation';

/** Characters without white space over all inline policies of a role, and managed policies on one (aws-reference §5). */
const inlineQuota = 10_240;
const attachedQuota = 10;

const policyArnRule = { min: 20, max: 2048 };

function authorizedRole(
  call: Call,
  action: string,
  changes: boolean,
  context?: ReadonlyMap<string, readonly string[]>,
): RoleRecord {
  const name = call.parameters.text('RoleName', roleNameRule);
  authorize(call, action, targetRoleArn(call, name), context === undefined ? {} : { context });
  const role = findRole(call, name);
  if (changes) refuseServiceLinked(role);
  return role;
}

function policyName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function attach(call: Call): undefined {
  const arn = call.parameters.text('PolicyArn', policyArnRule);
  const role = authorizedRole(call, 'iam:AttachRolePolicy', true, new Map([['iam:policyarn', [arn]]]));
  if (!/^arn:[a-z-]+:iam::(?:[0-9]{12}|aws):policy\/.+$/.test(arn)) {
    throw new AwsRefusal('ValidationError', `ARN ${arn} is not valid.`, 400);
  }
  if (!call.policies.exists(arn, call.caller.account.id)) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
  if (role.attached.includes(arn)) return undefined;
  if (role.attached.length >= attachedQuota) {
    throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${String(attachedQuota)}`);
  }
  role.attached.push(arn);
  return undefined;
}

function put(call: Call): undefined {
  const name = call.parameters.text('PolicyName', entityNameRule);
  const document = requireDocument(call, 'PolicyDocument');
  const role = authorizedRole(call, 'iam:PutRolePolicy', true);
  const read = parsePolicyDocument(document, 'identity');
  if (!read.ok) throw malformedPolicy(read.message);
  const others = role.inline.filter((policy) => policy.name !== name);
  if (policySize(document) + others.reduce((sum, policy) => sum + policySize(policy.document), 0) > inlineQuota) {
    throw limitExceeded(`Maximum policy size of ${String(inlineQuota)} bytes exceeded for role ${role.name}`);
  }
  role.inline = [...others, { name, document }];
  return undefined;
}

export const iamRolePolicyOperations: Operations = {
  PutRolePolicy: put,
  GetRolePolicy: (call) => {
    const name = call.parameters.text('PolicyName', entityNameRule);
    const role = authorizedRole(call, 'iam:GetRolePolicy', false);
    const policy = role.inline.find((item) => item.name === name);
    if (policy === undefined) throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
    return { RoleName: role.name, PolicyName: policy.name, PolicyDocument: encodeURIComponent(policy.document) };
  },
  DeleteRolePolicy: (call) => {
    const name = call.parameters.text('PolicyName', entityNameRule);
    const role = authorizedRole(call, 'iam:DeleteRolePolicy', true);
    if (!role.inline.some((item) => item.name === name)) {
      throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
    }
    role.inline = role.inline.filter((item) => item.name !== name);
    return undefined;
  },
  ListRolePolicies: (call) => {
    const role = authorizedRole(call, 'iam:ListRolePolicies', false);
    const page = paginate(
      call.parameters,
      role.inline.map((policy) => policy.name),
      (name) => name,
    );
    return { IsTruncated: page.isTruncated, Marker: page.marker, PolicyNames: page.items };
  },
  AttachRolePolicy: attach,
  DetachRolePolicy: (call) => {
    const arn = call.parameters.text('PolicyArn', policyArnRule);
    const role = authorizedRole(call, 'iam:DetachRolePolicy', true, new Map([['iam:policyarn', [arn]]]));
    if (!role.attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
    role.attached = role.attached.filter((item) => item !== arn);
    return undefined;
  },
  ListAttachedRolePolicies: (call) => {
    const role = authorizedRole(call, 'iam:ListAttachedRolePolicies', false);
    const page = paginate(call.parameters, role.attached, (arn) => arn);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      AttachedPolicies: page.items.map((arn) => ({ PolicyName: policyName(arn), PolicyArn: arn })),
    };
  },
};
