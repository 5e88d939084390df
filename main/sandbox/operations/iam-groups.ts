import { groupArn, userArn } from '../arns';
import { authorize, type Call } from '../call';
import { paginate } from '../parameters';
import type { GroupRecord, UserRecord } from '../snapshot';
import { xmlTime, type XmlFields } from '../xml';
import { iamQuotas } from './iam-quotas';
import {
  alreadyExists,
  conflict,
  entityNameRule,
  findGroup,
  findUser,
  limitExceeded,
  pathPrefixOf,
  readPath,
  targetUserArn,
} from './iam-shared';
import type { Operations } from './operation';

function groupFields(call: Call, group: GroupRecord): XmlFields {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: groupArn(call.caller.account.id, group),
    CreateDate: xmlTime(group.createdAt),
  };
}

function authorizedGroup(call: Call, action: string): GroupRecord {
  const { account } = call.caller;
  const name = call.parameters.text('GroupName', entityNameRule);
  authorize(call, action, groupArn(account.id, account.groups.get(name.toLowerCase()) ?? { path: '/', name }));
  return findGroup(call, name);
}

function groupsOf(call: Call, user: UserRecord): readonly GroupRecord[] {
  return [...call.caller.account.groups.values()].filter((group) => group.members.includes(user.id));
}

export const iamGroupOperations: Operations = {
  CreateGroup: (call) => {
    const { account } = call.caller;
    const name = call.parameters.text('GroupName', entityNameRule);
    const path = readPath(call);
    authorize(call, 'iam:CreateGroup', groupArn(account.id, { path, name }));
    if (account.groups.has(name.toLowerCase())) throw alreadyExists(`Group with name ${name} already exists.`);
    if (account.groups.size >= iamQuotas.GroupsQuota)
      throw limitExceeded(`Cannot exceed quota for GroupsPerAccount: ${String(iamQuotas.GroupsQuota)}`);
    const group: GroupRecord = {
      name,
      path,
      id: call.state.newId('AGPA'),
      createdAt: call.now,
      inline: [],
      attached: [],
      members: [],
    };
    account.groups.set(name.toLowerCase(), group);
    return { Group: groupFields(call, group) };
  },
  GetGroup: (call) => {
    const { account } = call.caller;
    const group = authorizedGroup(call, 'iam:GetGroup');
    const members = [...account.users.values()].filter((user) => group.members.includes(user.id));
    const page = paginate(call.parameters, members, (user) => user.name);
    return {
      Group: groupFields(call, group),
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      Users: page.items.map((user) => ({
        Path: user.path,
        UserName: user.name,
        UserId: user.id,
        Arn: userArn(account.id, user),
        CreateDate: xmlTime(user.createdAt),
      })),
    };
  },
  ListGroups: (call) => {
    const { account } = call.caller;
    const prefix = pathPrefixOf(call);
    authorize(call, 'iam:ListGroups', `arn:aws:iam::${account.id}:group/`);
    const groups = [...account.groups.values()].filter((group) => group.path.startsWith(prefix));
    const page = paginate(call.parameters, groups, (group) => group.name);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      Groups: page.items.map((group) => groupFields(call, group)),
    };
  },
  DeleteGroup: (call) => {
    const group = authorizedGroup(call, 'iam:DeleteGroup');
    if (group.members.length > 0) throw conflict('Cannot delete entity, must remove users from group first.');
    if (group.inline.length > 0) throw conflict('Cannot delete entity, must delete policies first.');
    if (group.attached.length > 0) throw conflict('Cannot delete entity, must detach all policies first.');
    call.caller.account.groups.delete(group.name.toLowerCase());
    return undefined;
  },
  AddUserToGroup: (call) => {
    const userName = call.parameters.text('UserName', entityNameRule);
    const group = authorizedGroup(call, 'iam:AddUserToGroup');
    const user = findUser(call, userName);
    if (group.members.includes(user.id)) return undefined;
    if (groupsOf(call, user).length >= iamQuotas.GroupsPerUserQuota)
      throw limitExceeded(`Cannot exceed quota for GroupsPerUser: ${String(iamQuotas.GroupsPerUserQuota)}`);
    group.members.push(user.id);
    return undefined;
  },
  RemoveUserFromGroup: (call) => {
    const userName = call.parameters.text('UserName', entityNameRule);
    const group = authorizedGroup(call, 'iam:RemoveUserFromGroup');
    const user = findUser(call, userName);
    group.members = group.members.filter((id) => id !== user.id);
    return undefined;
  },
  ListGroupsForUser: (call) => {
    const name = call.parameters.text('UserName', entityNameRule);
    authorize(call, 'iam:ListGroupsForUser', targetUserArn(call, name));
    const page = paginate(call.parameters, groupsOf(call, findUser(call, name)), (group) => group.name);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      Groups: page.items.map((group) => groupFields(call, group)),
    };
  },
};
