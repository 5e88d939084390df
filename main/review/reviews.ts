import type { Topic } from '../../core/contract/contract';
import type { ReviewDetail, ReviewQueue } from '../../core/contract/reviews';
import type { ConnectionNotes as Notes } from '../../core/domain/connection-notes';
import type { Review, ReviewPolicy } from '../../core/domain/review';
import { nextReview, reasonsOf, type ReviewFacts } from '../../core/domain/review-reasons';
import type { Revocation } from '../../core/domain/revocation';
import { wayFacts } from '../../core/domain/revocation-ways';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import type { Identities } from '../identities/identities';
import type { PersonFiles } from '../platform/person-files';
import type { Sources } from '../sources/sources';
import type { StoredCollection } from '../store/collection';
import { appError, notFound, type AuditEntry, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import { allOrNothing } from './all-or-nothing';
import { ReviewDates, type WantedDate } from './dates';
import { Decisions, whoOf } from './decisions';
import { detailOf, nextOfKey } from './detail';
import { KeySights, type KeyLook, type KeySightsPorts } from './key-sights';
import { Queue, queueOf, type QueuePorts } from './queue';
import { ReviewRecords, type ReviewSettings } from './records';
import { saveReviews } from './report';
import { Sweep, type SweepPorts } from './sweep';

export type ReviewsPorts = Pick<WorkspaceContext, 'audit' | 'clock' | 'newId' | 'publisher'> &
  Pick<QueuePorts, 'looks' | 'agreements'> &
  Pick<SweepPorts, 'notify'> &
  Pick<KeySightsPorts, 'sights'> & {
    readonly records: StoredCollection<Review>;
    readonly settings: StoredDocument<ReviewSettings>;
    readonly connections: Pick<Connections, 'all' | 'change' | 'find'>;
    readonly notes: { of(connectionId: string): Omit<Notes, 'id'> };
    readonly revocations: { find(revocationId: string): Revocation | undefined };
    readonly sources: KeySightsPorts['sources'] & Pick<Sources, 'selected'>;
    readonly identities: Pick<Identities, 'list'> & { readonly readings: Pick<Identities['readings'], 'view'> };
    readonly files: Pick<PersonFiles, 'saveFile'>;
  };

type Done = Result<{ batchId: string; count: number }>;
type Nothing = Result<Record<string, never>>;

const watched: ReadonlySet<Topic> = new Set(['connections', 'drift', 'identities', 'revocations', 'sources']);

/** What is to be looked at again, and what a person decides about it. Nothing here asks AWS but the look at own keys. */
export class Reviews {
  readonly keys: KeySights;
  readonly queueOfAll: Queue;
  readonly #ports: ReviewsPorts;
  readonly sweep: Sweep;
  readonly #records: ReviewRecords;
  readonly #decisions: Decisions;
  readonly #dates: ReviewDates;
  #isStarted = false;
  #policy: ReviewPolicy | undefined;

  constructor(ports: ReviewsPorts) {
    this.#ports = ports;
    this.#records = new ReviewRecords(ports.records);
    this.keys = new KeySights({ ...ports, acts: () => ports.identities.list() });
    this.queueOfAll = new Queue({
      ...ports,
      records: this.#records,
      keys: () => this.keys.all(),
      policy: () => this.policy(),
      now: () => ports.clock.now(),
    });
    this.#decisions = new Decisions({
      ...ports,
      records: this.#records,
      linesOf: (ids) => this.queueOfAll.linesOf(ids),
    });
    this.#dates = new ReviewDates(ports);
    this.sweep = new Sweep({
      ...ports,
      lines: () => {
        this.followRevocations();
        return this.queueOfAll.lines();
      },
      changed: () => ports.publisher.changed('app', 'reviews'),
    });
  }

  /** The same object until it is set: what stands beside it in its file is written more often. */
  policy(): ReviewPolicy {
    this.#policy ??= this.#ports.settings.read().policy;
    return this.#policy;
  }

  /** What is due, the heaviest first, and what is put off. */
  async queue(): Promise<Result<ReviewQueue>> {
    this.sweep.wake();
    const now = this.#ports.clock.now();
    return ok(queueOf(await this.queueOfAll.lines(), now));
  }

  get(subjectId: string): Result<ReviewDetail> {
    const line = this.queueOfAll.line(subjectId);
    if (line === undefined) return err(notFound('This connection or key'));
    return ok(
      detailOf(line, {
        reviews: this.#records.of(subjectId),
        policy: this.policy(),
        notes: this.#ports.notes.of(subjectId),
        now: this.#ports.clock.now(),
      }),
    );
  }

  setPolicy(policy: ReviewPolicy): Nothing {
    const before = this.#ports.settings.read();
    const { drift, every, keyDays, recipes, riskRaised, tell, unusedDays } = policy;
    const entry: AuditEntry = {
      ...{ act: 'review.policy-set', subject: 'Review policy', every, unusedDays, keyDays },
      ...{ drift: String(drift), riskRaised: String(riskRaised), tell: String(tell) },
      ...(recipes.length > 0 && { recipes: recipes.map((one) => `${one.recipeId} ${one.every}`).join(', ') }),
      ...whoOf(this.#ports.sources),
    };
    const saved = allOrNothing([
      {
        run: () => this.#ports.settings.update((one) => ({ ...one, policy })),
        takeBack: () => this.#ports.settings.update(() => before),
      },
      { run: () => this.#ports.audit(entry) },
    ]);
    if (!saved.ok) return saved;
    this.#policy = policy;
    this.sweep.noteDecision();
    this.#changed();
    return ok({});
  }

  /** They stay as they are. Their next date is by the policy; what is seen now is not shown again before. */
  keep(subjectIds: readonly string[], note: string | undefined): Done {
    return this.#decide('kept', subjectIds, note, ({ facts, standing }, now) => {
      const reasons = [...standing.open, ...standing.covered.map(({ reason }) => reason)];
      const until =
        facts.of === 'key' ? nextOfKey(this.policy(), now) : nextReview(this.policy(), facts.connection.recipeId, now);
      return { reasons, ...(until !== undefined && { until }) };
    });
  }

  /** What is due for them now waits until then; what is put off already gets the new date. */
  snooze(subjectIds: readonly string[], until: number, note: string | undefined): Done {
    if (until <= this.#ports.clock.now()) {
      return err(
        appError('invalid-input', 'This moment is over.', {
          whatToDo: 'Choose a day that is still to come.',
          field: 'until',
        }),
      );
    }
    return this.#decide('snoozed', subjectIds, note, ({ standing }) => {
      const put = standing.covered.filter(({ by }) => by.decision === 'snoozed').map(({ reason }) => reason);
      const reasons = [...standing.open, ...put];
      return reasons.length === 0 ? undefined : { reasons, until };
    });
  }

  /** Its role was given less to do: that is a review, with the next date by the policy. `putBackId`: the journal of it. */
  recordNarrowed(connectionId: string, putBackId: string): Done {
    return this.#decide('narrowed', [connectionId], undefined, ({ facts, standing }, now) => {
      const until = facts.of === 'connection' ? nextReview(this.policy(), facts.connection.recipeId, now) : undefined;
      return { reasons: [...standing.open], putBackId, ...(until !== undefined && { until }) };
    });
  }

  /** A narrowing was undone to the end. */
  narrowingUndone(putBackId: string): Nothing {
    return this.#then(this.#decisions.undoNarrowed(putBackId), 'told');
  }

  /** A revocation was begun out of a review. It counts as decided when nobody comes in by the role any more. */
  revoking(connectionId: string, revocationId: string, note: string | undefined): Nothing {
    const revocation = this.#ports.revocations.find(revocationId);
    if (revocation?.connectionId !== connectionId) return err(notFound('This revocation'));
    const known = this.#records.of(connectionId).some((one) => one.revocationId === revocationId);
    if (known) return ok({});
    const done = this.#decide('revoked', [connectionId], note, ({ facts }, now) => ({
      // the role may be closed by now, and nothing is due any more: what was due before is why
      reasons: [...reasonsOf(whileOpen(facts), this.policy(), now)],
      revocationId,
    }));
    if (!done.ok) return done;
    this.followRevocations();
    return ok({});
  }

  /** What revocations out of reviews have come to. */
  followRevocations(): void {
    const { audit, clock, revocations } = this.#ports;
    for (const review of this.#records.all()) {
      if (review.revocationId === undefined || review.undoneAt !== undefined) continue;
      const revocation = revocations.find(review.revocationId);
      if (revocation === undefined) continue;
      const { blockedSince, state, way } = revocation;
      // many ways leave the role open for new sessions, that then may do less or nothing
      const isShut = (state === 'closing' || state === 'ended') && wayFacts[way].outer === 'shut';
      const { accountId, name: subject, subjectId: connectionId } = review;
      if (isShut && review.doneAt === undefined) {
        const saved = this.#records.put([{ ...review, doneAt: blockedSince ?? clock.now() }]);
        // the next look tries again what could not be written
        if (!saved.ok) return;
        audit({ act: 'review.revoked', subject, connectionId, accountId });
        this.#changed();
      } else if (state === 'undone') {
        if (!this.#records.put([{ ...review, undoneAt: clock.now() }]).ok) return;
        this.#changed();
      }
    }
  }

  undo(batchId: string): Nothing {
    return this.#then(this.#decisions.undo(batchId), 'told');
  }

  /** What was put off of it is due now. */
  bringBack(subjectId: string): Nothing {
    return this.#then(this.#decisions.bringBack(subjectId), 'told');
  }

  setDates(connectionIds: readonly string[], to: WantedDate): Done {
    return this.#then(this.#dates.set(connectionIds, to), 'told');
  }

  undoDates(batchId: string): Nothing {
    return this.#then(this.#dates.undo(batchId), 'told');
  }

  async lookAtKeys(): Promise<Result<KeyLook>> {
    const looked = await this.keys.look();
    this.#changed();
    return looked;
  }

  /** Decisions from one moment to another, as a file where the person wants it. */
  async save(from: number, to: number): Promise<Result<{ path?: string; count: number }>> {
    const { audit, clock, files } = this.#ports;
    return await saveReviews({ audit, files, now: clock.now() }, this.#records.all(), { from, to });
  }

  /** Once the window stands: what was decided is not read before. */
  start(): void {
    this.#isStarted = true;
    this.sweep.start();
  }

  stop(): void {
    this.#isStarted = false;
    this.sweep.stop();
  }

  /** Something changed that reasons are made of. */
  noteChange(topics: readonly Topic[]): void {
    if (!this.#isStarted) return;
    if (topics.includes('identities')) this.#takeReadings();
    if (topics.includes('revocations')) this.followRevocations();
    if (topics.some((topic) => watched.has(topic))) this.sweep.noteChange();
  }

  #takeReadings(): void {
    for (const { source } of this.#ports.sources.list()) {
      const reading = this.#ports.identities.readings.view(source.id);
      if (reading !== undefined) this.keys.take(reading);
    }
  }

  #decide(...wish: Parameters<Decisions['decide']>): Done {
    return this.#then(this.#decisions.decide(...wish));
  }

  /** `told`: what is due by it now a person knows. */
  #then<T>(done: Result<T>, who?: 'told'): Result<T> {
    if (!done.ok) return done;
    if (who === 'told') this.sweep.noteDecision();
    else this.sweep.outdate();
    this.#changed();
    return done;
  }

  #changed(): void {
    this.sweep.noteChange();
    this.#ports.publisher.changed('reviews');
  }
}

function whileOpen(facts: ReviewFacts): ReviewFacts {
  return facts.of === 'key' ? facts : { ...facts, connection: { ...facts.connection, status: 'working' } };
}
