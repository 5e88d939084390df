import { ok } from '../../core/result';
import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function narrowingHandlers(workspace: () => Workspace): Handlers['narrowing'] {
  return {
    propose: ({ again, choice, connectionId }) => workspace().narrowing.propose(connectionId, choice, again),
    stop: ({ connectionId }) => workspace().narrowing.stop(connectionId),
    apply: ({ choice, connectionId, readAt }) => workspace().narrowing.apply(connectionId, choice, readAt),
    last: ({ connectionId }) => {
      const record = workspace().narrowing.last(connectionId);
      return ok({ ...(record && { record }) });
    },
  };
}
