import { err, ok } from '../../core/result';
import { dropKept } from '../connections/kept-beside';
import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function connectionsHandlers(workspace: () => Workspace): Handlers['connections'] {
  return {
    list: () => ok({ connections: workspace().connections.list() }),
    get: ({ connectionId }) => workspace().connections.get(connectionId),
    rename: ({ connectionId, name }) => workspace().connections.patch(connectionId, { name }),
    setFolder: ({ connectionIds, folder }) => workspace().connections.setFolder(connectionIds, folder),
    tag: ({ connectionIds, add, remove }) => workspace().connections.tag(connectionIds, { add, remove }),
    setReview: ({ connectionId, reviewAt }) => workspace().connections.setReview(connectionId, reviewAt),
    test: ({ connectionId, again, justChanged }) =>
      workspace().connections.test(connectionId, {
        ...(again !== undefined && { again }),
        ...(justChanged !== undefined && { justChanged }),
      }),
    testAll: ({ connectionIds }) => workspace().health.testAll(connectionIds, 'test-all'),
    history: ({ connectionId }) => workspace().connections.history(connectionId),
    getSchedule: () => ok(workspace().health.schedule.get()),
    setSchedule: ({ every }) => workspace().health.setSchedule(every),
    lookAtRole: ({ subjectId, text }) => workspace().connections.failed.look(subjectId, text),
    correctTrust: ({ subjectId }) => workspace().connections.failed.correctTrust(subjectId),
    forget: ({ connectionId, evenIfOpen }) => {
      const atWork = workspace().revocations.whyNotForgotten(connectionId);
      if (atWork !== undefined) return err(atWork);
      const forgotten = workspace().connections.forget(connectionId, evenIfOpen);
      if (!forgotten.ok) return forgotten;
      const dropped = dropKept(workspace(), connectionId);
      return dropped.ok ? forgotten : dropped;
    },
  };
}
