import { setMaxListeners } from 'node:events';
import type { Reading } from '../../core/domain/identities';
import { ok, type Result } from '../../core/result';
import { Background } from '../platform/background';
import type { Sources } from '../sources/sources';
import type { WorkspaceContext } from '../workspace-context';
import { readAccount, readAgain } from './reader';

export type ReadingsPorts = Pick<WorkspaceContext, 'clock' | 'publisher'> & { readonly sources: Sources };

type Done = Result<Record<string, never>>;

/** Milliseconds between two times that the window is told of the same reading. */
const tellEvery = 250;

/** What was read of accounts, one for each source, in memory only: an old one would look like the present. */
export class Readings {
  readonly #ports: ReadingsPorts;
  readonly #readings = new Map<string, Reading>();
  readonly #background = new Background();
  readonly #stopping = new AbortController();
  #toldAt = -Infinity;
  #callOff: (() => void) | undefined;

  constructor(ports: ReadingsPorts) {
    this.#ports = ports;
  }

  view(sourceId: string): Reading | undefined {
    return this.#readings.get(sourceId);
  }

  /** Asks who the source is, then begins in the background; one reading for a source at a time. */
  async read(sourceId: string): Promise<Done> {
    if (this.#background.has(sourceId)) return ok({});
    const clients = this.#ports.sources.clients(sourceId);
    if (!clients.ok) return clients;
    const identity = await this.#ports.sources.identify(sourceId);
    if (!identity.ok) return identity;
    if (this.#background.has(sourceId)) return ok({});
    const { accountId } = identity.value;
    const first: Reading = {
      ...{ sourceId, accountId, state: 'reading', startedAt: this.#ports.clock.now(), listed: 0, done: 0 },
      ...{ users: [], roles: [], groups: [], unlisted: {} },
    };
    this.#readings.set(sourceId, first);
    this.#tellNow();
    const { iam } = clients.value;
    this.#background.begin(sourceId, async (signal) => {
      // each of many calls listens to it
      setMaxListeners(0, signal);
      await readAccount({
        ...{ clock: this.#ports.clock, iam, signal, current: () => this.#readings.get(sourceId) ?? first },
        update: (change) => this.#update(sourceId, change),
      });
      this.#update(sourceId, ({ throttledUntil: _none, ...one }) => ({ ...one, state: endOf(one, signal.aborted) }));
      this.#tellNow();
    });
    return ok({});
  }

  /** One user or role of an account was changed: it is read anew wherever the account was read. */
  async readAgain(accountId: string, subject: 'user' | 'role', name: string): Promise<void> {
    for (const first of this.#readings.values()) {
      const { sourceId, state } = first;
      const clients = this.#ports.sources.clients(sourceId);
      if (first.accountId !== accountId || state === 'reading' || !clients.ok) continue;
      await readAgain(
        {
          ...{ clock: this.#ports.clock, iam: clients.value.iam, signal: this.#stopping.signal },
          ...{ current: () => this.#readings.get(sourceId) ?? first },
          update: (change) => this.#update(sourceId, change),
        },
        subject === 'user' ? 'users' : 'roles',
        name,
      );
    }
  }

  async stopReading(sourceId: string): Promise<Done> {
    await this.#background.stop(sourceId);
    return ok({});
  }

  stop(): void {
    this.#stopping.abort();
    this.#background.stopAll();
    this.#callOff?.();
  }

  #update(sourceId: string, change: (one: Reading) => Reading): void {
    const one = this.#readings.get(sourceId);
    if (one === undefined) return;
    this.#readings.set(sourceId, change(one));
    this.#tell();
  }

  /** Hundreds of parts arrive in a second; the window is told a few times. */
  #tell(): void {
    if (this.#callOff !== undefined) return;
    const wait = this.#toldAt + tellEvery - this.#ports.clock.monotonic();
    if (wait <= 0) this.#tellNow();
    else this.#callOff = this.#ports.clock.schedule(wait, () => this.#tellNow());
  }

  #tellNow(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#toldAt = this.#ports.clock.monotonic();
    this.#ports.publisher.changed('identities');
  }
}

function endOf({ groups, roles, unlisted, users }: Reading, isCancelled: boolean): Reading['state'] {
  if (isCancelled) return 'cancelled';
  const isNothing = users.length + roles.length + groups.length === 0 && Object.keys(unlisted).length === 3;
  return isNothing ? 'failed' : 'done';
}
