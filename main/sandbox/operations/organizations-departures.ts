import { z } from '../../../core/zod';
import type { SignedCall } from '../call';
import { removeTarget, settleOrganizations } from '../organization';
import type { MemberRecord, OrganizationRecord } from '../organization-record';
import { organizationQuotas as quotas } from '../organization-quotas';
import {
  accountIdSchema,
  constraint,
  findMember,
  joined,
  managed,
  read,
  refuse,
  type Members,
} from './organizations-shared';
import type { JsonOperations } from './operation';

/** API reference, CloseAccount: a share of the accounts, but at least so many and at most so many. */
function refuseClosures(organization: OrganizationRecord, now: number): void {
  const closures = organization.accounts.flatMap(({ closure }) => (closure === undefined ? [] : [closure]));
  const recent = closures.filter(({ requestedAt }) => requestedAt > now - quotas.closurePeriod).length;
  const share = Math.floor((organization.accounts.length - 1) * quotas.closuresShare);
  if (recent >= Math.min(quotas.closuresAtMost, Math.max(quotas.closures, share))) {
    throw constraint('CLOSE_ACCOUNT_QUOTA_EXCEEDED', 'You have exceeded the close account quota for the past 30 days.');
  }
  const underWay = organization.accounts.filter(({ state }) => state === 'PENDING_CLOSURE').length;
  if (underWay >= quotas.accountsClosedAtOnce) {
    throw constraint(
      'CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED',
      'You have exceeded the number of accounts that you can close at a time.',
    );
  }
}

function closeAccount(call: SignedCall, input: unknown): Members {
  const { AccountId } = read(z.object({ AccountId: accountIdSchema }), input);
  const organization = managed(call, 'CloseAccount', { ids: [AccountId] });
  const member = findMember(organization, AccountId);
  if (AccountId === organization.managementAccountId) {
    throw constraint(
      'CANNOT_CLOSE_MANAGEMENT_ACCOUNT',
      'You cannot close the management account of an organization with this operation.',
    );
  }
  if (organization.featureSet !== 'ALL') {
    throw constraint(
      'ORGANIZATION_NOT_IN_ALL_FEATURES_MODE',
      'This operation needs an organization with all features enabled.',
    );
  }
  if (member.state === 'CLOSED' || member.state === 'SUSPENDED')
    throw refuse('AccountAlreadyClosedException', 'The provided account is already closed.');
  if (member.state === 'PENDING_CLOSURE')
    throw refuse('ConflictException', 'The account is being closed by an earlier request.');
  refuseClosures(organization, call.now);
  member.state = 'PENDING_CLOSURE';
  member.closure = { requestedAt: call.now, completesAt: call.now + call.trouble.accountCreationMs };
  settleOrganizations(call.state, call.now);
  return {};
}

/**
 * An account that the organization made lacks what it needs to stand alone: nobody gave it a means of payment (API
 * reference, RemoveAccountFromOrganization). Which of the reasons AWS names first could not be confirmed.
 */
function leave(call: SignedCall, organization: OrganizationRecord, member: MemberRecord): Members {
  if (member.id === organization.managementAccountId) {
    throw refuse(
      'MasterCannotLeaveOrganizationException',
      "You can't remove the management account from the organization.",
    );
  }
  if (member.joinedMethod === 'CREATED') {
    if (call.now < member.joinedAt + quotas.waitBeforeLeaving) {
      throw constraint(
        'WAIT_PERIOD_ACTIVE',
        'You must wait until at least four days after the account was created before you can remove it.',
      );
    }
    throw constraint(
      'MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED',
      'The member account is missing one or more of the prerequisites required to operate as a standalone account.',
    );
  }
  removeTarget(organization, member.id);
  return {};
}

export const organizationDepartureOperations: JsonOperations = {
  CloseAccount: closeAccount,
  RemoveAccountFromOrganization: (call, input) => {
    const { AccountId } = read(z.object({ AccountId: accountIdSchema }), input);
    const organization = managed(call, 'RemoveAccountFromOrganization', { ids: [AccountId] });
    return leave(call, organization, findMember(organization, AccountId));
  },
  LeaveOrganization: (call) => {
    const organization = joined(call, 'LeaveOrganization');
    return leave(call, organization, findMember(organization, call.caller.account.id));
  },
};
