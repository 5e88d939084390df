import { addMonths } from '../../core/domain/calendar';
import type { Connection } from '../../core/domain/connection';
import type { ReviewPeriod } from '../../core/domain/review';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { allOrNothing } from './all-or-nothing';

export type ReviewDatesPorts = Pick<WorkspaceContext, 'audit' | 'clock' | 'newId'> & {
  readonly connections: Pick<Connections, 'change' | 'find'>;
};

/** A moment, or so many months from now; `never` takes dates away. */
export type WantedDate = { readonly at: number } | { readonly every: ReviewPeriod };

/** Changes that can be taken back. */
const keptChanges = 20;

/** What was written for each of them, and what stood there before. */
type Change = { readonly written: number | undefined; readonly before: ReadonlyMap<string, number | undefined> };

/** The dates that stand with connections, set for many at once. */
export class ReviewDates {
  readonly #ports: ReviewDatesPorts;
  readonly #changes = new Map<string, Change>();

  constructor(ports: ReviewDatesPorts) {
    this.#ports = ports;
  }

  /** A date for each that is there, or none. What stood there can be put back while the app runs. */
  set(connectionIds: readonly string[], to: WantedDate): Result<{ batchId: string; count: number }> {
    const { audit, clock, connections, newId } = this.#ports;
    const now = clock.now();
    if ('at' in to && to.at <= now) {
      return err(
        appError('invalid-input', 'This day is over.', {
          whatToDo: 'Choose a day that is still to come.',
          field: 'at',
        }),
      );
    }
    const at = 'at' in to ? to.at : to.every === 'never' ? undefined : addMonths(now, Number(to.every));
    const found = connectionIds.map((id) => connections.find(id)).filter((one) => one !== undefined);
    if (found.length === 0) return err(notFound('None of these connections'));
    const before = new Map(found.map(({ id, reviewAt }) => [id, reviewAt]));
    const batchId = newId();
    const saved = allOrNothing([
      {
        run: () => connections.change(found.map((one) => withDate(one, at))),
        takeBack: () => connections.change(found),
      },
      {
        run: () =>
          audit({
            ...aboutMany(found.map(({ id, name }) => ({ subjectId: id, name }))),
            ...{ act: 'review.dates-set', ...(at !== undefined && { until: new Date(at).toISOString() }), batchId },
          }),
      },
    ]);
    if (!saved.ok) return saved;
    this.#changes.set(batchId, { written: at, before });
    for (const id of [...this.#changes.keys()].slice(0, -keptChanges)) this.#changes.delete(id);
    return ok({ batchId, count: found.length });
  }

  /** Puts back what stood there, where the date is still the one that was written: what somebody decided since stays. */
  undo(batchId: string): Result<Record<string, never>> {
    const { audit, connections } = this.#ports;
    const { before, written } = this.#changes.get(batchId) ?? {};
    const found = [...(before?.keys() ?? [])].flatMap((id) => {
      const one = connections.find(id);
      return one?.reviewAt === written && one !== undefined ? [one] : [];
    });
    if (before === undefined || found.length === 0) return err(notFound('What is to be taken back'));
    const saved = allOrNothing([
      {
        run: () => connections.change(found.map((one) => withDate(one, before.get(one.id)))),
        takeBack: () => connections.change(found),
      },
      {
        run: () =>
          audit({
            ...aboutMany(found.map(({ id, name }) => ({ subjectId: id, name }))),
            ...{ act: 'review.undone', what: 'dates', batchId },
          }),
      },
    ]);
    if (!saved.ok) return saved;
    this.#changes.delete(batchId);
    return ok({});
  }
}

export function withDate({ reviewAt: _before, ...rest }: Connection, at: number | undefined): Connection {
  return at === undefined ? rest : { ...rest, reviewAt: at };
}

/** Access that is closed, or is being closed, is not reviewed. */
export function isOpen({ status }: Pick<Connection, 'status'>): boolean {
  return status !== 'closing' && status !== 'revoked';
}

/** One line of the log about one, or about how many. */
export function aboutMany(subjects: readonly { readonly name: string; readonly subjectId: string }[]): {
  subject: string;
  connectionId?: string;
} {
  const [first] = subjects;
  return first !== undefined && subjects.length === 1
    ? { subject: first.name, connectionId: first.subjectId }
    : { subject: `${String(subjects.length)} connections or keys` };
}
