import type { Session } from '../../../core/domain/session';
import { countdownLevel } from '../../ui/countdown-model';

export type SessionState = 'all' | 'ending' | 'trouble';

export type SessionFilter = {
  readonly search: string;
  readonly state: SessionState;
  /** `all`, or an account ID */
  readonly account: string;
};

export const noFilter: SessionFilter = { search: '', state: 'all', account: 'all' };

export function isFiltering({ account, search, state }: SessionFilter): boolean {
  return search.trim() !== '' || state !== 'all' || account !== 'all';
}

/** Something about it has to be looked at: its renewal failed, or its credentials cannot be used. */
export function hasTrouble({ credentials, trouble }: Session): boolean {
  return trouble !== undefined || credentials === 'out-of-reach' || credentials === 'gone';
}

/** Its time is nearly over, or is, and nobody puts it off. */
export function isEnding({ expiresAt, renewal, trouble }: Session, now: number): boolean {
  const isPutOff = renewal === 'automatic' && trouble === undefined;
  return !isPutOff && countdownLevel(expiresAt - now) !== 'plenty';
}

function matchesState(session: Session, state: SessionState, now: number): boolean {
  if (state === 'all') return true;
  return state === 'trouble' ? hasTrouble(session) : isEnding(session, now);
}

/** Those of them that are asked for, in their order. Spaces between the digits of an account ID do not matter. */
export function filterSessions(sessions: readonly Session[], filter: SessionFilter, now: number): readonly Session[] {
  const wanted = filter.search
    .trim()
    .toLowerCase()
    .replaceAll(/(?<=\d)\s(?=\d)/g, '');
  return sessions.filter(
    (session) =>
      matchesState(session, filter.state, now) &&
      (filter.account === 'all' || session.accountId === filter.account) &&
      `${session.connectionName} ${session.roleName} ${session.accountId}`.toLowerCase().includes(wanted),
  );
}

export function countIn(sessions: readonly Session[], state: SessionState, now: number): number {
  return sessions.filter((session) => matchesState(session, state, now)).length;
}

/** Each account once, with how many sessions it has, in the order of its number. */
export function accountsIn(sessions: readonly Session[]): readonly { readonly id: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { accountId } of sessions) counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
  return [...counts].map(([id, count]) => ({ id, count })).sort((left, right) => left.id.localeCompare(right.id));
}
