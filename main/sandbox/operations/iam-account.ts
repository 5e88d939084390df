import { authorize, type Call } from '../call';
import { noSuchEntity, validationError } from '../http';
import { isAccountAlias } from '../../../core/domain/account-id';
import type { InstanceProfileRecord } from '../snapshot';
import { instanceProfileArn } from '../arns';
import { tagContext } from '../parameters';
import { xmlTime, type XmlFields } from '../xml';
import { iamQuotas } from './iam-quotas';
import {
  alreadyExists,
  conflict,
  entityNameRule,
  findRole,
  limitExceeded,
  readPath,
  refuseServiceLinked,
  roleNameRule,
  targetRoleArn,
  xmlTags,
} from './iam-shared';
import { roleFields } from './iam-roles';
import type { Operations } from './operation';

function profileFields(call: Call, profile: InstanceProfileRecord): XmlFields {
  const role =
    profile.roleName === undefined ? undefined : call.caller.account.roles.get(profile.roleName.toLowerCase());
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: instanceProfileArn(call.caller.account.id, profile),
    CreateDate: xmlTime(profile.createdAt),
    Roles: role === undefined ? [] : [roleFields(call, role, false)],
    ...xmlTags(profile.tags ?? []),
  };
}

function authorizedProfile(call: Call, action: string): InstanceProfileRecord {
  const { account } = call.caller;
  const name = call.parameters.text('InstanceProfileName', entityNameRule);
  const profile = account.instanceProfiles.get(name.toLowerCase());
  authorize(call, action, instanceProfileArn(account.id, profile ?? { path: '/', name }));
  if (profile === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return profile;
}

function createInstanceProfile(call: Call): XmlFields {
  const { account } = call.caller;
  const name = call.parameters.text('InstanceProfileName', entityNameRule);
  const path = readPath(call);
  const tags = call.parameters.tags();
  authorize(call, 'iam:CreateInstanceProfile', instanceProfileArn(account.id, { path, name }), {
    context: tagContext(tags),
  });
  if (tags.length > 0) authorize(call, 'iam:TagInstanceProfile', instanceProfileArn(account.id, { path, name }));
  if (account.instanceProfiles.has(name.toLowerCase())) throw alreadyExists(`Instance Profile ${name} already exists.`);
  if (account.instanceProfiles.size >= iamQuotas.InstanceProfilesQuota)
    throw limitExceeded(
      `Cannot exceed quota for InstanceProfilesPerAccount: ${String(iamQuotas.InstanceProfilesQuota)}`,
    );
  const profile: InstanceProfileRecord = { name, path, id: call.state.newId('AIPA'), createdAt: call.now, tags };
  account.instanceProfiles.set(name.toLowerCase(), profile);
  return { InstanceProfile: profileFields(call, profile) };
}

function addRoleToInstanceProfile(call: Call): undefined {
  const profile = authorizedProfile(call, 'iam:AddRoleToInstanceProfile');
  const roleName = call.parameters.text('RoleName', roleNameRule);
  authorize(call, 'iam:PassRole', targetRoleArn(call, roleName), {
    context: new Map([['iam:passedtoservice', ['ec2.amazonaws.com']]]),
  });
  const role = findRole(call, roleName);
  refuseServiceLinked(role);
  if (profile.roleName !== undefined)
    throw limitExceeded('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
  profile.roleName = role.name;
  return undefined;
}

function createAccountAlias(call: Call): undefined {
  const alias = call.parameters.text('AccountAlias', { min: 3, max: 63 });
  authorize(call, 'iam:CreateAccountAlias', '*');
  if (!isAccountAlias(alias)) {
    throw validationError(
      `1 validation error detected: Value '${alias}' at 'accountAlias' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$`,
    );
  }
  for (const other of call.state.accounts.values()) {
    if (other.alias === alias && other.id !== call.caller.account.id) {
      throw alreadyExists(`The account alias ${alias} already exists.`);
    }
  }
  call.caller.account.alias = alias;
  return undefined;
}

export const iamAccountOperations: Operations = {
  CreateInstanceProfile: createInstanceProfile,
  GetInstanceProfile: (call) => ({
    InstanceProfile: profileFields(call, authorizedProfile(call, 'iam:GetInstanceProfile')),
  }),
  AddRoleToInstanceProfile: addRoleToInstanceProfile,
  RemoveRoleFromInstanceProfile: (call) => {
    const profile = authorizedProfile(call, 'iam:RemoveRoleFromInstanceProfile');
    const roleName = call.parameters.text('RoleName', roleNameRule);
    if (profile.roleName?.toLowerCase() !== roleName.toLowerCase()) {
      throw noSuchEntity(`Role ${roleName} in Instance Profile ${profile.name} cannot be found.`);
    }
    delete profile.roleName;
    return undefined;
  },
  DeleteInstanceProfile: (call) => {
    const profile = authorizedProfile(call, 'iam:DeleteInstanceProfile');
    if (profile.roleName !== undefined)
      throw conflict('Cannot delete entity, must remove roles from instance profile first.');
    call.caller.account.instanceProfiles.delete(profile.name.toLowerCase());
    return undefined;
  },
  ListAccountAliases: (call) => {
    authorize(call, 'iam:ListAccountAliases', '*');
    const { alias } = call.caller.account;
    return { IsTruncated: false, AccountAliases: alias === undefined ? [] : [alias] };
  },
  CreateAccountAlias: createAccountAlias,
};
