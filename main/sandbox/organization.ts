import {
  fullAccessEverywhere,
  fullAccessId,
  type AccountRequestRecord,
  type MemberRecord,
  type OrganizationRecord,
  type ServiceControlPolicyRecord,
} from './organization-record';
import { organizationQuotas } from './organization-quotas';
import type { RoleRecord, TagRecord } from './snapshot';
import type { SandboxState } from './state';

/** Milliseconds: after so long a closed account is no longer listed (Organizations User Guide, "Monitor the state of your AWS accounts"). */
const listedAfterClosure = 90 * 24 * 3_600_000;

export const fullAccess: ServiceControlPolicyRecord = {
  id: fullAccessId,
  name: 'FullAWSAccess',
  description: 'Allows access to every operation',
  content: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
  tags: [],
};

export function serviceControlEnabled(organization: OrganizationRecord): boolean {
  return organization.attachments.length > 0;
}

export function findPolicy(organization: OrganizationRecord, id: string): ServiceControlPolicyRecord | undefined {
  return id === fullAccessId ? fullAccess : organization.policies.find((policy) => policy.id === id);
}

/** A new unit or account begins with AWS's own policy (Organizations User Guide, "Service control policies"). */
export function attachFullAccess(organization: OrganizationRecord, targetId: string): void {
  if (serviceControlEnabled(organization)) organization.attachments.push({ policyId: fullAccessId, targetId });
}

/** From the root down to the unit or account itself, by ID. Empty for what is not in the organization. */
export function lineage(organization: OrganizationRecord, id: string): readonly string[] {
  if (id === organization.rootId) return [id];
  const child =
    organization.accounts.find((account) => account.id === id) ?? organization.units.find((unit) => unit.id === id);
  return child === undefined ? [] : [...lineage(organization, child.parentId), id];
}

/**
 * The policies that bound what an account may do, level by level from the root: each must allow. `undefined` where none
 * apply: outside of an organization, in the management account, while the policy type is off.
 */
export function serviceControlLevels(
  state: SandboxState,
  accountId: string,
): readonly (readonly ServiceControlPolicyRecord[])[] | undefined {
  const organization = state.organizationOf(accountId);
  if (organization === undefined || organization.managementAccountId === accountId) return undefined;
  if (!serviceControlEnabled(organization)) return undefined;
  return lineage(organization, accountId).map((level) =>
    organization.attachments.flatMap(({ policyId, targetId }) => {
      const policy = targetId === level ? findPolicy(organization, policyId) : undefined;
      return policy === undefined ? [] : [policy];
    }),
  );
}

/** Takes an account or unit out, with what was attached to it. */
export function removeTarget(organization: OrganizationRecord, id: string): void {
  organization.accounts = organization.accounts.filter((account) => account.id !== id);
  organization.units = organization.units.filter((unit) => unit.id !== id);
  organization.attachments = organization.attachments.filter((attachment) => attachment.targetId !== id);
}

/** Ends what has come to its time: accounts that were asked for, accounts that are being closed. Whether there was any. */
export function settleOrganizations(state: SandboxState, now: number): boolean {
  let any = false;
  for (const organization of state.organizations) {
    for (const request of organization.requests) {
      if (request.state !== 'IN_PROGRESS' || request.completesAt > now) continue;
      settleRequest(state, organization, request);
      any = true;
    }
    for (const { closure, id, state: stage } of organization.accounts) {
      if (closure === undefined || stage !== 'PENDING_CLOSURE' || closure.completesAt > now) continue;
      closeMember(state, organization, id, closure.completesAt);
      any = true;
    }
    const gone = organization.accounts.filter(
      ({ closure, state: stage }) =>
        stage === 'CLOSED' && closure !== undefined && closure.completesAt + listedAfterClosure <= now,
    );
    for (const { id } of gone) removeTarget(organization, id);
    any ||= gone.length > 0;
  }
  return any;
}

function closeMember(state: SandboxState, organization: OrganizationRecord, id: string, at: number): void {
  const member = organization.accounts.find((account) => account.id === id);
  const account = state.accounts.get(id);
  if (member !== undefined) member.state = 'CLOSED';
  if (account !== undefined) account.closedAt = at;
}

function newRole(
  state: SandboxState,
  role: Pick<RoleRecord, 'name' | 'path' | 'createdAt' | 'attached'>,
  principal: object,
): RoleRecord {
  const statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' };
  return {
    ...role,
    id: state.newId('AROA'),
    maxSessionDuration: 3600,
    trust: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    inline: [],
    tags: [],
  };
}

export const serviceLinkedRole = {
  name: 'AWSServiceRoleForOrganizations',
  path: '/aws-service-role/organizations.amazonaws.com/',
  service: 'organizations.amazonaws.com',
} as const;

/** In every account of an organization with all features (Organizations User Guide, "Organizations and service-linked roles"). */
export function newServiceLinkedRole(state: SandboxState, createdAt: number): RoleRecord {
  const { name, path, service } = serviceLinkedRole;
  const attached = ['arn:aws:iam::aws:policy/aws-service-role/AWSOrganizationsServiceTrustPolicy'];
  return newRole(state, { name, path, createdAt, attached }, { Service: service });
}

/** A new organization, of this account alone. `now` in milliseconds. */
export function addOrganization(
  state: SandboxState,
  managementAccountId: string,
  featureSet: OrganizationRecord['featureSet'],
  now: number,
): OrganizationRecord {
  const organization: OrganizationRecord = {
    id: `o-${state.newName('organization', 10)}`,
    managementAccountId,
    featureSet,
    rootId: `r-${state.newName('root', 4)}`,
    rootTags: [],
    units: [],
    accounts: [],
    requests: [],
    policies: [],
    attachments: [],
  };
  addMember(organization, {
    id: managementAccountId,
    email: `root+${managementAccountId}@example.com`,
    joinedMethod: 'INVITED',
    joinedAt: now,
    tags: [],
  });
  // With all features service control policies are on from the beginning (API reference, CreateOrganization).
  if (featureSet === 'ALL') organization.attachments = fullAccessEverywhere(organization);
  state.organizations.push(organization);
  return organization;
}

/** An account joins at the root. */
export function addMember(
  organization: OrganizationRecord,
  member: Pick<MemberRecord, 'id' | 'email' | 'joinedMethod' | 'joinedAt'> & { readonly tags: TagRecord[] },
): void {
  organization.accounts.push({ ...member, parentId: organization.rootId, state: 'ACTIVE' });
  attachFullAccess(organization, member.id);
}

function settleRequest(state: SandboxState, organization: OrganizationRecord, request: AccountRequestRecord): void {
  // What was asked for while there still was room may find none.
  if (organization.accounts.length >= organizationQuotas.accounts) request.failureReason ??= 'ACCOUNT_LIMIT_EXCEEDED';
  if (request.failureReason !== undefined) {
    request.state = 'FAILED';
    return;
  }
  const id = state.newAccountId();
  const { completesAt: createdAt, entryDelayMs, roleName: name } = request;
  const attached = ['arn:aws:iam::aws:policy/AdministratorAccess'];
  state.load({
    id,
    name: request.accountName,
    rootAccessKeys: [],
    users: [],
    roles: [
      // Administrator for the management account, whoever that allows to assume it (aws-reference §7).
      {
        ...newRole(
          state,
          { name, path: '/', createdAt, attached },
          { AWS: `arn:aws:iam::${organization.managementAccountId}:root` },
        ),
        // SUCCEEDED may come before the account can be used (aws-reference §7).
        ...(entryDelayMs === 0 ? {} : { spreading: { until: createdAt + entryDelayMs } }),
      },
      ...(organization.featureSet === 'ALL' ? [newServiceLinkedRole(state, createdAt)] : []),
    ],
    policies: [],
    instanceProfiles: [],
  });
  addMember(organization, {
    id,
    email: request.email,
    joinedMethod: 'CREATED',
    joinedAt: createdAt,
    tags: request.tags,
  });
  request.accountId = id;
  request.state = 'SUCCEEDED';
}
