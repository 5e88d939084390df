import type { AccountRequestRecord, OrganizationRecord } from './snapshot';
import type { SandboxState } from './state';

/** Ends the account requests whose time has come: the account is there with its access role, or the reason why not. Whether there was any. */
export function settleAccountRequests(state: SandboxState, now: number): boolean {
  let any = false;
  for (const organization of state.organizations) {
    for (const request of organization.requests) {
      if (request.state !== 'IN_PROGRESS' || request.completesAt > now) continue;
      settle(state, organization, request);
      any = true;
    }
  }
  return any;
}

function settle(state: SandboxState, organization: OrganizationRecord, request: AccountRequestRecord): void {
  if (request.failureReason !== undefined) {
    request.state = 'FAILED';
    return;
  }
  const id = state.newAccountId();
  state.load({
    id,
    name: request.accountName,
    rootAccessKeys: [],
    users: [],
    // Administrator for the management account, whoever that allows to assume it (aws-reference §7).
    roles: [
      {
        name: request.roleName,
        path: '/',
        id: state.newId('AROA'),
        createdAt: request.completesAt,
        maxSessionDuration: 3600,
        trust: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${organization.managementAccountId}:root` },
              Action: 'sts:AssumeRole',
            },
          ],
        }),
        inline: [],
        attached: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        tags: [],
      },
    ],
    policies: [],
    instanceProfiles: [],
  });
  organization.accounts.push({
    id,
    parentId: organization.rootId,
    email: request.email,
    state: 'ACTIVE',
    joinedMethod: 'CREATED',
    joinedAt: request.completesAt,
  });
  request.accountId = id;
  request.state = 'SUCCEEDED';
}
