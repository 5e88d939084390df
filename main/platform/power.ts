import type { Clock } from './clock';
import { ClockJumps } from './clock-jumps';

/** The part of Electron's `powerMonitor` that is listened to. */
export type PowerEvents = {
  on(event: 'resume' | 'unlock-screen', listener: () => void): unknown;
  off(event: 'resume' | 'unlock-screen', listener: () => void): unknown;
};

/** How often the wall clock is held against the steady one, in milliseconds. */
const lookEvery = 30_000;

/**
 * Calls back when time may have passed unseen: the computer woke, the screen was unlocked, or the wall clock moved
 * against the steady one (a sleep that sent no event, a clock set by hand).
 * @returns the way to stop it
 */
export function onTimeMayHavePassed(clock: Clock, power: PowerEvents, callback: () => void): () => void {
  const jumps = new ClockJumps(clock);
  let cancel: () => void;
  const look = (): void => {
    if (jumps.look()) callback();
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
