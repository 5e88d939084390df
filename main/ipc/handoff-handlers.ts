import { err, ok, type Result } from '../../core/result';
import type { ProfileChange } from '../handoff/own-profiles';
import type { Workspace } from '../workspace';
import { notFound } from '../workspace-context';
import type { Handlers } from './register';

export function handoffHandlers(workspace: () => Workspace): Handlers['handoff'] {
  const handoff = () => workspace().handoff;
  return {
    look: ({ sessionId }) => handoff().look(sessionId),
    previewProfile: ({ sessionId, name, region }) => {
      const session = workspace().sessions.find(sessionId);
      if (session === undefined) return err(notFound('This session'));
      return handoff().profiles.preview({ session, name, region });
    },
    writeProfile: ({ sessionId, name, region, evenIfChanged }) => {
      const session = workspace().sessions.find(sessionId);
      if (session === undefined || session.end !== undefined) return err(notFound('A session that is open'));
      const written = handoff().profiles.write({ session, name, region }, evenIfChanged);
      if (written.ok && written.value.done) workspace().sessions.recordUse(sessionId, 'profile', name);
      return shown(written);
    },
    removeProfile: ({ profileId, evenIfChanged }) => shown(handoff().profiles.remove(profileId, evenIfChanged)),
    startEndpoint: ({ sessionId }) => handoff().startEndpoint(sessionId),
    stopEndpoint: ({ sessionId }) => handoff().stopEndpoint(sessionId),
    copyEndpoint: ({ sessionId, shell }) => handoff().copyEndpoint(sessionId, shell),
    copyEnvironment: ({ sessionId, shell }) => handoff().copyEnvironment(sessionId, shell),
    copyUnset: ({ shell }) => handoff().copyUnset(shell),
    openTerminal: ({ sessionId }) => handoff().openTerminal(sessionId),
    writePlainProfile: ({ sessionId, name }) => handoff().writePlain(sessionId, name),
    removePlainProfile: ({ sessionId }) => {
      const removed = handoff().plain.removeOf(sessionId);
      return removed.ok ? ok({}) : removed;
    },
    openConsole: ({ sessionId, destination, region }) => handoff().openConsole(sessionId, { destination, region }),
  };
}

function shown(change: Result<ProfileChange>): Result<{ done: boolean; changedByHand?: string }> {
  if (!change.ok || change.value.done) return change;
  return ok({ done: false, changedByHand: change.value.changedByHand });
}
