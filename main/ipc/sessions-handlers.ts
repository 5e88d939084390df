import { err, ok } from '../../core/result';
import type { Workspace } from '../workspace';
import { notFound } from '../workspace-context';
import type { Handlers } from './register';

export function sessionsHandlers(workspace: () => Workspace): Handlers['sessions'] {
  return {
    list: () => ok({ sessions: workspace().sessions.list() }),
    start: async ({ connectionId, durationSeconds }) => {
      const connection = workspace().connections.find(connectionId);
      if (connection === undefined) return err(notFound('This connection'));
      const started = await workspace().sessions.start(connection, durationSeconds);
      return started.ok ? ok({ session: started.value }) : started;
    },
    end: async ({ sessionId }) => {
      const ended = await workspace().sessions.end(sessionId, 'ended-here');
      return ended.ok ? ok({ session: ended.value }) : ended;
    },
    endAll: async () => ok(await workspace().sessions.endAll()),
    openConsole: ({ sessionId }) => workspace().openConsole(sessionId),
    copyEnvironment: ({ sessionId }) => workspace().copyEnvironment(sessionId),
  };
}
