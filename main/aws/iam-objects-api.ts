import type * as sdkModule from '@aws-sdk/client-iam';
import type { HttpHandlerOptions, MetadataBearer } from '@smithy/types';
import { allOf } from './all-pages';
import type { AwsResult, CallOptions, IamObjectsApi, Tag } from './aws-api';
import type { AwsOperation } from './error-words';
import { decodeDocument } from './decode-document';
import { required } from './required';

/** One call of IAM: what it is, how it is sent, and what is read out of its answer. */
export type AskIam = <Output extends MetadataBearer, T>(
  operation: AwsOperation,
  options: CallOptions | undefined,
  send: (client: sdkModule.IAMClient, sdk: typeof sdkModule, http: HttpHandlerOptions) => Promise<Output>,
  read: (output: Output) => T,
) => AwsResult<T>;

const reading = (name: string): AwsOperation => ({ name, changes: false });
const changing = (name: string): AwsOperation => ({ name, changes: true });
const nothing = (): undefined => undefined;

const toTags = (tags: readonly Tag[]) => tags.map(({ key, value }) => ({ Key: key, Value: value }));
const readTags = (tags: readonly sdkModule.Tag[] | undefined): readonly Tag[] =>
  (tags ?? []).map(({ Key, Value }) => ({ key: Key ?? '', value: Value ?? '' }));

/** What IAM has besides roles: policies, instance profiles, groups, users and their keys. */
export function iamObjectCalls(ask: AskIam): IamObjectsApi {
  return {
    getPolicy: (PolicyArn, options) =>
      ask(
        reading('GetPolicy'),
        options,
        (iam, sdk, http) => iam.send(new sdk.GetPolicyCommand({ PolicyArn }), http),
        ({ Policy }) => ({
          path: required(Policy?.Path, 'Policy.Path'),
          tags: readTags(Policy?.Tags),
          defaultVersionId: required(Policy?.DefaultVersionId, 'Policy.DefaultVersionId'),
        }),
      ),
    getPolicyVersion: (PolicyArn, VersionId, options) =>
      ask(
        reading('GetPolicyVersion'),
        options,
        (iam, sdk, http) => iam.send(new sdk.GetPolicyVersionCommand({ PolicyArn, VersionId }), http),
        ({ PolicyVersion }) => decodeDocument(PolicyVersion?.Document),
      ),
    createPolicy: ({ description, document, name, path, tags }, options) =>
      ask(
        changing('CreatePolicy'),
        options,
        (iam, sdk, http) =>
          iam.send(
            new sdk.CreatePolicyCommand({
              PolicyName: name,
              Path: path,
              Description: description,
              PolicyDocument: document,
              Tags: toTags(tags),
            }),
            http,
          ),
        nothing,
      ),
    listPolicyVersions: (PolicyArn, options) =>
      ask(
        reading('ListPolicyVersions'),
        options,
        (iam, sdk, http) =>
          allOf(sdk.paginateListPolicyVersions({ client: iam }, { PolicyArn }, http), (page) => page.Versions ?? []),
        ({ items }) =>
          items.map(({ IsDefaultVersion, VersionId }) => ({
            id: required(VersionId, 'VersionId'),
            isDefault: IsDefaultVersion === true,
          })),
      ),
    setDefaultPolicyVersion: (PolicyArn, VersionId, options) =>
      ask(
        changing('SetDefaultPolicyVersion'),
        options,
        (iam, sdk, http) => iam.send(new sdk.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId }), http),
        nothing,
      ),
    deletePolicyVersion: (PolicyArn, VersionId, options) =>
      ask(
        changing('DeletePolicyVersion'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId }), http),
        nothing,
      ),
    deletePolicy: (PolicyArn, options) =>
      ask(
        changing('DeletePolicy'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeletePolicyCommand({ PolicyArn }), http),
        nothing,
      ),
    getInstanceProfile: (InstanceProfileName, options) =>
      ask(
        reading('GetInstanceProfile'),
        options,
        (iam, sdk, http) => iam.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName }), http),
        ({ InstanceProfile: profile }) => ({
          path: required(profile?.Path, 'InstanceProfile.Path'),
          tags: readTags(profile?.Tags),
          roleNames: (profile?.Roles ?? []).map(({ RoleName }) => required(RoleName, 'RoleName')),
        }),
      ),
    createInstanceProfile: ({ name, path, tags }, options) =>
      ask(
        changing('CreateInstanceProfile'),
        options,
        (iam, sdk, http) =>
          iam.send(
            new sdk.CreateInstanceProfileCommand({ InstanceProfileName: name, Path: path, Tags: toTags(tags) }),
            http,
          ),
        nothing,
      ),
    deleteInstanceProfile: (InstanceProfileName, options) =>
      ask(
        changing('DeleteInstanceProfile'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeleteInstanceProfileCommand({ InstanceProfileName }), http),
        nothing,
      ),
    addRoleToInstanceProfile: (InstanceProfileName, RoleName, options) =>
      ask(
        changing('AddRoleToInstanceProfile'),
        options,
        (iam, sdk, http) => iam.send(new sdk.AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }), http),
        nothing,
      ),
    getGroup: (GroupName, options) =>
      ask(
        reading('GetGroup'),
        options,
        (iam, sdk, http) => iam.send(new sdk.GetGroupCommand({ GroupName, MaxItems: 1 }), http),
        ({ Group }) => ({ path: required(Group?.Path, 'Group.Path') }),
      ),
    createGroup: ({ name, path }, options) =>
      ask(
        changing('CreateGroup'),
        options,
        (iam, sdk, http) => iam.send(new sdk.CreateGroupCommand({ GroupName: name, Path: path }), http),
        nothing,
      ),
    deleteGroup: (GroupName, options) =>
      ask(
        changing('DeleteGroup'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeleteGroupCommand({ GroupName }), http),
        nothing,
      ),
    attachGroupPolicy: (GroupName, PolicyArn, options) =>
      ask(
        changing('AttachGroupPolicy'),
        options,
        (iam, sdk, http) => iam.send(new sdk.AttachGroupPolicyCommand({ GroupName, PolicyArn }), http),
        nothing,
      ),
    detachGroupPolicy: (GroupName, PolicyArn, options) =>
      ask(
        changing('DetachGroupPolicy'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DetachGroupPolicyCommand({ GroupName, PolicyArn }), http),
        nothing,
      ),
    getUser: (UserName, options) =>
      ask(
        reading('GetUser'),
        options,
        (iam, sdk, http) => iam.send(new sdk.GetUserCommand({ UserName }), http),
        ({ User }) => ({ path: required(User?.Path, 'User.Path'), tags: readTags(User?.Tags) }),
      ),
    createUser: ({ name, path, tags }, options) =>
      ask(
        changing('CreateUser'),
        options,
        (iam, sdk, http) =>
          iam.send(new sdk.CreateUserCommand({ UserName: name, Path: path, Tags: toTags(tags) }), http),
        nothing,
      ),
    deleteUser: (UserName, options) =>
      ask(
        changing('DeleteUser'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeleteUserCommand({ UserName }), http),
        nothing,
      ),
    attachUserPolicy: (UserName, PolicyArn, options) =>
      ask(
        changing('AttachUserPolicy'),
        options,
        (iam, sdk, http) => iam.send(new sdk.AttachUserPolicyCommand({ UserName, PolicyArn }), http),
        nothing,
      ),
    detachUserPolicy: (UserName, PolicyArn, options) =>
      ask(
        changing('DetachUserPolicy'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DetachUserPolicyCommand({ UserName, PolicyArn }), http),
        nothing,
      ),
    putUserPolicy: (UserName, PolicyName, PolicyDocument, options) =>
      ask(
        changing('PutUserPolicy'),
        options,
        (iam, sdk, http) => iam.send(new sdk.PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }), http),
        nothing,
      ),
    getUserPolicy: (UserName, PolicyName, options) =>
      ask(
        reading('GetUserPolicy'),
        options,
        (iam, sdk, http) => iam.send(new sdk.GetUserPolicyCommand({ UserName, PolicyName }), http),
        ({ PolicyDocument }) => decodeDocument(PolicyDocument),
      ),
    deleteUserPolicy: (UserName, PolicyName, options) =>
      ask(
        changing('DeleteUserPolicy'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeleteUserPolicyCommand({ UserName, PolicyName }), http),
        nothing,
      ),
    addUserToGroup: (UserName, GroupName, options) =>
      ask(
        changing('AddUserToGroup'),
        options,
        (iam, sdk, http) => iam.send(new sdk.AddUserToGroupCommand({ UserName, GroupName }), http),
        nothing,
      ),
    removeUserFromGroup: (UserName, GroupName, options) =>
      ask(
        changing('RemoveUserFromGroup'),
        options,
        (iam, sdk, http) => iam.send(new sdk.RemoveUserFromGroupCommand({ UserName, GroupName }), http),
        nothing,
      ),
    listAccessKeys: (UserName, options) =>
      ask(
        reading('ListAccessKeys'),
        options,
        (iam, sdk, http) =>
          allOf(
            sdk.paginateListAccessKeys({ client: iam }, { UserName }, http),
            (page) => page.AccessKeyMetadata ?? [],
          ),
        ({ items }) => items.map(({ AccessKeyId }) => required(AccessKeyId, 'AccessKeyId')),
      ),
    createAccessKey: (UserName, options) =>
      ask(
        // A second attempt would make a second key, and a user has two at most.
        { ...changing('CreateAccessKey'), once: true },
        options,
        (iam, sdk, http) => iam.send(new sdk.CreateAccessKeyCommand({ UserName }), http),
        ({ AccessKey }) => ({
          accessKeyId: required(AccessKey?.AccessKeyId, 'AccessKeyId'),
          secretAccessKey: required(AccessKey?.SecretAccessKey, 'SecretAccessKey'),
        }),
      ),
    deleteAccessKey: (UserName, AccessKeyId, options) =>
      ask(
        changing('DeleteAccessKey'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeleteAccessKeyCommand({ UserName, AccessKeyId }), http),
        nothing,
      ),
  };
}
