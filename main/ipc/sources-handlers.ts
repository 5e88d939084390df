import { ok } from '../../core/result';
import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function sourcesHandlers(workspace: () => Workspace): Handlers['sources'] {
  return {
    list: () => ok({ sources: workspace().sources.list(), signIns: [...workspace().sources.portal.signIns()] }),
    listProfiles: async () => {
      const profiles = await workspace().sources.listProfiles();
      return profiles.ok ? ok({ profiles: [...profiles.value] }) : profiles;
    },
    addProfile: ({ profileName, region }) => workspace().sources.addProfile(profileName, region),
    addAccessKey: (key) => workspace().sources.addAccessKey(key),
    typeOnce: (key) => workspace().sources.typed.typeOnce(key),
    forgetTyped: ({ sourceId }) => {
      workspace().sources.typed.forget(sourceId);
      return ok({});
    },
    signIn: (place) => workspace().sources.portal.signIn(place),
    openSignInPage: ({ operationId }) => workspace().sources.portal.openPage(operationId),
    listSignInAccounts: async ({ signInId }) => {
      const accounts = await workspace().sources.portal.listAccounts(signInId);
      return accounts.ok ? ok({ accounts: [...accounts.value] }) : accounts;
    },
    listSignInRoles: async ({ signInId, accountId }) => {
      const roleNames = await workspace().sources.portal.listRoles(signInId, accountId);
      return roleNames.ok ? ok({ roleNames: [...roleNames.value] }) : roleNames;
    },
    addIdentityCenter: (role) => workspace().sources.portal.add(role),
    signOut: ({ signInId }) => workspace().sources.portal.signOut(signInId),
    findEnvironment: () => {
      const keys = workspace().sources.environment();
      return ok(keys === undefined ? {} : { keys });
    },
    addEnvironment: ({ region }) => workspace().sources.addEnvironment(region),
    addMemberRole: (role) => workspace().sources.addMemberRole(role),
    select: ({ sourceId }) => workspace().sources.select(sourceId),
    identify: ({ sourceId }) => workspace().sources.identify(sourceId),
    remove: ({ sourceId }) => workspace().sources.remove(sourceId),
  };
}
