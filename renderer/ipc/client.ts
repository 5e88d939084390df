import type { Bridge, EventName, EventPayload } from '../../core/contract/contract';

declare global {
  interface Window {
    readonly sallyport: Bridge;
  }
}

/**
 * The one place that names window.sallyport. Main parsed each answer and each event with the contract's schemas as it left
 * (main/ipc/answer-call.ts, publisher.ts); asked again here they would say the same, and the first screen would wait for
 * every schema there is.
 */
export const client = window.sallyport.calls;

/** Listens to an event of main. Returns the way to stop. */
export function listen<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
  return window.sallyport.on[event](listener);
}
