import { err, ok } from '../../core/result';
import type { Workspace } from '../workspace';
import { notFound } from '../workspace-context';
import type { Handlers } from './register';

export function organizationHandlers(workspace: () => Workspace): Handlers['organization'] {
  return {
    view: ({ sourceId }) => workspace().organization.view(sourceId),
    create: ({ sourceId }) => workspace().organization.create(sourceId),
    createUnit: ({ name, parentId, sourceId }) => workspace().organization.createUnit(sourceId, parentId, name),
    moveAccount: ({ accountId, fromParentId, sourceId, toParentId }) =>
      workspace().organization.moveAccount(sourceId, accountId, fromParentId, toParentId),
    preflight: ({ sourceId, wish }) => workspace().organization.preflight(sourceId, wish),
    createAccount: ({ sourceId, wish }) => workspace().subAccounts.create(sourceId, wish),
    resumeAccount: ({ sourceId, subAccountId }) => workspace().subAccounts.resume(subAccountId, sourceId),
    forgetAccount: ({ subAccountId }) => workspace().subAccounts.forget(subAccountId),
    listAccounts: () => ok({ subAccounts: workspace().subAccounts.list() }),
    getAccount: ({ subAccountId }) => {
      const subAccount = workspace().subAccounts.find(subAccountId);
      return subAccount === undefined ? err(notFound('This sub-account')) : ok({ subAccount });
    },
  };
}
