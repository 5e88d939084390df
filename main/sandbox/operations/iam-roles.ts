import { authorize, type Call } from '../call';
import { AwsRefusal, noSuchEntity } from '../http';
import { paginate, tagContext } from '../parameters';
import { percentEncoded } from '../sigv4';
import type { RoleRecord } from '../snapshot';
import { instanceProfileArn, roleArn } from '../arns';
import { spreadDeletion, spreadPolicies, spreadTrust } from '../spreading';
import { showPrincipals, storeTrust } from '../trust';
import { xmlTime, type XmlFields } from '../xml';
import { iamQuotas } from './iam-quotas';
import {
  alreadyExists,
  conflict,
  descriptionRule,
  findRole,
  limitExceeded,
  mergeTags,
  pathPrefixOf,
  policyArnRule,
  policySize,
  readBoundary,
  readPath,
  refuseServiceLinked,
  requireDocument,
  roleNameRule,
  targetRoleArn,
  xmlTags,
} from './iam-shared';
import type { Operations } from './operation';

export function roleFields(call: Call, role: RoleRecord, whole: boolean): XmlFields {
  const { caller, state } = call;
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: roleArn(caller.account.id, role),
    CreateDate: xmlTime(role.createdAt),
    AssumeRolePolicyDocument: percentEncoded(showPrincipals(role.trust, state)),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    // Lists leave these out, as IAM's do.
    ...(whole && role.boundaryArn !== undefined
      ? { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: role.boundaryArn } }
      : {}),
    ...(whole ? xmlTags(role.tags) : {}),
    ...(whole
      ? {
          RoleLastUsed:
            role.lastUsed === undefined
              ? {}
              : { LastUsedDate: xmlTime(role.lastUsed.at), Region: role.lastUsed.region },
        }
      : {}),
  };
}

function createRole(call: Call): XmlFields {
  const { caller, now, parameters, state, trouble } = call;
  const name = parameters.text('RoleName', roleNameRule);
  const path = readPath(call);
  const document = requireDocument(call, 'AssumeRolePolicyDocument');
  const description = parameters.optionalText('Description', descriptionRule);
  const maxSessionDuration = parameters.optionalInteger('MaxSessionDuration', 3600, 43_200) ?? 3600;
  const tags = parameters.tags();
  const context = tagContext(tags);
  const boundaryAsked = parameters.raw('PermissionsBoundary');
  if (boundaryAsked !== undefined) context.set('iam:permissionsboundary', [boundaryAsked]);
  const arn = roleArn(caller.account.id, { path, name });
  authorize(call, 'iam:CreateRole', arn, { context });
  if (tags.length > 0) authorize(call, 'iam:TagRole', arn, { context });
  if (path.startsWith('/aws-service-role/')) {
    throw new AwsRefusal(
      'InvalidInput',
      "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles",
      400,
    );
  }
  const boundaryArn = readBoundary(call);
  const trust = storeTrust(document, state);
  if (policySize(document) > iamQuotas.AssumeRolePolicySizeQuota) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${String(iamQuotas.AssumeRolePolicySizeQuota)}`);
  }
  if (caller.account.roles.has(name.toLowerCase())) throw alreadyExists(`Role with name ${name} already exists.`);
  if (caller.account.roles.size >= iamQuotas.RolesQuota) {
    throw limitExceeded(`Cannot exceed quota for RolesPerAccount: ${String(iamQuotas.RolesQuota)}`);
  }
  const role: RoleRecord = {
    name,
    path,
    id: state.newId('AROA'),
    createdAt: now,
    ...(description === undefined ? {} : { description }),
    maxSessionDuration,
    trust,
    ...(trouble.propagationDelayMs > 0 ? { spreading: { until: now + trouble.propagationDelayMs } } : {}),
    inline: [],
    attached: [],
    ...(boundaryArn === undefined ? {} : { boundaryArn }),
    tags,
  };
  state.addRole(caller.account, role);
  const { RoleLastUsed: _notInThisAnswer, ...fields } = roleFields(call, role, true);
  return { Role: fields };
}

function deleteRole(call: Call): undefined {
  const name = call.parameters.text('RoleName', roleNameRule);
  authorize(call, 'iam:DeleteRole', targetRoleArn(call, name));
  const { account } = call.caller;
  const role = findRole(call, name);
  refuseServiceLinked(role);
  if ([...account.instanceProfiles.values()].some((profile) => profile.roleName === role.name)) {
    throw conflict('Cannot delete entity, must remove roles from instance profile first.');
  }
  if (role.inline.length > 0) throw conflict('Cannot delete entity, must delete policies first.');
  if (role.attached.length > 0) throw conflict('Cannot delete entity, must detach all policies first.');
  spreadDeletion(call, role);
  call.state.removeRole(account, role);
  return undefined;
}

function updateAssumeRolePolicy(call: Call): undefined {
  const { parameters, state } = call;
  const name = parameters.text('RoleName', roleNameRule);
  const document = requireDocument(call, 'PolicyDocument');
  authorize(call, 'iam:UpdateAssumeRolePolicy', targetRoleArn(call, name));
  const role = findRole(call, name);
  refuseServiceLinked(role);
  const trust = storeTrust(document, state);
  if (policySize(document) > iamQuotas.AssumeRolePolicySizeQuota) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${String(iamQuotas.AssumeRolePolicySizeQuota)}`);
  }
  spreadTrust(call, role);
  role.trust = trust;
  return undefined;
}

export const iamRoleOperations: Operations = {
  CreateRole: createRole,
  GetRole: (call) => {
    const name = call.parameters.text('RoleName', roleNameRule);
    authorize(call, 'iam:GetRole', targetRoleArn(call, name));
    return { Role: roleFields(call, findRole(call, name), true) };
  },
  ListRoles: (call) => {
    const { account } = call.caller;
    const prefix = pathPrefixOf(call);
    authorize(call, 'iam:ListRoles', `arn:aws:iam::${account.id}:role/`);
    const roles = [...account.roles.values()].filter((role) => role.path.startsWith(prefix));
    const page = paginate(call.parameters, roles, (role) => role.name);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      Roles: page.items.map((role) => roleFields(call, role, false)),
    };
  },
  DeleteRole: deleteRole,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  UpdateRole: (call) => {
    const { parameters } = call;
    const name = parameters.text('RoleName', roleNameRule);
    const description = parameters.optionalText('Description', descriptionRule);
    const maxSessionDuration = parameters.optionalInteger('MaxSessionDuration', 3600, 43_200);
    authorize(call, 'iam:UpdateRole', targetRoleArn(call, name));
    const role = findRole(call, name);
    refuseServiceLinked(role);
    if (description !== undefined) role.description = description;
    // IAM takes a missing MaxSessionDuration for one hour here, as the API reference says.
    role.maxSessionDuration = maxSessionDuration ?? 3600;
    return {};
  },
  TagRole: (call) => {
    const name = call.parameters.text('RoleName', roleNameRule);
    const tags = call.parameters.tags();
    authorize(call, 'iam:TagRole', targetRoleArn(call, name), { context: tagContext(tags) });
    const role = findRole(call, name);
    role.tags = mergeTags(role.tags, tags, 'Role');
    return undefined;
  },
  UntagRole: (call) => {
    const name = call.parameters.text('RoleName', roleNameRule);
    authorize(call, 'iam:UntagRole', targetRoleArn(call, name));
    const role = findRole(call, name);
    const removed = new Set(call.parameters.list('TagKeys').map((key) => key.toLowerCase()));
    role.tags = role.tags.filter((tag) => !removed.has(tag.key.toLowerCase()));
    return undefined;
  },
  ListRoleTags: (call) => {
    const name = call.parameters.text('RoleName', roleNameRule);
    authorize(call, 'iam:ListRoleTags', targetRoleArn(call, name));
    const page = paginate(call.parameters, findRole(call, name).tags, (tag) => tag.key);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      Tags: page.items.map((tag) => ({ Key: tag.key, Value: tag.value })),
    };
  },
  PutRolePermissionsBoundary: (call) => {
    const name = call.parameters.text('RoleName', roleNameRule);
    const boundary = call.parameters.text('PermissionsBoundary', policyArnRule);
    authorize(call, 'iam:PutRolePermissionsBoundary', targetRoleArn(call, name), {
      context: new Map([['iam:permissionsboundary', [boundary]]]),
    });
    const role = findRole(call, name);
    refuseServiceLinked(role);
    readBoundary(call);
    spreadPolicies(call, role);
    role.boundaryArn = boundary;
    return undefined;
  },
  DeleteRolePermissionsBoundary: (call) => {
    const name = call.parameters.text('RoleName', roleNameRule);
    const boundary = call.caller.account.roles.get(name.toLowerCase())?.boundaryArn;
    authorize(call, 'iam:DeleteRolePermissionsBoundary', targetRoleArn(call, name), {
      context: new Map(boundary === undefined ? [] : [['iam:permissionsboundary', [boundary]]]),
    });
    const role = findRole(call, name);
    refuseServiceLinked(role);
    // As for users; whether IAM says so for roles too could not be confirmed.
    if (role.boundaryArn === undefined) throw noSuchEntity(`Role ${role.name} does not have a permissions boundary.`);
    spreadPolicies(call, role);
    delete role.boundaryArn;
    return undefined;
  },
  ListInstanceProfilesForRole: (call) => {
    const name = call.parameters.text('RoleName', roleNameRule);
    authorize(call, 'iam:ListInstanceProfilesForRole', targetRoleArn(call, name));
    const role = findRole(call, name);
    const { account } = call.caller;
    const profiles = [...account.instanceProfiles.values()].filter((profile) => profile.roleName === role.name);
    const page = paginate(call.parameters, profiles, (profile) => profile.name);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      InstanceProfiles: page.items.map((profile) => ({
        Path: profile.path,
        InstanceProfileName: profile.name,
        InstanceProfileId: profile.id,
        Arn: instanceProfileArn(account.id, profile),
        CreateDate: xmlTime(profile.createdAt),
        Roles: [roleFields(call, role, false)],
      })),
    };
  },
};
