import type { Session } from '../../core/domain/session';
import { err, ok, type Result } from '../../core/result';
import { planRoad } from '../sessions/road';
import type { Workspace } from '../workspace';
import { notFound } from '../workspace-context';
import type { Handlers } from './register';

export function sessionsHandlers(workspace: () => Workspace): Handlers['sessions'] {
  return {
    list: () => {
      const { sessions } = workspace();
      return ok({ sessions: sessions.list(), renewing: [...sessions.renewing()] });
    },
    plan: ({ connectionId, hops }) => planRoad(workspace(), connectionId, hops),
    start: async ({ connectionId, ...wish }) => {
      const connection = workspace().connections.find(connectionId);
      if (connection === undefined) return err(notFound('This connection'));
      return asSession(await workspace().sessions.start(connection, wish));
    },
    renew: async ({ sessionId, tokenCode }) => asSession(await workspace().sessions.renew(sessionId, tokenCode)),
    setRenewal: ({ sessionId, renewal }) => asSession(workspace().sessions.setRenewal(sessionId, renewal)),
    end: async ({ sessionId }) => asSession(await workspace().sessions.end(sessionId, 'ended-here')),
    tryRenewals: () => {
      workspace().sessions.tryAgain();
      return ok({});
    },
    endAll: async () => ok(await workspace().sessions.endAll()),
    listFavourites: () => ok({ favourites: workspace().favourites.list() }),
    keepFavourite: ({ sessionId, name, atLaunch }) => {
      const session = workspace().sessions.find(sessionId);
      if (session === undefined) return err(notFound('This session'));
      const kept = workspace().favourites.keep(session, name, atLaunch);
      return kept.ok ? ok({ favourite: kept.value }) : kept;
    },
    changeFavourite: ({ favouriteId, name, atLaunch }) => workspace().favourites.change(favouriteId, name, atLaunch),
    removeFavourite: ({ favouriteId }) => workspace().favourites.remove(favouriteId),
    startFavourite: async ({ favouriteId, tokenCode }) =>
      asSession(await workspace().favourites.start(favouriteId, tokenCode)),
  };
}

function asSession(answer: Result<Session>): Result<{ session: Session }> {
  return answer.ok ? ok({ session: answer.value }) : answer;
}
