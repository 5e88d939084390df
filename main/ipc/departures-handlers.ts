import { err, ok } from '../../core/result';
import type { Workspace } from '../workspace';
import { notFound } from '../workspace-context';
import type { Handlers } from './register';

export function departuresHandlers(workspace: () => Workspace): Handlers['departures'] {
  return {
    close: ({ accountId, sourceId, typedAccountId }) =>
      workspace().departures.close(sourceId, accountId, typedAccountId),
    resume: ({ departureId, sourceId }) => workspace().departures.resume(departureId, sourceId),
    forget: ({ departureId }) => workspace().departures.forget(departureId),
    list: () => ok({ departures: workspace().departures.list() }),
    get: ({ departureId }) => {
      const departure = workspace().departures.find(departureId);
      return departure === undefined ? err(notFound('This record')) : ok({ departure });
    },
  };
}
