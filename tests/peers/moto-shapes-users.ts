import { absentPolicy, malformed, Path, readFiles, readOnly } from './moto-inputs';
import { acceptedBy, reasons } from './moto-reasons';
import type { Step } from './moto-shapes';

const anna = { UserName: 'anna' };
const crew = { GroupName: 'crew' };

const users: readonly Step[] = [
  {
    name: 'make Anna',
    run: (at) => at.iam.createUser({ ...anna, Path, Tags: [{ Key: 'Team', Value: 'one' }] }),
    differs: { 'User.UserId': reasons.uniqueId },
  },
  {
    name: 'make Ben',
    run: (at) => at.iam.createUser({ UserName: 'ben', Path }),
    differs: { 'User.UserId': reasons.uniqueId },
  },
  { name: 'make Anna again', run: (at) => at.iam.createUser(anna) },
  { name: 'see Anna', run: (at) => at.iam.getUser(anna), differs: { 'User.UserId': reasons.uniqueId } },
  { name: 'see nobody', run: (at) => at.iam.getUser({ UserName: 'nobody' }) },
  {
    name: 'the first page of users',
    run: (at) => at.iam.listUsers({ PathPrefix: Path, MaxItems: 1 }),
    differs: {
      'Users[].UserId': reasons.uniqueIdOrBeyondPage,
      IsTruncated: reasons.truncated,
      Marker: reasons.marker,
      'Users[].Path': reasons.beyondPage,
      'Users[].UserName': reasons.beyondPage,
      'Users[].Arn': reasons.beyondPage,
      'Users[].CreateDate': reasons.beyondPage,
    },
  },
  {
    name: 'the second page of users',
    run: (at) =>
      at.iam.listUsers({ PathPrefix: Path, MaxItems: 1, Marker: at.of('the first page of users', 'Marker') }),
    differs: { notAsked: reasons.notAsked },
  },
  { name: 'tag Anna', run: (at) => at.iam.tagUser({ ...anna, Tags: [{ Key: 'City', Value: 'Bergen' }] }) },
  {
    name: 'Anna’s tags',
    run: (at) => at.iam.listUserTags(anna),
    differs: { 'Tags[].Key': reasons.tagOrder, 'Tags[].Value': reasons.tagOrder },
  },
  {
    name: 'the first page of Anna’s tags',
    run: (at) => at.iam.listUserTags({ ...anna, MaxItems: 1 }),
    differs: {
      'Tags[].Key': reasons.tagOrder,
      'Tags[].Value': reasons.tagOrder,
      IsTruncated: reasons.truncated,
      Marker: reasons.marker,
    },
  },
  { name: 'untag Anna', run: (at) => at.iam.untagUser({ ...anna, TagKeys: ['City', 'Team'] }) },
  { name: 'Anna’s tags are gone', run: (at) => at.iam.listUserTags(anna) },
  {
    name: 'give Anna an inline policy',
    run: (at) => at.iam.putUserPolicy({ ...anna, PolicyName: 'files', PolicyDocument: readFiles }),
  },
  { name: 'see the inline policy', run: (at) => at.iam.getUserPolicy({ ...anna, PolicyName: 'files' }) },
  { name: 'see an absent inline policy', run: (at) => at.iam.getUserPolicy({ ...anna, PolicyName: 'none' }) },
  { name: 'Anna’s inline policies', run: (at) => at.iam.listUserPolicies(anna) },
  {
    name: 'a malformed inline policy',
    run: (at) => at.iam.putUserPolicy({ ...anna, PolicyName: 'bad', PolicyDocument: malformed }),
  },
  { name: 'attach a policy to Anna', run: (at) => at.iam.attachUserPolicy({ ...anna, PolicyArn: readOnly }) },
  {
    name: 'attach an absent policy to Anna',
    run: (at) => at.iam.attachUserPolicy({ ...anna, PolicyArn: absentPolicy(at) }),
  },
  { name: 'Anna’s attached policies', run: (at) => at.iam.listAttachedUserPolicies(anna) },
  { name: 'delete Anna with policies', run: (at) => at.iam.deleteUser(anna) },
  { name: 'detach the policy', run: (at) => at.iam.detachUserPolicy({ ...anna, PolicyArn: readOnly }) },
  { name: 'detach it again', run: (at) => at.iam.detachUserPolicy({ ...anna, PolicyArn: readOnly }) },
  { name: 'delete the inline policy', run: (at) => at.iam.deleteUserPolicy({ ...anna, PolicyName: 'files' }) },
  { name: 'delete it again', run: (at) => at.iam.deleteUserPolicy({ ...anna, PolicyName: 'files' }) },
];

const keys: readonly Step[] = [
  { name: 'make a key', run: (at) => at.iam.createAccessKey(anna) },
  { name: 'make a second key', run: (at) => at.iam.createAccessKey(anna) },
  { name: 'make a third key', run: (at) => at.iam.createAccessKey(anna) },
  {
    name: 'the first page of keys',
    run: (at) => at.iam.listAccessKeys({ ...anna, MaxItems: 1 }),
    differs: {
      IsTruncated: reasons.truncated,
      Marker: reasons.marker,
      'AccessKeyMetadata[].UserName': reasons.beyondPage,
      'AccessKeyMetadata[].AccessKeyId': reasons.beyondPage,
      'AccessKeyMetadata[].Status': reasons.beyondPage,
      'AccessKeyMetadata[].CreateDate': reasons.beyondPage,
    },
  },
  {
    name: 'stop a key',
    run: (at) =>
      at.iam.updateAccessKey({
        ...anna,
        AccessKeyId: at.of('make a key', 'AccessKey.AccessKeyId'),
        Status: 'Inactive',
      }),
  },
  {
    name: 'when the key was used',
    run: (at) => at.iam.getAccessKeyLastUsed({ AccessKeyId: at.of('make a key', 'AccessKey.AccessKeyId') }),
  },
  {
    name: 'whose the key is',
    run: (at) => at.sts.getAccessKeyInfo({ AccessKeyId: at.of('make a key', 'AccessKey.AccessKeyId') }),
  },
  {
    name: 'delete the second key',
    run: (at) => at.iam.deleteAccessKey({ ...anna, AccessKeyId: at.of('make a second key', 'AccessKey.AccessKeyId') }),
  },
  {
    name: 'delete the second key again',
    run: (at) => at.iam.deleteAccessKey({ ...anna, AccessKeyId: at.of('make a second key', 'AccessKey.AccessKeyId') }),
  },
  {
    name: 'the key that is left',
    run: (at) => at.iam.listAccessKeys(anna),
    differs: { IsTruncated: reasons.notTruncated },
  },
];

const groups: readonly Step[] = [
  {
    name: 'make a group',
    run: (at) => at.iam.createGroup({ ...crew, Path }),
    differs: { 'Group.GroupId': reasons.uniqueId },
  },
  { name: 'make the group again', run: (at) => at.iam.createGroup(crew) },
  { name: 'see an absent group', run: (at) => at.iam.getGroup({ GroupName: 'nobodys' }) },
  {
    name: 'the empty group',
    run: (at) => at.iam.getGroup(crew),
    differs: { 'Group.GroupId': reasons.uniqueId, IsTruncated: reasons.notTruncated },
  },
  { name: 'put Anna into the group', run: (at) => at.iam.addUserToGroup({ ...crew, ...anna }) },
  { name: 'put Ben into the group', run: (at) => at.iam.addUserToGroup({ ...crew, UserName: 'ben' }) },
  { name: 'put nobody into the group', run: (at) => at.iam.addUserToGroup({ ...crew, UserName: 'nobody' }) },
  {
    name: 'the group with its users',
    run: (at) => at.iam.getGroup(crew),
    differs: {
      'Group.GroupId': reasons.uniqueId,
      'Users[].UserId': reasons.uniqueId,
      IsTruncated: reasons.notTruncated,
    },
  },
  {
    name: 'Anna’s groups',
    run: (at) => at.iam.listGroupsForUser(anna),
    differs: { 'Groups[].GroupId': reasons.uniqueId },
  },
  {
    name: 'groups',
    run: (at) => at.iam.listGroups({ PathPrefix: Path }),
    differs: { 'Groups[].GroupId': reasons.uniqueId, IsTruncated: reasons.notTruncated },
  },
  {
    name: 'give the group an inline policy',
    run: (at) => at.iam.putGroupPolicy({ ...crew, PolicyName: 'files', PolicyDocument: readFiles }),
  },
  { name: 'see the group’s inline policy', run: (at) => at.iam.getGroupPolicy({ ...crew, PolicyName: 'files' }) },
  {
    name: 'the group’s inline policies',
    run: (at) => at.iam.listGroupPolicies(crew),
    differs: { IsTruncated: reasons.notTruncated },
  },
  { name: 'attach a policy to the group', run: (at) => at.iam.attachGroupPolicy({ ...crew, PolicyArn: readOnly }) },
  { name: 'the group’s attached policies', run: (at) => at.iam.listAttachedGroupPolicies(crew) },
  { name: 'take Ben out of the group', run: (at) => at.iam.removeUserFromGroup({ ...crew, UserName: 'ben' }) },
  { name: 'delete Ben', run: (at) => at.iam.deleteUser({ UserName: 'ben' }) },
  { name: 'delete Ben again', run: (at) => at.iam.deleteUser({ UserName: 'ben' }) },
];

// The last of the group: moto deletes it.
const lastOfGroups: readonly Step[] = [
  {
    name: 'delete the group with a user',
    run: (at) => at.iam.deleteGroup(crew),
    differs: { refusal: acceptedBy('DeleteConflictException', 409) },
  },
];

export const userSteps: readonly Step[] = [...users, ...keys, ...groups, ...lastOfGroups];
