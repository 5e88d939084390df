import { mostFavourites, type Favourite } from '../../core/domain/favourite';
import type { Session } from '../../core/domain/session';
import { err, ok, type Result } from '../../core/result';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import type { SessionsDocument } from './session-records';

export type FavouritesPorts = Pick<WorkspaceContext, 'newId' | 'publisher' | 'audit'> & {
  readonly document: StoredDocument<SessionsDocument>;
  readonly live: () => readonly Session[];
  /** access to its role is taken back, so that no session of it opens */
  readonly isHeldBack: (connectionId: string) => boolean;
  readonly start: (favourite: Favourite, tokenCode?: string) => Promise<Result<Session>>;
};

/** Ways of asking for a session that are used again and again, and those that start by themselves. */
export class Favourites {
  readonly #ports: FavouritesPorts;

  constructor(ports: FavouritesPorts) {
    this.#ports = ports;
  }

  /** By name. */
  list(): Favourite[] {
    return [...this.#ports.document.read().favourites].sort((a, b) => a.name.localeCompare(b.name));
  }

  keep(session: Session, name: string, atLaunch: boolean): Result<Favourite> {
    if (this.list().length >= mostFavourites) {
      return err(
        appError('not-possible', `There are ${mostFavourites} favourites already.`, {
          whatToDo: 'Remove one that is no longer used.',
        }),
      );
    }
    const { connectionId, request, renewal } = session;
    const wrong = launchProblem(request.mfaSerial, atLaunch);
    if (wrong !== undefined) return wrong;
    const favourite: Favourite = { id: this.#ports.newId(), name, connectionId, request, renewal, atLaunch };
    const saved = this.#save((favourites) => [...favourites, favourite]);
    return saved.ok ? ok(favourite) : saved;
  }

  change(favouriteId: string, name: string, atLaunch: boolean): Result<Record<string, never>> {
    const favourite = this.#find(favouriteId);
    if (favourite === undefined) return err(notFound('This favourite'));
    const wrong = launchProblem(favourite.request.mfaSerial, atLaunch);
    if (wrong !== undefined) return wrong;
    return this.#save((favourites) =>
      favourites.map((one) => (one.id === favouriteId ? { ...one, name, atLaunch } : one)),
    );
  }

  remove(favouriteId: string): Result<Record<string, never>> {
    return this.#save((favourites) => favourites.filter(({ id }) => id !== favouriteId));
  }

  /** Of a connection that was forgotten. */
  removeOf(connectionId: string): void {
    if (this.list().some((favourite) => favourite.connectionId === connectionId)) {
      this.#save((favourites) => favourites.filter((favourite) => favourite.connectionId !== connectionId));
    }
  }

  async start(favouriteId: string, tokenCode?: string): Promise<Result<Session>> {
    const favourite = this.#find(favouriteId);
    return favourite === undefined ? err(notFound('This favourite')) : await this.#ports.start(favourite, tokenCode);
  }

  /** Once, when the app has started: those that are not live already. What fails is on record in the audit log and returned. */
  async startAtLaunch(): Promise<readonly { readonly favourite: Favourite; readonly answer: Result<Session> }[]> {
    const live = this.#ports.live();
    const due = this.list().filter(
      ({ atLaunch, connectionId, request }) =>
        atLaunch &&
        !this.#ports.isHeldBack(connectionId) &&
        !live.some(
          (session) =>
            session.connectionId === connectionId && JSON.stringify(session.request) === JSON.stringify(request),
        ),
    );
    const answers = [];
    for (const favourite of due) answers.push({ favourite, answer: await this.#ports.start(favourite) });
    return answers;
  }

  #find(favouriteId: string): Favourite | undefined {
    return this.list().find(({ id }) => id === favouriteId);
  }

  #save(change: (favourites: readonly Favourite[]) => readonly Favourite[]): Result<Record<string, never>> {
    const saved = this.#ports.document.update((document) => ({
      ...document,
      favourites: [...change(document.favourites)],
    }));
    this.#ports.publisher.changed('sessions');
    return saved.ok ? ok({}) : saved;
  }
}

function launchProblem(mfaSerial: string | undefined, atLaunch: boolean) {
  if (!atLaunch || mfaSerial === undefined) return undefined;
  return err(
    appError('not-possible', 'A session that asks for an MFA code cannot start by itself.', {
      whatToDo: 'Keep it as a favourite without starting at launch.',
      field: 'atLaunch',
    }),
  );
}
