/**
 * The page's only clock. Lint bans Date.now, argument-less Date and bare timers everywhere else.
 *
 * Every subscriber sees the same second: one timer, aligned to the second of the server's clock, stopped while the
 * document is hidden and set right at once when it is shown again.
 */
import { useSyncExternalStore } from 'react';

const second = 1000;

const listeners = new Set<() => void>();
let offsetMs = 0;
let snapshotMs = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Milliseconds since the epoch by AWS's clock, as well as we know it. For event handlers; drawing uses `useNow`. */
export function currentTime(): number {
  return Date.now() + offsetMs;
}

/** `offset` is the server's clock minus this computer's, in milliseconds. Main measures it from AWS's Date header. */
export function setClockOffset(offset: number): void {
  offsetMs = offset;
  if (timer !== undefined) tick();
}

/** Runs once after `delayMs`; the returned function cancels it. */
export function schedule(delayMs: number, run: () => void): () => void {
  const handle = setTimeout(run, delayMs);
  return () => {
    clearTimeout(handle);
  };
}

/** The server's time, floored to the second; the component is drawn again when it changes. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, readSnapshot);
}

/** What follows from the server's time; the component is drawn again only when that changes. Give back a text or number. */
export function useFromNow<Value extends string | number>(derive: (now: number) => Value): Value {
  return useSyncExternalStore(subscribe, () => derive(readSnapshot()));
}

/** The server's time in steps of `stepMs`: for what need not be drawn anew each second. */
export function useNowEvery(stepMs: number): number {
  return useFromNow((now) => Math.floor(now / stepMs) * stepMs);
}

/**
 * A ref for an element without children: its words follow from the server's time. They are written past React, for where many
 * change each second: drawn by it, such a second takes three tenths more (docs/performance.md).
 */
export function ticking(derive: (now: number) => string): (element: HTMLElement | null) => (() => void) | undefined {
  return (element) => {
    if (element === null) return undefined;
    const words = document.createTextNode(derive(readSnapshot()));
    element.replaceChildren(words);
    return subscribe(() => {
      const next = derive(readSnapshot());
      if (words.data !== next) words.data = next;
    });
  };
}

function readSnapshot(): number {
  // Without a running timer nothing else keeps the snapshot fresh. Flooring keeps it the same within one drawing.
  if (timer === undefined) snapshotMs = flooredTime();
  return snapshotMs;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    document.addEventListener('visibilitychange', followVisibility);
    window.addEventListener('focus', followVisibility);
    followVisibility();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', followVisibility);
    window.removeEventListener('focus', followVisibility);
    stop();
  };
}

function followVisibility(): void {
  if (document.hidden) stop();
  else tick();
}

function tick(): void {
  stop();
  const previous = snapshotMs;
  snapshotMs = flooredTime();
  timer = setTimeout(tick, second - (currentTime() % second));
  if (snapshotMs === previous) return;
  for (const listener of [...listeners]) listener();
}

function stop(): void {
  clearTimeout(timer);
  timer = undefined;
}

function flooredTime(): number {
  return Math.floor(currentTime() / second) * second;
}
