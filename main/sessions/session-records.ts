import { z } from '../../core/zod';
import { favouriteSchema, mostFavourites } from '../../core/domain/favourite';
import { byExpiry, isLive, sessionSchema, type Session } from '../../core/domain/session';
import { plainRequest } from '../../core/domain/session-request';
import { ok, type Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import type { DocumentSpec } from '../store/document';
import type { StoredDocument } from '../workspace-context';

/** What was held against the schema once. Records are never changed in place, and a change of one is not paid for by all. */
const checked = new WeakSet<object>();
const checkedOnceSchema = z.union([
  z
    .unknown()
    .refine((value) => typeof value === 'object' && value !== null && checked.has(value))
    .transform((value) => value as Session),
  sessionSchema.transform((session) => {
    checked.add(session);
    return session;
  }),
]);

const sessionsDocumentSchema = z.strictObject({
  sessions: z.array(checkedOnceSchema).max(5000),
  favourites: z.array(favouriteSchema).max(mostFavourites),
});
export type SessionsDocument = z.infer<typeof sessionsDocumentSchema>;

const firstVersionSchema = z.looseObject({
  sessions: z.array(
    z.looseObject({
      issuedAt: z.number(),
      durationSeconds: z.number(),
      lastUse: z.unknown().optional(),
    }),
  ),
});

export const sessionsDocument: DocumentSpec<SessionsDocument> = {
  name: 'sessions',
  schema: sessionsDocumentSchema,
  version: 2,
  migrations: [
    // 2: what was asked for, so that it can be renewed and started again
    (data) => ({
      sessions: firstVersionSchema.parse(data).sessions.map(({ durationSeconds, lastUse, ...session }) => ({
        ...session,
        openedAt: session.issuedAt,
        request: plainRequest(durationSeconds),
        renewal: 'off',
        uses: lastUse === undefined ? [] : [lastUse],
        isChained: false,
      })),
      favourites: [],
    }),
  ],
  empty: { sessions: [], favourites: [] },
};

/** Ended sessions are listed for a day, then only the audit log knows them. In milliseconds. */
const endedKeptMs = 24 * 3600 * 1000;

/** The sessions on record, without their credentials. Every change is told to `onChange`. */
export class SessionRecords {
  readonly #document: StoredDocument<SessionsDocument>;
  readonly #clock: Clock;
  readonly #onChange: () => void;

  constructor(document: StoredDocument<SessionsDocument>, clock: Clock, onChange: () => void) {
    this.#document = document;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  all(): readonly Session[] {
    return this.#document.read().sessions;
  }

  /** Those nobody ended first, what dies first on top; ended ones of the last day after them, latest first. */
  listed(): Session[] {
    const now = this.#clock.now();
    const open = this.all().filter(({ end }) => end === undefined);
    const ended = this.all().filter(({ end }) => end !== undefined && end.at > now - endedKeptMs);
    return [...open.sort(byExpiry), ...ended.sort((a, b) => (b.end?.at ?? 0) - (a.end?.at ?? 0))];
  }

  live(): readonly Session[] {
    const now = this.#clock.now();
    return this.all().filter((session) => isLive(session, now));
  }

  find(sessionId: string): Session | undefined {
    return this.all().find(({ id }) => id === sessionId);
  }

  add(session: Session): Result<unknown> {
    return this.#change((sessions) => [...sessions, session]);
  }

  /** What was undefined in `patch` is taken away. Nothing is written when nothing changed. */
  patch(sessionId: string, patch: (session: Session) => Session): Result<unknown> {
    return this.patchAll((session) => (session.id === sessionId ? patch(session) : session));
  }

  patchAll(patch: (session: Session) => Session): Result<unknown> {
    const before = this.all();
    const after = before.map(patch);
    return after.every((session, index) => session === before[index]) ? ok(undefined) : this.#change(() => after);
  }

  /** Takes away what ended more than a day ago and is wiped. */
  forgetOld(): void {
    const old = this.#clock.now() - endedKeptMs;
    const isOld = ({ end }: Session) => end?.wiped === true && end.at < old;
    if (this.all().some(isOld)) this.#change((sessions) => sessions.filter((session) => !isOld(session)));
  }

  #change(change: (sessions: readonly Session[]) => readonly Session[]): Result<unknown> {
    const saved = this.#document.update((document) => ({ ...document, sessions: [...change(document.sessions)] }));
    this.#onChange();
    return saved;
  }
}
