import { findSecret } from '../../core/domain/paste-secrets';
import type { Review, ReviewDecision } from '../../core/domain/review';
import type { AppError } from '../../core/app-error';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import type { Sources } from '../sources/sources';
import { appError, notFound, type AuditEntry, type WorkspaceContext } from '../workspace-context';
import { aboutMany, isOpen, withDate } from './dates';
import type { Line } from './queue';
import type { ReviewRecords } from './records';

export type DecisionsPorts = Pick<WorkspaceContext, 'audit' | 'clock' | 'newId'> & {
  readonly records: ReviewRecords;
  readonly connections: Pick<Connections, 'change' | 'find'>;
  readonly sources: Pick<Sources, 'selected'>;
  readonly line: (subjectId: string) => Line | undefined;
};

/** More than these are one line of the audit log, which is flushed for each. */
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
    decide: (line: Line, now: number) => Pick<Review, 'reasons' | 'until' | 'revocationId'> | undefined,
  ): Result<{ batchId: string; count: number }> {
    const { clock, connections, line: lineOf, newId, records, sources } = this.#ports;
    if (note !== undefined && findSecret(note) !== undefined) return err(secretInNote());
    const [now, batchId] = [clock.now(), newId()];
    const reviews = [...new Set(subjectIds)].flatMap((id): Review[] => {
      const line = lineOf(id);
      const connection = line?.connection;
      if (line === undefined || (connection && !isOpen(connection) && decision !== 'revoked')) return [];
      const decided = decide(line, now);
      if (decided === undefined) return [];
      const { accountId, kind, name, of, subjectId } = line.item;
      const before = decision === 'kept' || decision === 'narrowed' ? connection?.reviewAt : undefined;
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
      const connection = decision === 'kept' || decision === 'narrowed' ? connections.find(subjectId) : undefined;
      return connection === undefined ? [] : [{ was: connection, now: withDate(connection, until) }];
    });
    const saved = records.put(reviews);
    if (!saved.ok) return saved;
    const put = dated.length === 0 ? ok(undefined) : connections.change(dated.map((one) => one.now));
    const noted = put.ok ? this.#note(decision, reviews) : put;
    if (!noted.ok) {
      if (put.ok && dated.length > 0) connections.change(dated.map(({ was }) => was));
      records.takeBack(reviews);
      return err(noted.error);
    }
    return ok({ batchId, count: reviews.length });
  }

  #note(decision: ReviewDecision, reviews: readonly Review[]): Result<unknown> {
    const { audit } = this.#ports;
    const act = decision === 'revoked' ? 'review.revoking' : (`review.${decision}` as const);
    if (reviews.length > mostAuditLines) {
      const [{ batchId, by, note, until }] = reviews as [Review];
      return audit({ ...aboutMany(reviews), act, ...factsOf({ by, note, until }), batchId });
    }
    for (const { accountId, by, kind, name, note, reasons, subjectId, until } of reviews) {
      const noted = audit({
        ...{ act, subject: name, accountId, ...(kind === 'connection' && { connectionId: subjectId }) },
        ...factsOf({ by, note, until }),
        ...(reasons.length > 0 && { reasons: reasons.map((one) => one.kind).join(', ') }),
      });
      if (!noted.ok) return noted;
    }
    return ok(undefined);
  }

  /** Takes back what was kept or snoozed with one press. The date before stands again unless somebody changed it since. */
  undo(batchId: string, subjectId: string | undefined): Result<Record<string, never>> {
    const { audit, clock, connections, records } = this.#ports;
    const undone = records
      .all()
      .filter(
        (one) =>
          one.batchId === batchId &&
          (subjectId === undefined || one.subjectId === subjectId) &&
          one.undoneAt === undefined &&
          (one.decision === 'kept' || one.decision === 'snoozed'),
      );
    const [first] = undone;
    if (first === undefined) return err(notFound('What is to be taken back'));
    const undoneAt = clock.now();
    const saved = records.put(undone.map((one) => ({ ...one, undoneAt })));
    if (!saved.ok) return saved;
    const dated = undone.flatMap((one) => {
      const connection = connections.find(one.subjectId);
      if (one.decision !== 'kept' || connection === undefined || connection.reviewAt !== one.until) return [];
      return [withDate(connection, one.reviewAtBefore)];
    });
    const back = dated.length === 0 ? ok(undefined) : connections.change(dated);
    const noted = back.ok ? audit({ ...aboutMany(undone), act: 'review.undone', what: first.decision, batchId }) : back;
    if (!noted.ok) {
      records.put(undone);
      return err(noted.error);
    }
    return ok({});
  }
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
