import type { Operation } from '../../core/contract/operations';
import { notFound, type WorkspaceContext } from '../workspace-context';
import { err, ok, type Result } from '../../core/result';

/** What a piece of long work gets: a signal that goes all the way to the SDK, and the person's "ask now". */
export type OperationControl<O extends Operation> = {
  readonly id: string;
  readonly signal: AbortSignal;
  /** Publishes the operation as it now is. */
  update(operation: O): void;
  /** Resolves after `delay` ms, when the person asks for it, or when cancelled. */
  pause(delay: number): Promise<void>;
};

type Running = {
  latest: Operation;
  readonly controller: AbortController;
  wake: (() => void) | undefined;
  ended: Promise<void>;
};

/**
 * Everything long that is going on. An operation stays here until it has ended and the last state was published; the
 * services write results into their own records.
 */
export class Operations {
  readonly #running = new Map<string, Running>();
  readonly #context: Pick<WorkspaceContext, 'clock' | 'newId' | 'publisher'>;

  constructor(context: Pick<WorkspaceContext, 'clock' | 'newId' | 'publisher'>) {
    this.#context = context;
  }

  /** Starts work in the background and returns its id at once. `make` gets the id it must carry. */
  start<O extends Operation>(
    make: (id: string) => O,
    work: (control: OperationControl<O>, initial: O) => Promise<void>,
  ): string {
    const id = this.#context.newId();
    const initial = make(id);
    const running: Running = {
      latest: initial,
      controller: new AbortController(),
      wake: undefined,
      ended: Promise.resolve(),
    };
    this.#running.set(id, running);
    this.#publish(running.latest);
    const control: OperationControl<O> = {
      id,
      signal: running.controller.signal,
      update: (operation) => {
        running.latest = operation;
        this.#publish(operation);
      },
      pause: async (delay) => {
        const woken = new AbortController();
        const stop = () => {
          woken.abort();
        };
        running.wake = stop;
        running.controller.signal.addEventListener('abort', stop, { once: true });
        await this.#context.clock.wait(delay, woken.signal);
        running.controller.signal.removeEventListener('abort', stop);
        running.wake = undefined;
      },
    };
    running.ended = work(control, initial).finally(() => {
      this.#running.delete(id);
    });
    return id;
  }

  /** The running operation on this draft or connection, if there is one. */
  runningFor(subjectId: string): string | undefined {
    for (const [id, { latest }] of this.#running) if (latest.subjectId === subjectId) return id;
    return undefined;
  }

  /** Resolves when it has ended, at once when it is not running. */
  async whenEnded(id: string): Promise<void> {
    await this.#running.get(id)?.ended;
  }

  list(): Operation[] {
    return [...this.#running.values()].map(({ latest }) => latest);
  }

  cancel(id: string): Result<Record<string, never>> {
    const running = this.#running.get(id);
    if (running === undefined) return err(notFound('This operation'));
    running.controller.abort();
    return ok({});
  }

  cancelAll(): void {
    for (const { controller } of this.#running.values()) controller.abort();
  }

  askNow(id: string): Result<Record<string, never>> {
    const running = this.#running.get(id);
    if (running === undefined) return err(notFound('This operation'));
    running.wake?.();
    return ok({});
  }

  #publish(operation: Operation): void {
    this.#context.publisher.send('operation', { operation });
  }
}
