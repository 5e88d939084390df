import type { WebContents } from 'electron';
import { eventChannel } from '../../core/contract/channels';
import { events, type EventName, type EventPayload, type Topic } from '../../core/contract/contract';
import type { Operation } from '../../core/contract/operations';
import type { Publisher } from '../workspace-context';

/**
 * Sends events to the window. `changed` topics of one task go out as one event, so that a burst of
 * writes does not become a burst of messages.
 */
export class WindowPublisher implements Publisher {
  #revision = 0;
  #waiting = new Set<Topic>();
  readonly #target: () => WebContents | undefined;

  readonly #onChanged: (topics: readonly Topic[]) => void;

  readonly #onOperation: (operation: Operation) => void;

  /** `onChanged` and `onOperation` hear of the same as the window, for what main itself shows. */
  constructor(
    target: () => WebContents | undefined,
    onChanged: (topics: readonly Topic[]) => void = () => undefined,
    onOperation: (operation: Operation) => void = () => undefined,
  ) {
    this.#target = target;
    this.#onChanged = onChanged;
    this.#onOperation = onOperation;
  }

  get revision(): number {
    return this.#revision;
  }

  changed(...topics: Topic[]): void {
    if (this.#waiting.size === 0) {
      queueMicrotask(() => {
        const all = [...this.#waiting];
        this.#waiting = new Set();
        this.send('changed', { topics: all });
        this.#onChanged(all);
      });
    }
    for (const topic of topics) this.#waiting.add(topic);
  }

  send<E extends EventName>(event: E, payload: Omit<EventPayload<E>, 'revision'>): void {
    const target = this.#target();
    this.#revision += 1;
    if (event === 'operation') this.#onOperation((payload as unknown as { readonly operation: Operation }).operation);
    if (target === undefined || target.isDestroyed()) return;
    // SECURITY(S-13): events are parsed like answers; a payload with more than the contract names is a bug and throws here.
    target.send(eventChannel(event), events[event].payload.parse({ ...payload, revision: this.#revision }));
  }
}
