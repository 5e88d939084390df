import type { Clock } from '../platform/clock';

/** The server's time of an answer, in ms since the epoch, out of its Date header (whole seconds). */
export function readServerDate(headers: unknown): number | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === 'date' && typeof value === 'string') {
      const time = Date.parse(value);
      return Number.isNaN(time) ? undefined : time;
    }
  }
  return undefined;
}

/**
 * Teaches the clock what the server's Date header said. The header has whole seconds, so an answer that fits what is
 * known already changes nothing: the time would otherwise jump back by up to a second with each call.
 * `sentAt` is `clock.now()` when the request went out.
 */
export function learnServerTime(clock: Clock, serverDate: number, sentAt: number): void {
  const receivedAt = clock.now();
  const offset = clock.offset() ?? 0;
  const fits = serverDate <= receivedAt && serverDate + 1000 > sentAt;
  if (fits) {
    if (clock.offset() === undefined) clock.learnOffset(0);
    return;
  }
  const localMiddle = (sentAt + receivedAt) / 2 - offset;
  clock.learnOffset(Math.round(serverDate + 500 - localMiddle));
}
