import { err, ok } from '../../core/result';
import type { Workspace } from '../workspace';
import { notFound } from '../workspace-context';
import type { Handlers } from './register';

export function identitiesHandlers(workspace: () => Workspace): Handlers['identities'] {
  return {
    read: ({ sourceId }) => workspace().identities.readings.read(sourceId),
    stop: ({ sourceId }) => workspace().identities.readings.stopReading(sourceId),
    view: ({ sourceId }) => {
      const reading = workspace().identities.readings.view(sourceId);
      return ok(reading === undefined ? {} : { reading });
    },
    list: () => ok({ acts: workspace().identities.list() }),
    get: ({ actId }) => {
      const act = workspace().identities.find(actId);
      return act === undefined ? err(notFound('This record')) : ok({ act });
    },
    rotate: (wish) => workspace().identities.rotate(wish),
    copyKey: ({ actId }) => workspace().identities.copyKey(actId),
    deactivateOld: ({ actId }) => workspace().identities.deactivateOld(actId),
    deleteOld: ({ actId }) => workspace().identities.deleteOld(actId),
    planRemoval: (wish) => workspace().identities.planRemoval(wish),
    remove: ({ typedName, ...wish }) => workspace().identities.remove(wish, typedName),
    resume: ({ actId }) => workspace().identities.resume(actId),
    undo: ({ actId }) => workspace().identities.undo(actId),
  };
}
