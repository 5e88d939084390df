import type { IAMClient, Role } from '@aws-sdk/client-iam';
import { allOf } from './all-pages';
import type { AwsEnvironment, CredentialsProvider, IamApi, IamRole } from './aws-api';
import type { Clients } from './clients';
import type { Performer } from './perform';
import { iamIdentityCalls } from './iam-identities-api';
import { iamLastAccessedCalls } from './iam-last-accessed-api';
import { iamObjectCalls, type AskIam } from './iam-objects-api';
import { iamSimulationCalls } from './iam-simulation-api';
import { decodeDocument } from './decode-document';
import { required } from './required';

function readRole(role: Role | undefined): IamRole {
  const given = required(role, 'Role');
  const boundary = given.PermissionsBoundary?.PermissionsBoundaryArn;
  const lastUsed = given.RoleLastUsed?.LastUsedDate?.getTime();
  return {
    arn: required(given.Arn, 'Arn'),
    name: required(given.RoleName, 'RoleName'),
    path: required(given.Path, 'Path'),
    roleId: required(given.RoleId, 'RoleId'),
    createdAt: required(given.CreateDate, 'CreateDate').getTime(),
    // Left out by IAM only where it is the default.
    maxSessionDuration: given.MaxSessionDuration ?? 3600,
    trustPolicy: decodeDocument(given.AssumeRolePolicyDocument),
    description: given.Description ?? '',
    tags: (given.Tags ?? []).map((tag) => ({ key: tag.Key ?? '', value: tag.Value ?? '' })),
    ...(boundary === undefined ? {} : { permissionsBoundaryArn: boundary }),
    ...(lastUsed === undefined ? {} : { lastUsedAt: lastUsed }),
  };
}

/** IAM. Lists come back whole; documents decoded. */
export function createIamApi(
  clients: Clients,
  perform: Performer,
  environment: AwsEnvironment,
  credentials: CredentialsProvider,
): IamApi {
  const client = (): Promise<IAMClient> => clients.iam(environment, credentials);
  const sdk = () => import('@aws-sdk/client-iam');
  const nothing = (): undefined => undefined;
  const reading = (name: string) => ({ name, changes: false });
  const changing = (name: string) => ({ name, changes: true });

  const ask: AskIam = (operation, options, send, read) =>
    perform(operation, credentials, options, client, async (iam, http) => send(iam, await sdk(), http), read);

  return {
    ...iamObjectCalls(ask),
    ...iamIdentityCalls(ask),
    ...iamSimulationCalls(ask),
    ...iamLastAccessedCalls(ask),
    getRole: (RoleName, options) =>
      perform(
        reading('GetRole'),
        credentials,
        options,
        client,
        async (iam, http) => iam.send(new (await sdk()).GetRoleCommand({ RoleName }), http),
        (output) => readRole(output.Role),
      ),
    createRole: (input, options) =>
      perform(
        changing('CreateRole'),
        credentials,
        options,
        client,
        async (iam, http) =>
          iam.send(
            new (await sdk()).CreateRoleCommand({
              RoleName: input.name,
              Path: input.path,
              // IAM refuses an empty description in some partitions; leaving it out is the same.
              Description: input.description === '' ? undefined : input.description,
              AssumeRolePolicyDocument: input.trustPolicy,
              MaxSessionDuration: input.maxSessionDuration,
              Tags: input.tags.map((tag) => ({ Key: tag.key, Value: tag.value })),
              PermissionsBoundary: input.permissionsBoundaryArn,
            }),
            http,
          ),
        // CreateRole does not always repeat everything that was sent.
        (output) => ({
          ...readRole(output.Role),
          description: input.description,
          maxSessionDuration: input.maxSessionDuration,
          tags: input.tags,
        }),
      ),
    deleteRole: (RoleName, options) =>
      perform(
        changing('DeleteRole'),
        credentials,
        options,
        client,
        async (iam, http) => iam.send(new (await sdk()).DeleteRoleCommand({ RoleName }), http),
        nothing,
      ),
    updateAssumeRolePolicy: (RoleName, PolicyDocument, options) =>
      perform(
        changing('UpdateAssumeRolePolicy'),
        credentials,
        options,
        client,
        async (iam, http) =>
          iam.send(new (await sdk()).UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }), http),
        nothing,
      ),
    updateRole: (RoleName, { description, maxSessionDuration }, options) =>
      ask(
        changing('UpdateRole'),
        options,
        (iam, { UpdateRoleCommand }, http) =>
          iam.send(
            new UpdateRoleCommand({ RoleName, Description: description, MaxSessionDuration: maxSessionDuration }),
            http,
          ),
        nothing,
      ),
    tagRole: (RoleName, tags, options) =>
      ask(
        changing('TagRole'),
        options,
        (iam, { TagRoleCommand }, http) =>
          iam.send(
            new TagRoleCommand({ RoleName, Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
            http,
          ),
        nothing,
      ),
    untagRole: (RoleName, keys, options) =>
      ask(
        changing('UntagRole'),
        options,
        (iam, { UntagRoleCommand }, http) => iam.send(new UntagRoleCommand({ RoleName, TagKeys: [...keys] }), http),
        nothing,
      ),
    putRolePolicy: (RoleName, PolicyName, PolicyDocument, options) =>
      perform(
        changing('PutRolePolicy'),
        credentials,
        options,
        client,
        async (iam, http) =>
          iam.send(new (await sdk()).PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }), http),
        nothing,
      ),
    getRolePolicy: (RoleName, PolicyName, options) =>
      perform(
        reading('GetRolePolicy'),
        credentials,
        options,
        client,
        async (iam, http) => iam.send(new (await sdk()).GetRolePolicyCommand({ RoleName, PolicyName }), http),
        (output) => decodeDocument(output.PolicyDocument),
      ),
    deleteRolePolicy: (RoleName, PolicyName, options) =>
      perform(
        changing('DeleteRolePolicy'),
        credentials,
        options,
        client,
        async (iam, http) => iam.send(new (await sdk()).DeleteRolePolicyCommand({ RoleName, PolicyName }), http),
        nothing,
      ),
    attachRolePolicy: (RoleName, PolicyArn, options) =>
      perform(
        changing('AttachRolePolicy'),
        credentials,
        options,
        client,
        async (iam, http) => iam.send(new (await sdk()).AttachRolePolicyCommand({ RoleName, PolicyArn }), http),
        nothing,
      ),
    detachRolePolicy: (RoleName, PolicyArn, options) =>
      perform(
        changing('DetachRolePolicy'),
        credentials,
        options,
        client,
        async (iam, http) => iam.send(new (await sdk()).DetachRolePolicyCommand({ RoleName, PolicyArn }), http),
        nothing,
      ),
    putRolePermissionsBoundary: (RoleName, PermissionsBoundary, options) =>
      ask(
        changing('PutRolePermissionsBoundary'),
        options,
        (iam, { PutRolePermissionsBoundaryCommand }, http) =>
          iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }), http),
        nothing,
      ),
    deleteRolePermissionsBoundary: (RoleName, options) =>
      ask(
        changing('DeleteRolePermissionsBoundary'),
        options,
        (iam, { DeleteRolePermissionsBoundaryCommand }, http) =>
          iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }), http),
        nothing,
      ),
    removeRoleFromInstanceProfile: (InstanceProfileName, RoleName, options) =>
      perform(
        changing('RemoveRoleFromInstanceProfile'),
        credentials,
        options,
        client,
        async (iam, http) =>
          iam.send(new (await sdk()).RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }), http),
        nothing,
      ),
    listRolePolicies: (RoleName, options) =>
      perform(
        reading('ListRolePolicies'),
        credentials,
        options,
        client,
        async (iam, http) => {
          const { paginateListRolePolicies } = await sdk();
          return allOf(paginateListRolePolicies({ client: iam }, { RoleName }, http), (page) => page.PolicyNames ?? []);
        },
        (output) => output.items,
      ),
    listAttachedRolePolicies: (RoleName, options) =>
      perform(
        reading('ListAttachedRolePolicies'),
        credentials,
        options,
        client,
        async (iam, http) => {
          const { paginateListAttachedRolePolicies } = await sdk();
          return allOf(
            paginateListAttachedRolePolicies({ client: iam }, { RoleName }, http),
            (page) => page.AttachedPolicies ?? [],
          );
        },
        (output) =>
          output.items.map((policy) => ({
            arn: required(policy.PolicyArn, 'PolicyArn'),
            name: required(policy.PolicyName, 'PolicyName'),
          })),
      ),
    listInstanceProfilesForRole: (RoleName, options) =>
      perform(
        reading('ListInstanceProfilesForRole'),
        credentials,
        options,
        client,
        async (iam, http) => {
          const { paginateListInstanceProfilesForRole } = await sdk();
          return allOf(
            paginateListInstanceProfilesForRole({ client: iam }, { RoleName }, http),
            (page) => page.InstanceProfiles ?? [],
          );
        },
        (output) => output.items.map((profile) => required(profile.InstanceProfileName, 'InstanceProfileName')),
      ),
    listAccountAliases: (options) =>
      perform(
        reading('ListAccountAliases'),
        credentials,
        options,
        client,
        async (iam, http) => {
          const { paginateListAccountAliases } = await sdk();
          return allOf(paginateListAccountAliases({ client: iam }, {}, http), (page) => page.AccountAliases ?? []);
        },
        (output) => output.items,
      ),
    listRoles: (options) =>
      perform(
        reading('ListRoles'),
        credentials,
        options,
        client,
        async (iam, http) => {
          const { paginateListRoles } = await sdk();
          return allOf(paginateListRoles({ client: iam }, {}, http), (page) => page.Roles ?? []);
        },
        (output) => output.items.map(readRole),
      ),
  };
}
