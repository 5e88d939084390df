import { z } from 'zod';
import { authorize, type SignedCall } from '../call';
import { AwsRefusal } from '../http';
import { settleAccountRequests } from '../organization';
import type { AccountRequestRecord, OrganizationRecord } from '../snapshot';
import type { JsonOperations } from './operation';

const refuse = (code: string, message: string): AwsRefusal => new AwsRefusal(code, message, 400);

function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(
    'InvalidInputException',
    `You provided a value that does not match the required pattern: ${issue?.path.map(String).join('.') ?? ''}.`,
  );
}

function memberOf(call: SignedCall): OrganizationRecord {
  const organization = call.state.organizationOf(call.caller.account.id);
  if (organization === undefined)
    throw refuse('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
  return organization;
}

/** Most calls work only in the management account (aws-reference §7). */
function managed(call: SignedCall, action: string, resource = '*'): OrganizationRecord {
  authorize(call, `organizations:${action}`, resource);
  const organization = memberOf(call);
  if (organization.managementAccountId !== call.caller.account.id)
    throw refuse('AccessDeniedException', "You don't have permissions to access this resource.");
  return organization;
}

const arn = (organization: OrganizationRecord, kind: string, id: string): string =>
  `arn:aws:organizations::${organization.managementAccountId}:${kind}/${organization.id}${id === '' ? '' : `/${id}`}`;

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

function organizationFields(organization: OrganizationRecord): Readonly<Record<string, unknown>> {
  const management = organization.accounts.find((account) => account.id === organization.managementAccountId);
  return {
    Organization: {
      Id: organization.id,
      Arn: arn(organization, 'organization', ''),
      FeatureSet: organization.featureSet,
      MasterAccountArn: arn(organization, 'account', organization.managementAccountId),
      MasterAccountId: organization.managementAccountId,
      MasterAccountEmail: management?.email,
      AvailablePolicyTypes:
        organization.featureSet === 'ALL' ? [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] : [],
    },
  };
}

function accountFields(
  call: SignedCall,
  organization: OrganizationRecord,
  id: string,
): Readonly<Record<string, unknown>> {
  const account = organization.accounts.find((item) => item.id === id);
  if (account === undefined) throw refuse('AccountNotFoundException', `You specified an account that doesn't exist.`);
  return {
    Id: id,
    Arn: arn(organization, 'account', id),
    Email: account.email,
    Name: call.state.accounts.get(id)?.name,
    State: account.state,
    // The older field; models of after 9 September 2026 are to do without it (aws-reference §0.11).
    Status: account.state === 'ACTIVE' ? 'ACTIVE' : 'SUSPENDED',
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: seconds(account.joinedAt),
  };
}

function requestFields(request: AccountRequestRecord): Readonly<Record<string, unknown>> {
  const settled = request.state !== 'IN_PROGRESS';
  return {
    Id: request.id,
    AccountName: request.accountName,
    State: request.state,
    RequestedTimestamp: seconds(request.requestedAt),
    ...(settled ? { CompletedTimestamp: seconds(request.completesAt) } : {}),
    ...(request.state === 'SUCCEEDED' ? { AccountId: request.accountId } : {}),
    ...(request.state === 'FAILED' ? { FailureReason: request.failureReason } : {}),
  };
}

function isParent(organization: OrganizationRecord, id: string): boolean {
  return id === organization.rootId || organization.units.some((unit) => unit.id === id);
}

const pageSchema = { MaxResults: z.number().int().min(1).max(20).optional(), NextToken: z.string().optional() };

/** One page; the token is the place of the next item. */
function page<T>(
  items: readonly T[],
  asked: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: readonly T[]; readonly next: Readonly<Record<string, unknown>> } {
  const start = asked.NextToken === undefined ? 0 : Number(asked.NextToken);
  if (!Number.isInteger(start) || start < 0) throw refuse('InvalidInputException', 'Invalid next token.');
  const end = start + (asked.MaxResults ?? 20);
  return { items: items.slice(start, end), next: end < items.length ? { NextToken: String(end) } : {} };
}

function createOrganization(call: SignedCall, input: unknown): Readonly<Record<string, unknown>> {
  const { FeatureSet } = read(z.object({ FeatureSet: z.enum(['ALL', 'CONSOLIDATED_BILLING']).default('ALL') }), input);
  authorize(call, 'organizations:CreateOrganization', '*');
  const { id } = call.caller.account;
  if (call.state.organizationOf(id) !== undefined)
    throw refuse('AlreadyInOrganizationException', 'The provided account is already a member of an organization.');
  const rootId = `r-${call.state.newName('root', 4)}`;
  const organization: OrganizationRecord = {
    id: `o-${call.state.newName('organization', 10)}`,
    managementAccountId: id,
    featureSet: FeatureSet,
    rootId,
    units: [],
    accounts: [
      {
        id,
        parentId: rootId,
        email: `root+${id}@example.com`,
        state: 'ACTIVE',
        joinedMethod: 'INVITED',
        joinedAt: call.now,
      },
    ],
    requests: [],
  };
  call.state.organizations.push(organization);
  return organizationFields(organization);
}

/** aws-reference §7: one `@`, no blanks or such signs in the local part, a dot in the domain. */
const email = /^[^\s@"'()<>[\]:;,\\|%&.][^\s@"'()<>[\]:;,\\|%&]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

const createAccountSchema = z.object({
  Email: z.string().min(6).max(64).regex(email),
  AccountName: z.string().regex(/^[ -~]{1,50}$/),
  RoleName: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/)
    .default('OrganizationAccountAccessRole'),
});

function createAccount(call: SignedCall, input: unknown): Readonly<Record<string, unknown>> {
  const asked = read(createAccountSchema, input);
  const organization = managed(call, 'CreateAccount');
  const emails = [...organization.accounts, ...organization.requests.filter((item) => item.state !== 'FAILED')];
  const taken = emails.some((item) => item.email.toLowerCase() === asked.Email.toLowerCase());
  const failure = call.trouble.accountCreationFailure ?? (taken ? 'EMAIL_ALREADY_EXISTS' : undefined);
  const request: AccountRequestRecord = {
    id: `car-${call.state.newName('request', 32)}`,
    accountName: asked.AccountName,
    email: asked.Email,
    roleName: asked.RoleName,
    state: 'IN_PROGRESS',
    requestedAt: call.now,
    completesAt: call.now + call.trouble.accountCreationMs,
    ...(failure === undefined ? {} : { failureReason: failure }),
  };
  organization.requests.push(request);
  const answer = { CreateAccountStatus: requestFields(request) };
  settleAccountRequests(call.state, call.now);
  return answer;
}

const parentSchema = z.object({ ParentId: z.string(), ...pageSchema });

function unitFields(organization: OrganizationRecord, unit: OrganizationRecord['units'][number]): object {
  return { Id: unit.id, Arn: arn(organization, 'ou', unit.id), Name: unit.name };
}

function createOrganizationalUnit(call: SignedCall, input: unknown): Readonly<Record<string, unknown>> {
  const asked = read(z.object({ ParentId: z.string(), Name: z.string().min(1).max(128) }), input);
  const organization = managed(call, 'CreateOrganizationalUnit');
  if (!isParent(organization, asked.ParentId))
    throw refuse('ParentNotFoundException', `You specified parent that doesn't exist.`);
  if (organization.units.some((unit) => unit.parentId === asked.ParentId && unit.name === asked.Name)) {
    throw refuse(
      'DuplicateOrganizationalUnitException',
      'An organizational unit (OU) with the same name already exists.',
    );
  }
  const id = `ou-${organization.rootId.slice(2)}-${call.state.newName('unit', 8)}`;
  const unit = { id, parentId: asked.ParentId, name: asked.Name };
  organization.units.push(unit);
  return { OrganizationalUnit: unitFields(organization, unit) };
}

function moveAccount(call: SignedCall, input: unknown): Readonly<Record<string, unknown>> {
  const schema = z.object({ AccountId: z.string(), SourceParentId: z.string(), DestinationParentId: z.string() });
  const asked = read(schema, input);
  const organization = managed(call, 'MoveAccount');
  const account = organization.accounts.find((item) => item.id === asked.AccountId);
  if (account === undefined) throw refuse('AccountNotFoundException', `You specified an account that doesn't exist.`);
  if (account.parentId !== asked.SourceParentId)
    throw refuse('SourceParentNotFoundException', `You specified a source parent that doesn't exist.`);
  if (!isParent(organization, asked.DestinationParentId))
    throw refuse('DestinationParentNotFoundException', `You specified a destination parent that doesn't exist.`);
  if (asked.SourceParentId === asked.DestinationParentId)
    throw refuse('DuplicateAccountException', 'The account is already in the destination parent.');
  account.parentId = asked.DestinationParentId;
  return {};
}

export const organizationsOperations: JsonOperations = {
  DescribeOrganization: (call) => {
    authorize(call, 'organizations:DescribeOrganization', '*');
    return organizationFields(memberOf(call));
  },
  CreateOrganization: createOrganization,
  ListRoots: (call) => {
    const organization = managed(call, 'ListRoots');
    const { featureSet, rootId } = organization;
    const policyTypes = featureSet === 'ALL' ? [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] : [];
    return { Roots: [{ Id: rootId, Arn: arn(organization, 'root', rootId), Name: 'Root', PolicyTypes: policyTypes }] };
  },
  ListOrganizationalUnitsForParent: (call, input) => {
    const asked = read(parentSchema, input);
    const organization = managed(call, 'ListOrganizationalUnitsForParent');
    if (!isParent(organization, asked.ParentId))
      throw refuse('ParentNotFoundException', `You specified parent that doesn't exist.`);
    const units = organization.units.filter((unit) => unit.parentId === asked.ParentId);
    const { items, next } = page(units, asked);
    return { OrganizationalUnits: items.map((unit) => unitFields(organization, unit)), ...next };
  },
  CreateOrganizationalUnit: createOrganizationalUnit,
  CreateAccount: createAccount,
  DescribeCreateAccountStatus: (call, input) => {
    const { CreateAccountRequestId } = read(z.object({ CreateAccountRequestId: z.string() }), input);
    const organization = managed(call, 'DescribeCreateAccountStatus');
    const request = organization.requests.find((item) => item.id === CreateAccountRequestId);
    if (request === undefined) {
      throw refuse(
        'CreateAccountStatusNotFoundException',
        `You specified a create account request id that doesn't exist.`,
      );
    }
    return { CreateAccountStatus: requestFields(request) };
  },
  ListCreateAccountStatus: (call, input) => {
    const states = z.array(z.enum(['IN_PROGRESS', 'SUCCEEDED', 'FAILED'])).optional();
    const asked = read(z.object({ States: states, ...pageSchema }), input);
    const organization = managed(call, 'ListCreateAccountStatus');
    const requests = organization.requests.filter((item) => asked.States?.includes(item.state) ?? true);
    const { items, next } = page(requests, asked);
    return { CreateAccountStatuses: items.map(requestFields), ...next };
  },
  ListAccounts: (call, input) => {
    const asked = read(z.object(pageSchema), input);
    const organization = managed(call, 'ListAccounts');
    const { items, next } = page(organization.accounts, asked);
    return { Accounts: items.map((account) => accountFields(call, organization, account.id)), ...next };
  },
  DescribeAccount: (call, input) => {
    const { AccountId } = read(z.object({ AccountId: z.string().regex(/^\d{12}$/) }), input);
    const organization = managed(call, 'DescribeAccount');
    return { Account: accountFields(call, organization, AccountId) };
  },
  MoveAccount: moveAccount,
  ListParents: (call, input) => {
    const { ChildId } = read(z.object({ ChildId: z.string() }), input);
    const organization = managed(call, 'ListParents');
    const child = [...organization.accounts, ...organization.units].find((item) => item.id === ChildId);
    if (child === undefined) throw refuse('ChildNotFoundException', `You specified a child that doesn't exist.`);
    const Type = child.parentId === organization.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
    return { Parents: [{ Id: child.parentId, Type }] };
  },
};
