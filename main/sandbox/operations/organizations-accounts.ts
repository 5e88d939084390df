import { z } from '../../../core/zod';
import type { AccountFailure } from '../../../core/domain/practice-trouble';
import type { SignedCall } from '../call';
import { lineage, settleOrganizations } from '../organization';
import type { AccountRequestRecord, OrganizationRecord } from '../organization-record';
import { organizationQuotas } from '../organization-quotas';
import {
  accountIdSchema,
  arnOf,
  authorizeOn,
  constraint,
  findMember,
  invalidInput,
  isParent,
  managed,
  page,
  pageSchema,
  parentIdSchema,
  read,
  readTags,
  refuse,
  requireParent,
  seconds,
  tagsSchema,
  type Members,
} from './organizations-shared';
import type { JsonOperations } from './operation';

/** The older `Status` does not tell an account closed by its owner from one that AWS suspended; it was to be gone on 9 September 2026 (aws-reference §0.11). */
const olderStatus = {
  PENDING_ACTIVATION: 'ACTIVE',
  ACTIVE: 'ACTIVE',
  SUSPENDED: 'SUSPENDED',
  PENDING_CLOSURE: 'PENDING_CLOSURE',
  CLOSED: 'SUSPENDED',
} as const;

function accountFields(call: SignedCall, organization: OrganizationRecord, id: string): Members {
  const account = findMember(organization, id);
  return {
    Id: id,
    Arn: arnOf(organization, 'account', id),
    Email: account.email,
    Name: call.state.accounts.get(id)?.name,
    State: account.state,
    Status: olderStatus[account.state],
    Paths: [`${[organization.id, ...lineage(organization, id)].join('/')}/`],
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: seconds(account.joinedAt),
  };
}

function requestFields(request: AccountRequestRecord): Members {
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

/** aws-reference §7: one `@`, no blanks or such signs in the local part, a dot in the domain. */
const email = /^[^\s@"'()<>[\]:;,\\|%&.][^\s@"'()<>[\]:;,\\|%&]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

const createAccountSchema = z.object({
  Email: z.string().min(6).max(64).regex(email),
  AccountName: z
    .string()
    .min(1)
    .max(50)
    .regex(/^[ -~]+$/),
  RoleName: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/)
    .default('OrganizationAccountAccessRole'),
  IamUserAccessToBilling: z.enum(['ALLOW', 'DENY']).default('ALLOW'),
  Tags: tagsSchema.optional(),
});

type Asked = z.infer<typeof createAccountSchema>;

/** What will go wrong with a request, as far as it is known when it is made. */
function failureOf(call: SignedCall, organization: OrganizationRecord, asked: Asked): AccountFailure | undefined {
  const sameEmail = ({ email: other }: { readonly email: string }): boolean =>
    other.toLowerCase() === asked.Email.toLowerCase();
  const twin = organization.requests.find(
    (request) =>
      request.state === 'IN_PROGRESS' &&
      request.email === asked.Email &&
      request.accountName === asked.AccountName &&
      request.roleName === asked.RoleName,
  );
  if (call.trouble.accountCreationFailure !== undefined) return call.trouble.accountCreationFailure;
  if (twin !== undefined) return 'CONCURRENT_ACCOUNT_MODIFICATION';
  // An address is never free again, not even after its account was closed (aws-reference §7).
  const taken = call.state.organizations.some(
    ({ accounts, requests }) =>
      accounts.some(sameEmail) || requests.some((request) => request.state !== 'FAILED' && sameEmail(request)),
  );
  return taken ? 'EMAIL_ALREADY_EXISTS' : undefined;
}

function createAccount(call: SignedCall, input: unknown): Members {
  const asked = read(createAccountSchema, input);
  const tags = readTags(asked.Tags);
  const organization = managed(call, 'CreateAccount', { tags });
  // The account has no number yet, so that its ARN is any account's.
  if (tags.length > 0) authorizeOn(call, organization, 'TagResource', { ids: ['*'], tags });
  if (asked.RoleName.startsWith('AWSServiceRoleFor'))
    throw invalidInput('INVALID_ROLE_NAME', 'A role name cannot begin with the reserved prefix AWSServiceRoleFor.');
  if (organization.accounts.length >= organizationQuotas.accounts)
    throw constraint('ACCOUNT_NUMBER_LIMIT_EXCEEDED', 'You have exceeded the allowed number of AWS accounts.');
  const underWay = organization.requests.filter((request) => request.state === 'IN_PROGRESS').length;
  if (underWay >= organizationQuotas.accountsCreatedAtOnce) {
    throw refuse(
      'TooManyRequestsException',
      "AWS Organizations can't complete your request because another request is already in progress. Try again later.",
    );
  }
  const failure = failureOf(call, organization, asked);
  const request: AccountRequestRecord = {
    id: `car-${call.state.newName('request', 32)}`,
    accountName: asked.AccountName,
    email: asked.Email,
    roleName: asked.RoleName,
    billingAccess: asked.IamUserAccessToBilling,
    tags,
    state: 'IN_PROGRESS',
    requestedAt: call.now,
    completesAt: call.now + call.trouble.accountCreationMs,
    entryDelayMs: call.trouble.propagationDelayMs,
    ...(failure === undefined ? {} : { failureReason: failure }),
  };
  organization.requests.push(request);
  const answer = { CreateAccountStatus: requestFields(request) };
  settleOrganizations(call.state, call.now);
  return answer;
}

const moveSchema = z.object({
  AccountId: accountIdSchema,
  SourceParentId: parentIdSchema,
  DestinationParentId: parentIdSchema,
});

function moveAccount(call: SignedCall, input: unknown): Members {
  const asked = read(moveSchema, input);
  const ids = [asked.AccountId, asked.SourceParentId, asked.DestinationParentId];
  const organization = managed(call, 'MoveAccount', { ids });
  const account = findMember(organization, asked.AccountId);
  if (account.parentId !== asked.SourceParentId)
    throw refuse('SourceParentNotFoundException', "You specified a source parent that doesn't exist.");
  if (!isParent(organization, asked.DestinationParentId))
    throw refuse('DestinationParentNotFoundException', "You specified a destination parent that doesn't exist.");
  if (asked.SourceParentId === asked.DestinationParentId)
    throw refuse('DuplicateAccountException', 'The account is already in the destination parent.');
  account.parentId = asked.DestinationParentId;
  return {};
}

export const organizationAccountOperations: JsonOperations = {
  CreateAccount: createAccount,
  DescribeCreateAccountStatus: (call, input) => {
    const schema = z.object({ CreateAccountRequestId: z.string().regex(/^car-[a-z0-9]{8,32}$/) });
    const { CreateAccountRequestId } = read(schema, input);
    const organization = managed(call, 'DescribeCreateAccountStatus');
    const request = organization.requests.find((item) => item.id === CreateAccountRequestId);
    if (request === undefined) {
      throw refuse(
        'CreateAccountStatusNotFoundException',
        "You specified a create account request id that doesn't exist.",
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
  ListAccountsForParent: (call, input) => {
    const asked = read(z.object({ ParentId: parentIdSchema, ...pageSchema }), input);
    const organization = managed(call, 'ListAccountsForParent', { ids: [asked.ParentId] });
    requireParent(organization, asked.ParentId);
    const accounts = organization.accounts.filter((account) => account.parentId === asked.ParentId);
    const { items, next } = page(accounts, asked);
    return { Accounts: items.map((account) => accountFields(call, organization, account.id)), ...next };
  },
  DescribeAccount: (call, input) => {
    const { AccountId } = read(z.object({ AccountId: accountIdSchema }), input);
    const organization = managed(call, 'DescribeAccount', { ids: [AccountId] });
    return { Account: accountFields(call, organization, AccountId) };
  },
  MoveAccount: moveAccount,
};
