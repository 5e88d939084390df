import { ok } from '../../core/result';
import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function operationsHandlers(workspace: () => Workspace): Handlers['operations'] {
  return {
    list: () => ok({ operations: workspace().operations.list() }),
    cancel: ({ operationId }) => workspace().operations.cancel(operationId),
    askNow: ({ operationId }) => workspace().operations.askNow(operationId),
  };
}
