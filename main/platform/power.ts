import type { Clock } from './clock';

/** The part of Electron's `powerMonitor` that is listened to. */
export type PowerEvents = {
  on(event: 'resume' | 'unlock-screen', listener: () => void): unknown;
  off(event: 'resume' | 'unlock-screen', listener: () => void): unknown;
};

/** How often the wall clock is held against the steady one, in milliseconds. */
const lookEvery = 30_000;
/** Their difference may move so much before it is called a jump, in milliseconds. */
const tolerance = 5_000;

/**
 * Calls back when time may have passed unseen: the computer woke, the screen was unlocked, or the wall clock moved
 * against the steady one (a sleep that sent no event, a clock set by hand).
 * @returns the way to stop it
 */
export function onTimeMayHavePassed(clock: Clock, power: PowerEvents, callback: () => void): () => void {
  let difference = clock.now() - clock.monotonic();
  let offset = clock.offset();
  let cancel: () => void;
  const look = (): void => {
    const now = clock.now() - clock.monotonic();
    // What AWS taught us is not a jump of this computer's clock.
    const learned = (clock.offset() ?? 0) - (offset ?? 0);
    if (Math.abs(now - difference - learned) > tolerance) callback();
    difference = now;
    offset = clock.offset();
    cancel = clock.schedule(lookEvery, look);
  };
  cancel = clock.schedule(lookEvery, look);
  power.on('resume', callback);
  power.on('unlock-screen', callback);
  return () => {
    cancel();
    power.off('resume', callback);
    power.off('unlock-screen', callback);
  };
}
