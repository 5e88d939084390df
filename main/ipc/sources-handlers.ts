import { ok } from '../../core/result';
import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function sourcesHandlers(workspace: () => Workspace): Handlers['sources'] {
  return {
    list: () => ok({ sources: workspace().sources.list() }),
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
    select: ({ sourceId }) => workspace().sources.select(sourceId),
    identify: ({ sourceId }) => workspace().sources.identify(sourceId),
    remove: ({ sourceId }) => workspace().sources.remove(sourceId),
  };
}
