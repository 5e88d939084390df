import { ok } from '../../core/result';
import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function accountListsHandlers(workspace: () => Workspace): Handlers['accountLists'] {
  return {
    plan: ({ sourceId, text }) => workspace().accountLists.plan(sourceId, text),
    start: ({ planId }) => workspace().accountLists.start(planId),
    stop: ({ listId }) => workspace().accountLists.stopList(listId),
    resume: ({ listId, sourceId }) => workspace().accountLists.resume(listId, sourceId),
    forget: ({ listId }) => workspace().accountLists.forget(listId),
    list: () => ok({ lists: workspace().accountLists.list() }),
    get: ({ listId }) => workspace().accountLists.view(listId),
    save: ({ listId }) => workspace().accountLists.save(listId),
  };
}
