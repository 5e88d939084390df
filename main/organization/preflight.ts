import type { AppError } from '../../core/app-error';
import type { PreflightCheck } from '../../core/contract/organization';
import { clip } from '../../core/clip';
import { callerOf } from '../../core/domain/caller';
import type { Identity } from '../../core/domain/source';
import type { SubAccountWish } from '../../core/domain/sub-account';
import { utcSecond } from '../../core/utc';
import { ok, type Result } from '../../core/result';
import type { Organization, SimulatedDecision } from '../aws/aws-api';
import { madeAtOnce } from '../../core/domain/account-list';
import { validateCreateAccount } from '../aws/validate';
import { notCancelled, type SourceClients, type Sources } from '../sources/sources';
import { isWithoutOrganization } from './organization-view';
import { sameEmail } from './records';

type State = PreflightCheck['state'];
type CheckId = PreflightCheck['id'];

/** So many accounts an organization may have to begin with, or fewer where it is new (aws-reference §7). */
const firstQuota = 10;

const titles: Readonly<Record<CheckId, string>> = {
  organization: 'There is an organization',
  management: 'The source is in its management account',
  features: 'All features are on',
  rights: 'The caller has the rights',
  pending: 'Nothing of the kind is under way',
  quota: 'There is room for one more',
  email: 'The e-mail address',
  name: 'The name',
  unit: 'The place in the organization',
  plans: 'What AWS does not tell here',
};

function check(id: CheckId, state: State, detail: string, error?: AppError): PreflightCheck {
  return { id, state, title: titles[id], detail: clip(detail, 400), ...(error === undefined ? {} : { error }) };
}

const unasked = (id: CheckId, error: AppError) =>
  check(id, 'unknown', `This could not be asked: ${error.message}`, error);
const afterOrganization = (id: CheckId) => check(id, 'unknown', 'This is known once the organization can be asked.');

/** Looks at everything that can be known before an account is asked for, side by side. Changes nothing. */
export async function preflight(
  sources: Sources,
  sourceId: string,
  wish: SubAccountWish,
): Promise<Result<{ checks: PreflightCheck[] }>> {
  const clients = sources.clients(sourceId);
  if (!clients.ok) return clients;
  const identity = await sources.identity(sourceId);
  if (!identity.ok) return identity;
  const { organizations } = clients.value;
  const described = await organizations.describeOrganization();
  const organization = described.ok ? described.value.value : undefined;
  const error = described.ok ? undefined : notCancelled(described.error);
  const isOurs = organization?.managementAccountId === identity.value.accountId;
  const accounts = isOurs ? await organizations.listAccounts() : undefined;
  const [rights, pending, unit] = await Promise.all([
    checkRights(clients.value, identity.value, wish),
    isOurs ? checkPending(clients.value, wish) : afterOrganization('pending'),
    isOurs ? checkUnit(clients.value, wish) : afterOrganization('unit'),
  ]);
  return ok({
    checks: [
      ...checkOrganization(organization, identity.value, error),
      ...[rights, pending, checkQuota(accounts), checkEmail(accounts, wish), checkName(wish), unit],
      check(
        'plans',
        'warned',
        'An account on AWS’s Free plan may lose it by being in an organization. Where Control Tower manages the organization, make accounts in its Account Factory instead.',
      ),
    ],
  });
}

function checkOrganization(
  organization: Organization | undefined,
  { accountId }: Identity,
  error: AppError | undefined,
): PreflightCheck[] {
  if (organization === undefined) {
    const isNone = error !== undefined && isWithoutOrganization(error);
    return [
      isNone
        ? check('organization', 'failed', `Account ${accountId} is in no organization. Create one first.`, error)
        : check('organization', 'unknown', `This could not be asked: ${error?.message ?? ''}`, error),
      isNone
        ? check(
            'management',
            'warned',
            `Account ${accountId} becomes the management account of the one that you create.`,
          )
        : afterOrganization('management'),
      afterOrganization('features'),
    ];
  }
  const { allFeatures, id, managementAccountId } = organization;
  return [
    check('organization', 'passed', id),
    managementAccountId === accountId
      ? check('management', 'passed', `Account ${accountId}`)
      : check(
          'management',
          'failed',
          `The source is in account ${accountId}. Choose one in account ${managementAccountId}, which manages the organization.`,
        ),
    allFeatures
      ? check('features', 'passed', 'Service control policies can bound the account later.')
      : check(
          'features',
          'warned',
          'The organization is for bills alone: the account can be made, but no policy can bound it. All features are switched on in the console of AWS Organizations.',
        ),
  ];
}

/** What making an account and following it to its end calls, one after the other (aws-reference §7). */
function neededActions({ unitId }: SubAccountWish): string[] {
  return [
    'organizations:CreateAccount',
    'organizations:DescribeCreateAccountStatus',
    'organizations:ListCreateAccountStatus',
    'organizations:DescribeOrganization',
    'organizations:DescribeAccount',
    'organizations:ListAccounts',
    'organizations:ListAccountsForParent',
    'organizations:ListOrganizationalUnitsForParent',
    'organizations:ListRoots',
    ...(unitId === undefined ? [] : ['organizations:ListParents', 'organizations:MoveAccount']),
  ];
}

async function checkRights(
  { iam }: SourceClients,
  { accountId, arn, partition }: Identity,
  wish: SubAccountWish,
): Promise<PreflightCheck> {
  const caller = callerOf(arn);
  if (caller === undefined) {
    return check(
      'rights',
      'unknown',
      'AWS’s simulator does not take this kind of caller. AWS says it when it is asked.',
    );
  }
  // the ARN of a session says nothing of its role's path
  const role = caller.kind === 'role' ? await iam.getRole(caller.name) : undefined;
  if (role?.ok === false) return unasked('rights', notCancelled(role.error));
  const principal = role?.value.value.arn ?? arn;
  const simulated = await iam.simulateActions(principal, neededActions(wish));
  if (!simulated.ok) return unasked('rights', notCancelled(simulated.error));
  // no account has this number; a policy for the access role of any account covers it
  const accessRole = `arn:${partition}:iam::000000000000:role/${wish.accessRoleName}`;
  const entering = await iam.simulatePrincipalPolicy(principal, 'sts:AssumeRole', accessRole, {});
  if (!entering.ok) return unasked('rights', notCancelled(entering.error));
  const all = [...simulated.value.value, { ...entering.value.value, action: 'sts:AssumeRole' }];
  const refused = all.filter((one) => !isAllowed(one));
  if (refused.length === 0)
    return check('rights', 'passed', `${String(all.length)} rights of ${caller.name} in ${accountId}`);
  // making has no resource that a policy could name; the rest may be allowed for certain units or accounts only
  const isSure = refused.some(
    ({ action, decision }) => decision === 'explicitDeny' || action === 'organizations:CreateAccount',
  );
  const names = refused.map(({ action }) => action).join(', ');
  return isSure
    ? check('rights', 'failed', `${caller.name} may not call ${names}. Have it allowed, or choose another source.`)
    : check('rights', 'warned', `${caller.name} may perhaps not call ${names}: no policy allows it for everything.`);
}

function isAllowed({ boundaryAllows, decision, organizationAllows }: SimulatedDecision): boolean {
  return decision === 'allowed' && boundaryAllows !== false && organizationAllows !== false;
}

async function checkPending({ organizations }: SourceClients, { name }: SubAccountWish): Promise<PreflightCheck> {
  const listed = await organizations.listAccountRequests(['IN_PROGRESS']);
  if (!listed.ok) return unasked('pending', notCancelled(listed.error));
  const underWay = listed.value.value;
  const same = underWay.find(({ accountName }) => accountName === name);
  if (same !== undefined) {
    const asked = utcSecond(same.requestedAt);
    return check(
      'pending',
      'warned',
      `An account named “${name}” is being made since ${asked}. Is it the one you want?`,
    );
  }
  if (underWay.length >= madeAtOnce) {
    return check(
      'pending',
      'warned',
      `${String(underWay.length)} accounts are being made: AWS takes ${String(madeAtOnce)} at a time. Wait for one of them.`,
    );
  }
  const others = `${String(underWay.length)} other account${underWay.length === 1 ? ' is' : 's are'} being made`;
  return check(
    'pending',
    'passed',
    underWay.length === 0 ? 'No account is being made.' : `${others}, none of this name.`,
  );
}

type Listed = Awaited<ReturnType<SourceClients['organizations']['listAccounts']>> | undefined;

/** Organizations does not tell its quota; Service Quotas does. Closed accounts count for as long as they are in the list. */
function checkQuota(listed: Listed): PreflightCheck {
  if (listed === undefined) return afterOrganization('quota');
  if (!listed.ok) return unasked('quota', notCancelled(listed.error));
  const count = listed.value.value.length;
  const there = `${String(count)} account${count === 1 ? ' is' : 's are'} in the organization`;
  return count < firstQuota
    ? check(
        'quota',
        'passed',
        `${there}. Most may have ${String(firstQuota)}, a new one fewer: AWS says it when it is asked.`,
      )
    : check(
        'quota',
        'warned',
        `${there}. Without an increase ${String(firstQuota)} is all: look at Service Quotas, under AWS Organizations.`,
      );
}

function checkEmail(listed: Listed, { email }: SubAccountWish): PreflightCheck {
  const invalid = validateCreateAccount({ email, name: 'Name', roleName: 'Role', tags: [] });
  if (invalid !== undefined) return check('email', 'failed', invalid.whatToDo, invalid);
  const owner = listed?.ok === true ? listed.value.value.find((one) => sameEmail(one.email, email)) : undefined;
  if (owner !== undefined) {
    return check(
      'email',
      'failed',
      `Account ${owner.id} (${owner.name}) of this organization has it. Each account needs its own.`,
    );
  }
  const why =
    'It is the way back to the root user, so send a test mail first. AWS alone knows whether another account ever had it.';
  return email.includes('+')
    ? check('email', 'warned', `Mail to an address with + arrives only if the mail host takes it. ${why}`)
    : check('email', 'passed', why);
}

function checkName({ accessRoleName, name }: SubAccountWish): PreflightCheck {
  const invalid = validateCreateAccount({ email: 'any@example.com', name, roleName: accessRoleName, tags: [] });
  return invalid === undefined
    ? check('name', 'passed', `“${name}”, entered by the role ${accessRoleName}`)
    : check('name', 'failed', invalid.whatToDo, invalid);
}

async function checkUnit({ organizations }: SourceClients, { unitId }: SubAccountWish): Promise<PreflightCheck> {
  // the root is where it is made
  if (unitId === undefined || unitId.startsWith('r-')) return check('unit', 'passed', 'It stays in the root.');
  const parents = await organizations.listParents(unitId);
  if (parents.ok) return check('unit', 'passed', `It is moved into ${unitId} once it is there.`);
  const error = notCancelled(parents.error);
  return error.kind === 'no-such-entity' || error.kind === 'validation-refused'
    ? check('unit', 'failed', `There is no unit ${unitId}. It may have been deleted: choose another one.`, error)
    : unasked('unit', error);
}
