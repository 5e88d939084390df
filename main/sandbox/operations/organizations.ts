import { z } from '../../../core/zod';
import { decide, type SignedCall } from '../call';
import { addOrganization, newServiceLinkedRole, serviceLinkedRole } from '../organization';
import type { OrganizationRecord } from '../organization-record';
import { organizationAccountOperations } from './organizations-accounts';
import { organizationAttachmentOperations } from './organizations-attachments';
import { organizationDepartureOperations } from './organizations-departures';
import { organizationPolicyOperations } from './organizations-policies';
import {
  arnOf,
  authorizeOn,
  enabledPolicyTypes,
  joined,
  managed,
  page,
  pageSchema,
  read,
  refuse,
  rootFields,
  type Members,
} from './organizations-shared';
import { organizationTagOperations } from './organizations-tags';
import { organizationUnitOperations } from './organizations-units';
import type { JsonOperations } from './operation';

function organizationFields(organization: OrganizationRecord): Members {
  const management = organization.accounts.find((account) => account.id === organization.managementAccountId);
  return {
    Organization: {
      Id: organization.id,
      Arn: arnOf(organization, 'organization'),
      FeatureSet: organization.featureSet,
      MasterAccountArn: arnOf(organization, 'account', organization.managementAccountId),
      MasterAccountId: organization.managementAccountId,
      MasterAccountEmail: management?.email,
      // What is available, enabled in the root or not; the member is deprecated (API reference, Organization).
      AvailablePolicyTypes: organization.featureSet === 'ALL' ? enabledPolicyTypes : [],
    },
  };
}

/** With all features AWS makes a role for its own service, which the caller must be allowed to do (aws-reference §7). */
function makeServiceLinkedRole(call: SignedCall): void {
  const { account } = call.caller;
  const { name, path, service } = serviceLinkedRole;
  if (account.roles.has(name.toLowerCase())) return;
  const evaluation = decide(call, 'iam:CreateServiceLinkedRole', `arn:aws:iam::${account.id}:role${path}${name}`, {
    context: new Map([['iam:awsservicename', [service]]]),
  });
  if (evaluation.decision !== 'allowed') {
    throw refuse(
      'AccessDeniedForDependencyException',
      `The request failed because your credentials do not have permission to create the service-linked role required by ${service}.`,
      'ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE',
    );
  }
  call.state.addRole(account, newServiceLinkedRole(call.state, call.now));
}

function createOrganization(call: SignedCall, input: unknown): Members {
  const { FeatureSet } = read(z.object({ FeatureSet: z.enum(['ALL', 'CONSOLIDATED_BILLING']).default('ALL') }), input);
  authorizeOn(call, undefined, 'CreateOrganization');
  const { id } = call.caller.account;
  if (call.state.organizationOf(id) !== undefined)
    throw refuse('AlreadyInOrganizationException', 'The provided account is already a member of an organization.');
  if (FeatureSet === 'ALL') makeServiceLinkedRole(call);
  return organizationFields(addOrganization(call.state, id, FeatureSet, call.now));
}

function deleteOrganization(call: SignedCall): Members {
  const organization = managed(call, 'DeleteOrganization');
  if (organization.accounts.length > 1 || organization.requests.some((request) => request.state === 'IN_PROGRESS')) {
    throw refuse(
      'OrganizationNotEmptyException',
      'To delete an organization you must first remove all member accounts (except the master).',
    );
  }
  call.state.organizations.splice(call.state.organizations.indexOf(organization), 1);
  return {};
}

export const organizationsOperations: JsonOperations = {
  DescribeOrganization: (call) => organizationFields(joined(call, 'DescribeOrganization')),
  CreateOrganization: createOrganization,
  DeleteOrganization: deleteOrganization,
  ListRoots: (call, input) => {
    const asked = read(z.object(pageSchema), input);
    const { items, next } = page([managed(call, 'ListRoots')], asked);
    return { Roots: items.map(rootFields), ...next };
  },
  ...organizationUnitOperations,
  ...organizationAccountOperations,
  ...organizationDepartureOperations,
  ...organizationPolicyOperations,
  ...organizationAttachmentOperations,
  ...organizationTagOperations,
};
