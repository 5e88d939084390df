import type { ReviewQueue } from '../../core/contract/reviews';
import type { ReasonKind } from '../../core/domain/review';
import type { Clock } from '../platform/clock';
import type { StoredDocument } from '../workspace-context';
import { isDue, queueOf, type Line } from './queue';
import type { ReviewSettings } from './records';

export type SweepPorts = {
  readonly clock: Clock;
  readonly settings: StoredDocument<ReviewSettings>;
  readonly lines: () => Promise<readonly Line[]>;
  readonly notify: (notice: { readonly title: string; readonly body: string }) => void;
  /** what is shown of it is something else */
  readonly changed: () => void;
};

/** Milliseconds after the start until the first look: the window stands by then. */
const settling = 10_000;
/** Milliseconds between a change and the look that it asks for; many changes are one look. */
const afterChange = 1000;
/** Milliseconds; what only time changes is looked at as often. */
const longest = 3_600_000;
const dayMs = 86_400_000;

/** These are told by the drift watch. */
const toldElsewhere: ReadonlySet<ReasonKind> = new Set(['drift', 'risk-raised']);

/** Looks now and then at what is due, for the count in the sidebar, and tells the system once of what falls due. */
export class Sweep {
  readonly #ports: SweepPorts;
  #cancel: (() => void) | undefined;
  #isStarted = false;
  #isAwake = false;
  #isChangePlanned = false;
  #due = 0;
  #queue: ReviewQueue | undefined;
  /** of looks and of what a person decided: a look that another came after says nothing */
  #generation = 0;
  /** the moment as of which the last look of this run was taken */
  #lookedAt: number | undefined;
  /** reasons that were there at the last look of this run; undefined: there was none, or the policy is another since */
  #known: ReadonlySet<string> | undefined;

  constructor(ports: SweepPorts) {
    this.#ports = ports;
  }

  /** As of the last look. */
  due(): number {
    return this.#due;
  }

  start(): void {
    this.#isStarted = true;
    this.#plan(settling);
  }

  stop(): void {
    this.#isStarted = false;
    this.#cancel?.();
  }

  /** Something changed that reasons are made of. */
  noteChange(): void {
    // before the first look nobody waits for it, and the start is not held up
    if (!this.#isStarted || !this.#isAwake || this.#isChangePlanned) return;
    this.#isChangePlanned = true;
    this.#plan(afterChange);
  }

  /** Somebody looks at the queue: from now on it is kept current. */
  wake(): void {
    this.#isAwake = true;
  }

  /** Something was decided: what a look that runs has read before is over. The next one comes with the change. */
  outdate(): void {
    this.#generation += 1;
  }

  /** What is due by another policy, or because a person took something back, they know: it is not told. */
  noteDecision(): void {
    this.#known = undefined;
    this.outdate();
    const toldUntil = this.#lookedAt;
    // what time made due since the last look they were not told yet
    if (toldUntil !== undefined) this.#ports.settings.update((one) => ({ ...one, toldUntil }));
    this.noteChange();
  }

  async look(): Promise<void> {
    this.wake();
    this.#generation += 1;
    const generation = this.#generation;
    const now = this.#ports.clock.now();
    const lines = await this.#ports.lines();
    if (generation !== this.#generation) return;
    const due = lines.filter(isDue);
    this.#tell(due, now);
    const before = this.#queue;
    this.#lookedAt = now;
    this.#queue = queueOf(lines, now);
    this.#due = due.length;
    if (before === undefined || !isSameQueue(before, this.#queue)) this.#ports.changed();
  }

  #plan(delay: number): void {
    this.#cancel?.();
    this.#cancel = this.#ports.clock.schedule(delay, () => {
      this.#isChangePlanned = false;
      void this.look().then(() => {
        if (this.#isStarted && !this.#isChangePlanned) this.#plan(longest);
      });
    });
  }

  #tell(due: readonly Line[], now: number): void {
    const { notify, settings } = this.#ports;
    const { policy, toldUntil: written } = settings.read();
    // a clock that was ahead said so
    const toldUntil = written === undefined ? undefined : Math.min(written, now);
    const known = this.#known;
    const fresh = due.filter(({ item: { subjectId }, standing }) =>
      standing.open.some(({ key, kind, since }) => {
        const isByDays = kind === 'unused' || kind === 'not-seen';
        const fellDueAt = isByDays ? since + policy.unusedDays * dayMs : since;
        if (toldElsewhere.has(kind)) return false;
        if (known !== undefined) return !known.has(`${subjectId} ${key}`);
        // the first look of this run: what fell due while the app was closed
        return toldUntil !== undefined && fellDueAt > toldUntil;
      }),
    );
    this.#known = new Set(
      due.flatMap(({ item: { subjectId }, standing }) => standing.open.map(({ key }) => `${subjectId} ${key}`)),
    );
    if (toldUntil !== written || toldUntil === undefined || fresh.length > 0)
      settings.update((one) => ({ ...one, toldUntil: now }));
    const [first] = fresh;
    if (first === undefined || !policy.tell) return;
    const { name } = first.item;
    const others = fresh.length - 1;
    notify({
      title: others === 0 ? `${name} is due for review` : `${String(fresh.length)} are due for review`,
      body:
        others === 0
          ? 'Open Reviews to see why, and to decide.'
          : `${name} and ${String(others)} more. Open Reviews to see why.`,
    });
  }
}

/** Lines that say the same are the same objects. */
function isSameQueue(one: ReviewQueue, other: ReviewQueue): boolean {
  return (
    one.connections === other.connections &&
    one.keys === other.keys &&
    one.nextAt === other.nextAt &&
    one.items.length === other.items.length &&
    one.items.every((item, index) => item === other.items[index])
  );
}
