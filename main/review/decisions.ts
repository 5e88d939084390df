import type { Connection } from '../../core/domain/connection';
import { findSecret } from '../../core/domain/paste-secrets';
import type { Review, ReviewDecision } from '../../core/domain/review';
import type { AppError } from '../../core/app-error';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import type { Sources } from '../sources/sources';
import { appError, notFound, type AuditEntry, type WorkspaceContext } from '../workspace-context';
import { allOrNothing, type Step } from './all-or-nothing';
import { aboutMany, isOpen, withDate } from './dates';
import type { Line } from './queue';
import type { ReviewRecords } from './records';

export type DecisionsPorts = Pick<WorkspaceContext, 'audit' | 'clock' | 'newId'> & {
  readonly records: ReviewRecords;
  readonly connections: Pick<Connections, 'change' | 'find'>;
  readonly sources: Pick<Sources, 'selected'>;
  readonly linesOf: (subjectIds: readonly string[]) => readonly Line[];
};

/** More than these are one line of the audit log: nobody reads ten thousand that say the same. */
const mostAuditLines = 100;

/** Writes down what was decided, and the dates that follow from it. */
export class Decisions {
  readonly #ports: DecisionsPorts;

  constructor(ports: DecisionsPorts) {
    this.#ports = ports;
  }

  /** Writes decisions, then the dates that follow from them, then the log; all of it or nothing. */
  decide(
    decision: ReviewDecision,
    subjectIds: readonly string[],
    note: string | undefined,
    decide: (line: Line, now: number) => Pick<Review, 'putBackId' | 'reasons' | 'revocationId' | 'until'> | undefined,
  ): Result<{ batchId: string; count: number }> {
    const { audit, clock, connections, linesOf, newId, records, sources } = this.#ports;
    if (note !== undefined && findSecret(note) !== undefined) return err(secretInNote());
    const [now, batchId] = [clock.now(), newId()];
    const reviews = linesOf([...new Set(subjectIds)]).flatMap((line): Review[] => {
      const { connection } = line;
      if (connection && !isOpen(connection) && decision !== 'revoked') return [];
      const decided = decide(line, now);
      if (decided === undefined) return [];
      const { accountId, kind, name, of, subjectId } = line.item;
      const before = setsDate(decision) ? connection?.reviewAt : undefined;
      return [
        {
          ...{ id: newId(), batchId, decision, at: now, subjectId, kind, name, accountId, of, ...decided },
          ...whoOf(sources),
          ...(note !== undefined && { note }),
          ...(before !== undefined && { reviewAtBefore: before }),
        },
      ];
    });
    if (reviews.length === 0) return err(nothingThere(decision));
    const dated = reviews.flatMap(({ subjectId, until }) => {
      const connection = setsDate(decision) ? connections.find(subjectId) : undefined;
      return connection === undefined ? [] : [{ was: connection, now: withDate(connection, until) }];
    });
    const saved = allOrNothing([
      { run: () => records.put(reviews), takeBack: () => records.takeBack(reviews) },
      ...this.#dating(dated),
      { run: () => audit(...linesAbout(decision, reviews)) },
    ]);
    if (!saved.ok) return saved;
    records.trim();
    return ok({ batchId, count: reviews.length });
  }

  /** Takes back what was kept or snoozed with one press. */
  undo(batchId: string): Result<Record<string, never>> {
    return this.#takeBack(({ batchId: of, decision }) => of === batchId && isUndoable(decision));
  }

  /** Takes back every putting off of it that still holds. */
  bringBack(subjectId: string): Result<Record<string, never>> {
    const now = this.#ports.clock.now();
    return this.#takeBack(
      ({ decision, subjectId: of, until = 0 }) => of === subjectId && decision === 'snoozed' && until > now,
    );
  }

  /** The role has again what it had before this narrowing: that was no review. What came of a newer one stands. */
  undoNarrowed(putBackId: string): Result<Record<string, never>> {
    return this.#takeBack((one) => one.putBackId === putBackId);
  }

  #dating(dated: readonly { readonly was: Connection; readonly now: Connection }[]): readonly Step[] {
    const { connections } = this.#ports;
    if (dated.length === 0) return [];
    return [
      {
        run: () => connections.change(dated.map(({ now }) => now)),
        takeBack: () => connections.change(dated.map(({ was }) => was)),
      },
    ];
  }

  /** The date before stands again unless somebody changed it since. */
  #takeBack(isMeant: (one: Review) => boolean): Result<Record<string, never>> {
    const { audit, clock, connections, records } = this.#ports;
    const meant = records.all().filter((one) => one.undoneAt === undefined && isMeant(one));
    const [first] = meant;
    if (first === undefined) return err(notFound('What is to be taken back'));
    const undoneAt = clock.now();
    const dated = meant.flatMap((one) => {
      const connection = connections.find(one.subjectId);
      if (!setsDate(one.decision) || connection === undefined || connection.reviewAt !== one.until) return [];
      return [{ was: connection, now: withDate(connection, one.reviewAtBefore) }];
    });
    const saved = allOrNothing([
      { run: () => records.put(meant.map((one) => ({ ...one, undoneAt }))), takeBack: () => records.put(meant) },
      ...this.#dating(dated),
      {
        run: () => audit({ ...aboutMany(meant), act: 'review.undone', what: first.decision, batchId: first.batchId }),
      },
    ]);
    return saved.ok ? ok({}) : saved;
  }
}

/** Its connection gets the next date with it. */
function setsDate(decision: ReviewDecision): boolean {
  return decision === 'kept' || decision === 'narrowed';
}

/** By a person, on record alone: nothing was done in AWS with it. */
function isUndoable(decision: ReviewDecision): boolean {
  return decision === 'kept' || decision === 'snoozed';
}

function linesAbout(decision: ReviewDecision, reviews: readonly Review[]): readonly AuditEntry[] {
  const act = decision === 'revoked' ? 'review.revoking' : (`review.${decision}` as const);
  const [first] = reviews;
  if (first !== undefined && reviews.length > mostAuditLines) {
    return [{ ...aboutMany(reviews), act, ...factsOf(first), batchId: first.batchId }];
  }
  return reviews.map((one) => ({
    ...{ act, subject: one.name, accountId: one.accountId },
    ...(one.kind === 'connection' && { connectionId: one.subjectId }),
    ...factsOf(one),
    ...(one.reasons.length > 0 && { reasons: one.reasons.map(({ kind }) => kind).join(', ') }),
  }));
}

/** Whom the app works as, for the record. */
export function whoOf(sources: Pick<Sources, 'selected'>): { by?: string } {
  const selected = sources.selected();
  if (selected === undefined) return {};
  const { identity, source } = selected;
  return { by: (identity === undefined ? source.label : `${source.label} (${identity.arn})`).slice(0, 300) };
}

function factsOf({ by, note, until }: Pick<Review, 'by' | 'note' | 'until'>): Pick<AuditEntry, string> {
  return {
    ...(by !== undefined && { by }),
    ...(note !== undefined && { note }),
    ...(until !== undefined && { until: new Date(until).toISOString() }),
  };
}

function secretInNote(): AppError {
  return appError('secret-refused', 'There is a credential in this note. It was not kept.', {
    whatDidNotChange: 'Nothing was decided.',
    whatToDo: 'Take it out, and have that credential replaced.',
    field: 'note',
  });
}

function nothingThere(decision: ReviewDecision): AppError {
  return decision === 'snoozed'
    ? appError('not-possible', 'Nothing is due that could be put off.', {
        whatToDo: 'Look at the queue again: somebody may have decided meanwhile.',
      })
    : notFound('What is to be reviewed');
}
