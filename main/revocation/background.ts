type Job = {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  readonly closed: Promise<void>;
  readonly markClosed: () => void;
};

/** What is being done at this moment, by the id of its revocation; one job for each. */
export class Background {
  readonly #jobs = new Map<string, Job>();
  readonly #stopping = new AbortController();

  has(revocationId: string): boolean {
    return this.#jobs.has(revocationId);
  }

  begin(revocationId: string, work: (signal: AbortSignal) => Promise<void>): void {
    const stop = new AbortController();
    let markClosed = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      markClosed = resolve;
    });
    const ended = work(AbortSignal.any([this.#stopping.signal, stop.signal])).finally(() =>
      this.#jobs.delete(revocationId),
    );
    this.#jobs.set(revocationId, { stop, ended, closed, markClosed });
  }

  markClosed(revocationId: string): void {
    this.#jobs.get(revocationId)?.markClosed();
  }

  /** Resolves once the role is closed, or nothing of it is under way any more. */
  async whenClosed(revocationId: string): Promise<void> {
    const job = this.#jobs.get(revocationId);
    await Promise.race([job?.closed, job?.ended]);
  }

  /** Resolves once it has stopped. */
  async stop(revocationId: string): Promise<void> {
    const job = this.#jobs.get(revocationId);
    job?.stop.abort();
    await job?.ended;
  }

  stopAll(): void {
    this.#stopping.abort();
  }
}
