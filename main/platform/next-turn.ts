import { setImmediate as turn } from 'node:timers/promises';

/** Resolves in the next turn of the event loop: whatever else is waiting, such as the window, is served first. */
export async function nextTurn(): Promise<void> {
  await turn();
}
