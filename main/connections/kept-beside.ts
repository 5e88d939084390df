import type { Result } from '../../core/result';
import type { Workspace } from '../workspace';

export type KeptBeside = Pick<
  Workspace,
  'receipts' | 'drift' | 'putBacks' | 'notes' | 'favourites' | 'handoff' | 'revocations' | 'sessions'
>;

/** Forgets what is kept of a connection beside its record, which is gone. */
export function dropKept(
  { drift, favourites, handoff, notes, putBacks, receipts }: KeptBeside,
  connectionId: string,
): Result<unknown> {
  for (const one of [receipts, drift, putBacks, notes]) {
    const dropped = one.forget(connectionId);
    if (!dropped.ok) return dropped;
  }
  favourites.removeOf(connectionId);
  return handoff.forgetConnection(connectionId);
}

/** Something hangs on the connection that a person would miss. */
export function isUsed({ drift, favourites, notes, revocations, sessions }: KeptBeside, connectionId: string): boolean {
  const { notes: written, owner } = notes.of(connectionId);
  return (
    `${written}${owner}` !== '' ||
    drift.agreement(connectionId)?.confirmedAt !== undefined ||
    sessions.liveFor(connectionId).length > 0 ||
    revocations.records.all().some((one) => one.connectionId === connectionId) ||
    favourites.list().some((one) => one.connectionId === connectionId)
  );
}
