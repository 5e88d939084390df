import type { Clock } from '../platform/clock';

/** The server's time of an answer, in ms since the epoch, out of its Date header (whole seconds). */
export function readServerDate(headers: Readonly<Record<string, unknown>>): number | undefined {
  const value = headers['date'];
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/**
 * Teaches the clock what the server's Date header said. The header has whole seconds, so an answer that fits what is
 * known already changes nothing: the time would otherwise jump back by up to a second with each call.
 * `sentAt` is `clock.now()` when the request went out. Gives the correction made, in milliseconds.
 */
export function learnServerTime(clock: Clock, serverDate: number, sentAt: number): number {
  const receivedAt = clock.now();
  const offset = clock.offset() ?? 0;
  const fits = serverDate <= receivedAt && serverDate + 1000 > sentAt;
  if (fits) {
    if (clock.offset() === undefined) clock.learnOffset(0);
    return 0;
  }
  const localMiddle = (sentAt + receivedAt) / 2 - offset;
  const learned = Math.round(serverDate + 500 - localMiddle);
  clock.learnOffset(learned);
  return learned - offset;
}
