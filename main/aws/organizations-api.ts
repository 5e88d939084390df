import type {
  Account,
  CreateAccountStatus,
  Organization as SdkOrganization,
  OrganizationalUnit as SdkUnit,
} from '@aws-sdk/client-organizations';
import { err } from '../../core/result';
import { allOf } from './all-pages';
import type {
  AccountRequest,
  AwsEnvironment,
  CredentialsProvider,
  Organization,
  OrganizationAccount,
  OrganizationalUnit,
  OrganizationsApi,
} from './aws-api';
import type { ClientPurpose } from './client-config';
import type { Clients } from './clients';
import { changing, nothing, reading, serviceControl, type Ask } from './organizations-ask';
import { policyCalls, tagCalls } from './organizations-policies-api';
import type { Performer } from './perform';
import { required } from './required';
import { validateCreateAccount } from './validate';

function readOrganization(given: SdkOrganization | undefined): Organization {
  const organization = required(given, 'Organization');
  return {
    id: required(organization.Id, 'Id'),
    arn: required(organization.Arn, 'Arn'),
    managementAccountId: required(organization.MasterAccountId, 'MasterAccountId'),
    managementAccountEmail: required(organization.MasterAccountEmail, 'MasterAccountEmail'),
    allFeatures: required(organization.FeatureSet, 'FeatureSet') === 'ALL',
  };
}

function readUnit(given: SdkUnit | undefined): OrganizationalUnit {
  const unit = required(given, 'OrganizationalUnit');
  return { id: required(unit.Id, 'Id'), arn: required(unit.Arn, 'Arn'), name: required(unit.Name, 'Name') };
}

function readAccount(given: Account | undefined): OrganizationAccount {
  const account = required(given, 'Account');
  return {
    id: required(account.Id, 'Id'),
    arn: required(account.Arn, 'Arn'),
    email: required(account.Email, 'Email'),
    name: required(account.Name, 'Name'),
    // Not `Status`, which was to be gone on 9 September 2026 (aws-reference §0.11).
    state: required(account.State, 'State'),
    joinedMethod: required(account.JoinedMethod, 'JoinedMethod'),
    joinedAt: required(account.JoinedTimestamp, 'JoinedTimestamp').getTime(),
  };
}

function readRequest(given: CreateAccountStatus | undefined): AccountRequest {
  const request = required(given, 'CreateAccountStatus');
  const state = required(request.State, 'State');
  const shared = {
    id: required(request.Id, 'Id'),
    accountName: required(request.AccountName, 'AccountName'),
    requestedAt: required(request.RequestedTimestamp, 'RequestedTimestamp').getTime(),
  };
  if (state === 'IN_PROGRESS') return { ...shared, state };
  const completedAt = required(request.CompletedTimestamp, 'CompletedTimestamp').getTime();
  return state === 'SUCCEEDED'
    ? { ...shared, state, completedAt, accountId: required(request.AccountId, 'AccountId') }
    : { ...shared, state, completedAt, failureReason: required(request.FailureReason, 'FailureReason') };
}

/** AWS Organizations. Lists come back whole. */
export function createOrganizationsApi(
  clients: Clients,
  perform: Performer,
  environment: AwsEnvironment,
  credentials: CredentialsProvider,
): OrganizationsApi {
  const askBy =
    (purpose: ClientPurpose): Ask =>
    (operation, options, send, read) =>
      perform(
        operation,
        credentials,
        options,
        () => clients.organizations(environment, credentials, purpose),
        async (client, http) => send(client, await import('@aws-sdk/client-organizations'), http),
        read,
      );
  const ask = askBy('usual');
  return {
    ...organizationCalls(ask),
    ...accountCalls(ask, askBy('single-attempt')),
    ...policyCalls(ask),
    ...tagCalls(ask),
  };
}

function organizationCalls(
  ask: Ask,
): Pick<
  OrganizationsApi,
  | 'createOrganization'
  | 'createOrganizationalUnit'
  | 'describeOrganization'
  | 'listOrganizationalUnits'
  | 'listParents'
  | 'listRoots'
> {
  return {
    describeOrganization: (options) =>
      ask(
        reading('DescribeOrganization'),
        options,
        (client, sdk, http) => client.send(new sdk.DescribeOrganizationCommand({}), http),
        (output) => readOrganization(output.Organization),
      ),
    createOrganization: (options) =>
      ask(
        changing('CreateOrganization'),
        options,
        (client, sdk, http) => client.send(new sdk.CreateOrganizationCommand({ FeatureSet: 'ALL' }), http),
        (output) => readOrganization(output.Organization),
      ),
    listRoots: (options) =>
      ask(
        reading('ListRoots'),
        options,
        (client, sdk, http) => allOf(sdk.paginateListRoots({ client }, {}, http), (page) => page.Roots ?? []),
        (output) =>
          output.items.map((root) => ({
            id: required(root.Id, 'Id'),
            arn: required(root.Arn, 'Arn'),
            name: required(root.Name, 'Name'),
            serviceControlPolicies: (root.PolicyTypes ?? []).some(
              (type) => type.Type === serviceControl && type.Status === 'ENABLED',
            ),
          })),
      ),
    listOrganizationalUnits: (ParentId, options) =>
      ask(
        reading('ListOrganizationalUnitsForParent'),
        options,
        (client, sdk, http) =>
          allOf(
            sdk.paginateListOrganizationalUnitsForParent({ client }, { ParentId }, http),
            (page) => page.OrganizationalUnits ?? [],
          ),
        (output) => output.items.map(readUnit),
      ),
    createOrganizationalUnit: (ParentId, Name, options) =>
      ask(
        changing('CreateOrganizationalUnit'),
        options,
        (client, sdk, http) => client.send(new sdk.CreateOrganizationalUnitCommand({ ParentId, Name }), http),
        (output) => readUnit(output.OrganizationalUnit),
      ),
    listParents: (ChildId, options) =>
      ask(
        reading('ListParents'),
        options,
        (client, sdk, http) =>
          allOf(sdk.paginateListParents({ client }, { ChildId }, http), (page) => page.Parents ?? []),
        (output) =>
          output.items.map((parent) => ({
            id: required(parent.Id, 'Id'),
            kind: required(parent.Type, 'Type') === 'ROOT' ? 'root' : 'unit',
          })),
      ),
  };
}

function accountCalls(
  ask: Ask,
  askOnce: Ask,
): Pick<
  OrganizationsApi,
  | 'closeAccount'
  | 'createAccount'
  | 'describeAccount'
  | 'describeAccountRequest'
  | 'listAccountRequests'
  | 'listAccounts'
  | 'listAccountsForParent'
  | 'moveAccount'
  | 'removeAccountFromOrganization'
> {
  return {
    listAccounts: (options) =>
      ask(
        reading('ListAccounts'),
        options,
        (client, sdk, http) => allOf(sdk.paginateListAccounts({ client }, {}, http), (page) => page.Accounts ?? []),
        (output) => output.items.map(readAccount),
      ),
    listAccountsForParent: (ParentId, options) =>
      ask(
        reading('ListAccountsForParent'),
        options,
        (client, sdk, http) =>
          allOf(sdk.paginateListAccountsForParent({ client }, { ParentId }, http), (page) => page.Accounts ?? []),
        (output) => output.items.map(readAccount),
      ),
    describeAccount: (AccountId, options) =>
      ask(
        reading('DescribeAccount'),
        options,
        (client, sdk, http) => client.send(new sdk.DescribeAccountCommand({ AccountId }), http),
        (output) => readAccount(output.Account),
      ),
    createAccount: async (input, options) => {
      const invalid = validateCreateAccount(input);
      if (invalid !== undefined) return err(invalid);
      return askOnce(
        { name: 'CreateAccount', changes: true, once: true },
        options,
        (client, sdk, http) =>
          client.send(
            new sdk.CreateAccountCommand({
              Email: input.email,
              AccountName: input.name,
              RoleName: input.roleName,
              // Without tags the right to tag is not needed.
              Tags:
                input.tags.length === 0 ? undefined : input.tags.map(({ key, value }) => ({ Key: key, Value: value })),
            }),
            http,
          ),
        (output) => readRequest(output.CreateAccountStatus),
      );
    },
    describeAccountRequest: (CreateAccountRequestId, options) =>
      ask(
        reading('DescribeCreateAccountStatus'),
        options,
        (client, sdk, http) =>
          client.send(new sdk.DescribeCreateAccountStatusCommand({ CreateAccountRequestId }), http),
        (output) => readRequest(output.CreateAccountStatus),
      ),
    listAccountRequests: (states, options) =>
      ask(
        reading('ListCreateAccountStatus'),
        options,
        (client, sdk, http) =>
          allOf(
            sdk.paginateListCreateAccountStatus({ client }, { States: [...states] }, http),
            (page) => page.CreateAccountStatuses ?? [],
          ),
        (output) => output.items.map(readRequest),
      ),
    moveAccount: (AccountId, SourceParentId, DestinationParentId, options) =>
      ask(
        changing('MoveAccount'),
        options,
        (client, sdk, http) =>
          client.send(new sdk.MoveAccountCommand({ AccountId, SourceParentId, DestinationParentId }), http),
        nothing,
      ),
    closeAccount: (AccountId, options) =>
      ask(
        changing('CloseAccount'),
        options,
        (client, sdk, http) => client.send(new sdk.CloseAccountCommand({ AccountId }), http),
        nothing,
      ),
    removeAccountFromOrganization: (AccountId, options) =>
      ask(
        changing('RemoveAccountFromOrganization'),
        options,
        (client, sdk, http) => client.send(new sdk.RemoveAccountFromOrganizationCommand({ AccountId }), http),
        nothing,
      ),
  };
}
