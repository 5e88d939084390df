import { userArn } from '../arns';
import { authorize, type Call } from '../call';
import { AwsRefusal } from '../http';
import { paginate, tagContext } from '../parameters';
import type { UserRecord } from '../snapshot';
import { xmlTime, type XmlFields } from '../xml';
import { iamQuotas } from './iam-quotas';
import {
  alreadyExists,
  conflict,
  entityNameRule,
  findUser,
  limitExceeded,
  mergeTags,
  pathPrefixOf,
  policyArnRule,
  readBoundary,
  readPath,
  targetUserArn,
  userNameOrCaller,
  xmlTags,
} from './iam-shared';
import type { Operations } from './operation';

const newUserNameRule = { ...entityNameRule, max: 64 };

function userFields(call: Call, user: UserRecord, whole: boolean): XmlFields {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: userArn(call.caller.account.id, user),
    CreateDate: xmlTime(user.createdAt),
    ...(user.passwordLastUsed === undefined ? {} : { PasswordLastUsed: xmlTime(user.passwordLastUsed) }),
    // Lists leave these out, as IAM's do.
    ...(whole && user.boundaryArn !== undefined
      ? { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: user.boundaryArn } }
      : {}),
    ...(whole ? xmlTags(user.tags) : {}),
  };
}

function createUser(call: Call): XmlFields {
  const { caller, now, parameters, state } = call;
  const { account } = caller;
  const name = parameters.text('UserName', newUserNameRule);
  const path = readPath(call);
  const tags = parameters.tags();
  const context = tagContext(tags);
  const boundaryAsked = parameters.raw('PermissionsBoundary');
  if (boundaryAsked !== undefined) context.set('iam:permissionsboundary', [boundaryAsked]);
  const arn = userArn(account.id, { path, name });
  authorize(call, 'iam:CreateUser', arn, { context });
  if (tags.length > 0) authorize(call, 'iam:TagUser', arn, { context });
  const boundaryArn = readBoundary(call);
  if (account.users.has(name.toLowerCase())) throw alreadyExists(`User with name ${name} already exists.`);
  if (account.users.size >= iamQuotas.UsersQuota)
    throw limitExceeded(`Cannot exceed quota for UsersPerAccount: ${String(iamQuotas.UsersQuota)}`);
  const user: UserRecord = {
    name,
    path,
    id: state.newId('AIDA'),
    createdAt: now,
    inline: [],
    attached: [],
    ...(boundaryArn === undefined ? {} : { boundaryArn }),
    accessKeys: [],
    tags,
  };
  state.addUser(account, user);
  return { User: userFields(call, user, true) };
}

function getUser(call: Call): XmlFields {
  const { caller } = call;
  if (call.parameters.raw('UserName') === undefined && caller.kind === 'root') {
    authorize(call, 'iam:GetUser', '*');
    return {
      User: {
        UserId: caller.account.id,
        Arn: `arn:aws:iam::${caller.account.id}:root`,
        // An account's root has neither; the API demands both.
        Path: '/',
        UserName: caller.account.name,
        CreateDate: xmlTime(caller.account.rootAccessKeys[0]?.createdAt ?? call.now),
      },
    };
  }
  const name = userNameOrCaller(call);
  authorize(call, 'iam:GetUser', targetUserArn(call, name));
  return { User: userFields(call, findUser(call, name), true) };
}

/** Everything must be off a user before it goes, each with its own sentence. */
function deleteUser(call: Call): undefined {
  const { account } = call.caller;
  const name = call.parameters.text('UserName', entityNameRule);
  authorize(call, 'iam:DeleteUser', targetUserArn(call, name));
  const user = findUser(call, name);
  if ([...account.groups.values()].some((group) => group.members.includes(user.id)))
    throw conflict('Cannot delete entity, must remove users from group first.');
  if (user.loginProfile !== undefined) throw conflict('Cannot delete entity, must delete login profile first.');
  if (user.accessKeys.length > 0) throw conflict('Cannot delete entity, must delete access keys first.');
  if ([...account.mfaDevices.values()].some((device) => device.enabledFor === user.id))
    throw conflict('Cannot delete entity, must delete MFA device first.');
  if ((user.signingCertificates ?? []).length > 0)
    throw conflict('Cannot delete entity, must delete signing certificates first.');
  if ((user.sshPublicKeys ?? []).length > 0) throw conflict('Cannot delete entity, must delete SSH public keys first.');
  if ((user.serviceCredentials ?? []).length > 0)
    throw conflict('Cannot delete entity, must delete service specific credentials first.');
  if (user.inline.length > 0) throw conflict('Cannot delete entity, must delete policies first.');
  if (user.attached.length > 0) throw conflict('Cannot delete entity, must detach all policies first.');
  call.state.removeUser(account, user);
  return undefined;
}

export const iamUserOperations: Operations = {
  CreateUser: createUser,
  GetUser: getUser,
  DeleteUser: deleteUser,
  ListUsers: (call) => {
    const { account } = call.caller;
    const prefix = pathPrefixOf(call);
    authorize(call, 'iam:ListUsers', `arn:aws:iam::${account.id}:user/`);
    const users = [...account.users.values()].filter((user) => user.path.startsWith(prefix));
    const page = paginate(call.parameters, users, (user) => user.name);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      Users: page.items.map((user) => userFields(call, user, false)),
    };
  },
  TagUser: (call) => {
    const name = call.parameters.text('UserName', entityNameRule);
    const tags = call.parameters.tags();
    authorize(call, 'iam:TagUser', targetUserArn(call, name), { context: tagContext(tags) });
    const user = findUser(call, name);
    user.tags = mergeTags(user.tags, tags, 'User');
    return undefined;
  },
  UntagUser: (call) => {
    const name = call.parameters.text('UserName', entityNameRule);
    const keys = call.parameters.list('TagKeys');
    authorize(call, 'iam:UntagUser', targetUserArn(call, name), { context: new Map([['aws:tagkeys', keys]]) });
    const user = findUser(call, name);
    const removed = new Set(keys.map((key) => key.toLowerCase()));
    user.tags = user.tags.filter((tag) => !removed.has(tag.key.toLowerCase()));
    return undefined;
  },
  ListUserTags: (call) => {
    const name = call.parameters.text('UserName', entityNameRule);
    authorize(call, 'iam:ListUserTags', targetUserArn(call, name));
    const page = paginate(call.parameters, findUser(call, name).tags, (tag) => tag.key);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      Tags: page.items.map((tag) => ({ Key: tag.key, Value: tag.value })),
    };
  },
  PutUserPermissionsBoundary: (call) => {
    const name = call.parameters.text('UserName', entityNameRule);
    const boundary = call.parameters.text('PermissionsBoundary', policyArnRule);
    authorize(call, 'iam:PutUserPermissionsBoundary', targetUserArn(call, name), {
      context: new Map([['iam:permissionsboundary', [boundary]]]),
    });
    const user = findUser(call, name);
    readBoundary(call);
    user.boundaryArn = boundary;
    return undefined;
  },
  DeleteUserPermissionsBoundary: (call) => {
    const name = call.parameters.text('UserName', entityNameRule);
    const boundary = call.caller.account.users.get(name.toLowerCase())?.boundaryArn;
    authorize(call, 'iam:DeleteUserPermissionsBoundary', targetUserArn(call, name), {
      context: new Map(boundary === undefined ? [] : [['iam:permissionsboundary', [boundary]]]),
    });
    const user = findUser(call, name);
    if (user.boundaryArn === undefined)
      throw new AwsRefusal('NoSuchEntity', `User ${user.name} does not have a permissions boundary.`, 404);
    delete user.boundaryArn;
    return undefined;
  },
};
