import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function permissionsHandlers(workspace: () => Workspace): Handlers['permissions'] {
  return {
    ofConnection: ({ again, connectionId }) => workspace().permissions.ofConnection(connectionId, again),
  };
}
