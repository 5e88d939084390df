import type { Group, Role, User } from '@aws-sdk/client-iam';
import { allOf } from './all-pages';
import type { IamIdentitiesApi, IamListed, IamListedUser, ListPage } from './iam-identities';
import type { AskIam } from './iam-objects-api';
import { required } from './required';

const reading = (name: string) => ({ name, changes: false });
const changing = (name: string) => ({ name, changes: true });
const nothing = (): undefined => undefined;

function listedUser(user: User): IamListedUser {
  const used = user.PasswordLastUsed?.getTime();
  return {
    ...listed({ ...user, name: user.UserName, id: user.UserId }),
    ...(used === undefined ? {} : { passwordLastUsedAt: used }),
  };
}

const listedRole = (role: Role): IamListed => listed({ ...role, name: role.RoleName, id: role.RoleId });
const listedGroup = (group: Group): IamListed => listed({ ...group, name: group.GroupName, id: group.GroupId });

function listed(one: Pick<User, 'Path' | 'Arn' | 'CreateDate'> & { name: string | undefined; id: string | undefined }) {
  return {
    name: required(one.name, 'name'),
    path: required(one.Path, 'Path'),
    arn: required(one.Arn, 'Arn'),
    id: required(one.id, 'ID'),
    createdAt: required(one.CreateDate, 'CreateDate').getTime(),
  };
}

/** A marker that comes without `IsTruncated` is none. */
function pageOf<T>(items: readonly T[], more: boolean | undefined, marker: string | undefined): ListPage<T> {
  return more === true && marker !== undefined ? { items, next: marker } : { items };
}

const policiesOf = (policies: readonly { PolicyArn?: string | undefined; PolicyName?: string | undefined }[]) =>
  policies.map(({ PolicyArn, PolicyName }) => ({
    arn: required(PolicyArn, 'PolicyArn'),
    name: required(PolicyName, 'PolicyName'),
  }));

/** Users, roles and groups as lists have them, and everything that hangs on one. */
export function iamIdentityCalls(ask: AskIam): IamIdentitiesApi {
  return {
    listUsersPage: (Marker, options) =>
      ask(
        reading('ListUsers'),
        options,
        (iam, sdk, http) => iam.send(new sdk.ListUsersCommand({ Marker }), http),
        (page) => pageOf((page.Users ?? []).map(listedUser), page.IsTruncated, page.Marker),
      ),
    listRolesPage: (Marker, options) =>
      ask(
        reading('ListRoles'),
        options,
        (iam, sdk, http) => iam.send(new sdk.ListRolesCommand({ Marker }), http),
        (page) => pageOf((page.Roles ?? []).map(listedRole), page.IsTruncated, page.Marker),
      ),
    listGroupsPage: (Marker, options) =>
      ask(
        reading('ListGroups'),
        options,
        (iam, sdk, http) => iam.send(new sdk.ListGroupsCommand({ Marker }), http),
        (page) => pageOf((page.Groups ?? []).map(listedGroup), page.IsTruncated, page.Marker),
      ),
    getWholeUser: (UserName, options) =>
      ask(
        reading('GetUser'),
        options,
        (iam, sdk, http) => iam.send(new sdk.GetUserCommand({ UserName }), http),
        ({ User: found }) => {
          const user = required(found, 'User');
          const boundary = user.PermissionsBoundary?.PermissionsBoundaryArn;
          return {
            ...listedUser(user),
            tags: (user.Tags ?? []).map(({ Key, Value }) => ({ key: Key ?? '', value: Value ?? '' })),
            ...(boundary === undefined ? {} : { permissionsBoundaryArn: boundary }),
          };
        },
      ),
    listKeys: (UserName, options) =>
      ask(
        reading('ListAccessKeys'),
        options,
        (iam, sdk, http) =>
          allOf(
            sdk.paginateListAccessKeys({ client: iam }, { UserName }, http),
            (page) => page.AccessKeyMetadata ?? [],
          ),
        ({ items }) =>
          items.map(({ AccessKeyId, CreateDate, Status }) => ({
            accessKeyId: required(AccessKeyId, 'AccessKeyId'),
            active: Status === 'Active',
            createdAt: required(CreateDate, 'CreateDate').getTime(),
          })),
      ),
    getKeyUse: (AccessKeyId, options) =>
      ask(
        reading('GetAccessKeyLastUsed'),
        options,
        (iam, sdk, http) => iam.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId }), http),
        ({ AccessKeyLastUsed: use }) => {
          const at = use?.LastUsedDate?.getTime();
          const { Region: region = '', ServiceName: service = '' } = use ?? {};
          return { service, region, ...(at === undefined ? {} : { at }) };
        },
      ),
    setKeyActive: (UserName, AccessKeyId, active, options) =>
      ask(
        changing('UpdateAccessKey'),
        options,
        (iam, sdk, http) =>
          iam.send(
            new sdk.UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: active ? 'Active' : 'Inactive' }),
            http,
          ),
        nothing,
      ),
    getLoginProfile: (UserName, options) =>
      ask(
        reading('GetLoginProfile'),
        options,
        (iam, sdk, http) => iam.send(new sdk.GetLoginProfileCommand({ UserName }), http),
        ({ LoginProfile }) => ({ createdAt: required(LoginProfile?.CreateDate, 'CreateDate').getTime() }),
      ),
    deleteLoginProfile: (UserName, options) =>
      ask(
        changing('DeleteLoginProfile'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeleteLoginProfileCommand({ UserName }), http),
        nothing,
      ),
    listMfaDevices: (UserName, options) =>
      ask(
        reading('ListMFADevices'),
        options,
        (iam, sdk, http) =>
          allOf(sdk.paginateListMFADevices({ client: iam }, { UserName }, http), (page) => page.MFADevices ?? []),
        ({ items }) =>
          items.map(({ EnableDate, SerialNumber }) => ({
            serialNumber: required(SerialNumber, 'SerialNumber'),
            enabledAt: required(EnableDate, 'EnableDate').getTime(),
          })),
      ),
    deactivateMfaDevice: (UserName, SerialNumber, options) =>
      ask(
        changing('DeactivateMFADevice'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeactivateMFADeviceCommand({ UserName, SerialNumber }), http),
        nothing,
      ),
    deleteVirtualMfaDevice: (SerialNumber, options) =>
      ask(
        changing('DeleteVirtualMFADevice'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber }), http),
        nothing,
      ),
    listGroupsForUser: (UserName, options) =>
      ask(
        reading('ListGroupsForUser'),
        options,
        (iam, sdk, http) =>
          allOf(sdk.paginateListGroupsForUser({ client: iam }, { UserName }, http), (page) => page.Groups ?? []),
        ({ items }) => items.map(({ GroupName }) => required(GroupName, 'GroupName')),
      ),
    listUserPolicies: (UserName, options) =>
      ask(
        reading('ListUserPolicies'),
        options,
        (iam, sdk, http) =>
          allOf(sdk.paginateListUserPolicies({ client: iam }, { UserName }, http), (page) => page.PolicyNames ?? []),
        ({ items }) => items,
      ),
    listAttachedUserPolicies: (UserName, options) =>
      ask(
        reading('ListAttachedUserPolicies'),
        options,
        (iam, sdk, http) =>
          allOf(
            sdk.paginateListAttachedUserPolicies({ client: iam }, { UserName }, http),
            (page) => page.AttachedPolicies ?? [],
          ),
        ({ items }) => policiesOf(items),
      ),
    listGroupPolicies: (GroupName, options) =>
      ask(
        reading('ListGroupPolicies'),
        options,
        (iam, sdk, http) =>
          allOf(sdk.paginateListGroupPolicies({ client: iam }, { GroupName }, http), (page) => page.PolicyNames ?? []),
        ({ items }) => items,
      ),
    listAttachedGroupPolicies: (GroupName, options) =>
      ask(
        reading('ListAttachedGroupPolicies'),
        options,
        (iam, sdk, http) =>
          allOf(
            sdk.paginateListAttachedGroupPolicies({ client: iam }, { GroupName }, http),
            (page) => page.AttachedPolicies ?? [],
          ),
        ({ items }) => policiesOf(items),
      ),
    listGroupMembers: (GroupName, options) =>
      ask(
        reading('GetGroup'),
        options,
        (iam, sdk, http) =>
          allOf(sdk.paginateGetGroup({ client: iam }, { GroupName }, http), (page) => page.Users ?? []),
        ({ items }) => items.map(({ UserName }) => required(UserName, 'UserName')),
      ),
    listSigningCertificates: (UserName, options) =>
      ask(
        reading('ListSigningCertificates'),
        options,
        (iam, sdk, http) =>
          allOf(
            sdk.paginateListSigningCertificates({ client: iam }, { UserName }, http),
            (page) => page.Certificates ?? [],
          ),
        ({ items }) =>
          items.map(({ CertificateId, Status }) => ({
            id: required(CertificateId, 'CertificateId'),
            active: Status === 'Active',
          })),
      ),
    deleteSigningCertificate: (UserName, CertificateId, options) =>
      ask(
        changing('DeleteSigningCertificate'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeleteSigningCertificateCommand({ UserName, CertificateId }), http),
        nothing,
      ),
    listSshPublicKeys: (UserName, options) =>
      ask(
        reading('ListSSHPublicKeys'),
        options,
        (iam, sdk, http) =>
          allOf(sdk.paginateListSSHPublicKeys({ client: iam }, { UserName }, http), (page) => page.SSHPublicKeys ?? []),
        ({ items }) =>
          items.map(({ SSHPublicKeyId, Status }) => ({
            id: required(SSHPublicKeyId, 'SSHPublicKeyId'),
            active: Status === 'Active',
          })),
      ),
    deleteSshPublicKey: (UserName, SSHPublicKeyId, options) =>
      ask(
        changing('DeleteSSHPublicKey'),
        options,
        (iam, sdk, http) => iam.send(new sdk.DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId }), http),
        nothing,
      ),
    listServiceCredentials: (UserName, options) =>
      ask(
        reading('ListServiceSpecificCredentials'),
        options,
        // two for each of a few services: one page
        (iam, sdk, http) => iam.send(new sdk.ListServiceSpecificCredentialsCommand({ UserName }), http),
        ({ ServiceSpecificCredentials: items = [] }) =>
          items.map(({ ServiceSpecificCredentialId, Status }) => ({
            id: required(ServiceSpecificCredentialId, 'ServiceSpecificCredentialId'),
            active: Status === 'Active',
          })),
      ),
    deleteServiceCredential: (UserName, ServiceSpecificCredentialId, options) =>
      ask(
        changing('DeleteServiceSpecificCredential'),
        options,
        (iam, sdk, http) =>
          iam.send(new sdk.DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }), http),
        nothing,
      ),
  };
}
