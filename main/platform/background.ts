type Job = {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  readonly closed: Promise<void>;
  readonly markClosed: () => void;
};

/** What is being done at this moment, by the id of its record; one job for each. */
export class Background {
  readonly #jobs = new Map<string, Job>();
  readonly #stopping = new AbortController();

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  begin(id: string, work: (signal: AbortSignal) => Promise<void>): void {
    const stop = new AbortController();
    let markClosed = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      markClosed = resolve;
    });
    const ended = work(AbortSignal.any([this.#stopping.signal, stop.signal])).finally(() => this.#jobs.delete(id));
    this.#jobs.set(id, { stop, ended, closed, markClosed });
  }

  markClosed(id: string): void {
    this.#jobs.get(id)?.markClosed();
  }

  /** Resolves once what matters of it is done (`markClosed`), or nothing of it is under way any more. */
  async whenClosed(id: string): Promise<void> {
    const job = this.#jobs.get(id);
    await Promise.race([job?.closed, job?.ended]);
  }

  /** Resolves once it has stopped. */
  async stop(id: string): Promise<void> {
    const job = this.#jobs.get(id);
    job?.stop.abort();
    await job?.ended;
  }

  stopAll(): void {
    this.#stopping.abort();
  }
}

/** Asked anew at each place: between two of them anything may have happened. */
export function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}
