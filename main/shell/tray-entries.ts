import type { Favourite } from '../../core/domain/favourite';
import { byExpiry, isLive, type Session } from '../../core/domain/session';

/** More are in the window; a menu of fifty lines helps nobody. */
const mostSessions = 10;
const mostFavourites = 8;

export type TrayEntry =
  | { readonly kind: 'line' }
  | { readonly kind: 'words'; readonly label: string }
  | { readonly kind: 'session'; readonly label: string; readonly sessionId: string; readonly acts: boolean }
  | { readonly kind: 'favourite'; readonly label: string; readonly favouriteId: string }
  | { readonly kind: 'search' | 'show' | 'quit'; readonly label: string };

export type TrayFacts = {
  readonly sessions: readonly Session[];
  readonly favourites: readonly Favourite[];
  readonly isPractice: boolean;
  /** milliseconds since the epoch, by AWS's clock */
  readonly now: number;
};

/** What the icon's menu says: the sessions, what dies first on top, and what can be done without the window. */
export function trayEntries({ sessions, favourites, isPractice, now }: TrayFacts): readonly TrayEntry[] {
  const live = sessions.filter((session) => isLive(session, now)).sort(byExpiry);
  const more = live.length - mostSessions;
  const startable = favourites.filter(({ request }) => request.mfaSerial === undefined).slice(0, mostFavourites);
  return [
    ...(isPractice ? [{ kind: 'words' as const, label: 'Practice sandbox' }] : []),
    ...(live.length === 0 ? [{ kind: 'words' as const, label: 'No session is open' }] : []),
    ...live.slice(0, mostSessions).map((session) => ({
      kind: 'session' as const,
      label: `${plain(session.connectionName)} · ${timeLeft(session.expiresAt - now)} left`,
      sessionId: session.id,
      acts: session.credentials === 'keychain' || session.credentials === 'memory',
    })),
    ...(more > 0 ? [{ kind: 'words' as const, label: `and ${String(more)} more in the window` }] : []),
    ...(startable.length === 0 ? [] : [{ kind: 'line' as const }]),
    ...startable.map(({ id, name }) => ({
      kind: 'favourite' as const,
      label: `Start ${plain(name)}`,
      favouriteId: id,
    })),
    { kind: 'line' },
    { kind: 'search', label: 'Search…' },
    { kind: 'show', label: 'Show Sallyport' },
    { kind: 'quit', label: 'Quit Sallyport' },
  ];
}

/** What is told without opening the menu: how many, and when the first of them ends. */
export function trayWords({ sessions, now }: Pick<TrayFacts, 'sessions' | 'now'>): string {
  const live = sessions.filter((session) => isLive(session, now)).sort(byExpiry);
  const [first] = live;
  if (first === undefined) return 'Sallyport: no session is open';
  const count = live.length === 1 ? '1 session' : `${String(live.length)} sessions`;
  return `Sallyport: ${count}, the next ends in ${timeLeft(first.expiresAt - now)}`;
}

/** Rounded up, so that a minute is not called none. */
function timeLeft(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / 60_000));
  if (minutes < 60) return `${String(minutes)} min`;
  const rest = minutes % 60;
  return `${String(Math.floor(minutes / 60))} h${rest === 0 ? '' : ` ${String(rest)} min`}`;
}

/** A menu takes & for the mark of a key. */
function plain(name: string): string {
  return name.replaceAll('&', '&&');
}
