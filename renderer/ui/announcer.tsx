import { useSyncExternalStore } from 'react';
import { currentTime, schedule } from '../app/clock';
import { VisuallyHidden } from './text';

export type Politeness = 'polite' | 'assertive';

interface Spoken {
  readonly polite: string;
  readonly assertive: string;
}

/** At most one polite line in this time; of several the newest is kept. */
const politeGapMs = 2000;

/** Then the region is emptied, so that the same words can be said again. */
const standsForMs = 5000;

const listeners = new Set<() => void>();
let spoken: Spoken = { polite: '', assertive: '' };
let lastPoliteAt = 0;
let waiting: string | undefined;
let cancelClearing: (() => void) | undefined;

/**
 * Says something through the page's live region. Polite lines come at most one in two seconds; an alert comes at once.
 * The same words twice in a row are said once: two pictures may show the same countdown.
 */
export function announce(message: string, politeness: Politeness = 'polite'): void {
  if (politeness === 'assertive') {
    publish({ ...spoken, assertive: message });
    return;
  }
  const wait = lastPoliteAt + politeGapMs - currentTime();
  if (wait <= 0) {
    speakPolitely(message);
    return;
  }
  const alreadyWaiting = waiting !== undefined;
  waiting = message;
  if (!alreadyWaiting) schedule(wait, speakWaiting);
}

/** The page's only live region. Drawn once, by the frame. */
export function Announcer() {
  const { polite, assertive } = useSyncExternalStore(subscribe, () => spoken);
  return (
    <VisuallyHidden>
      <div role="status" aria-live="polite" data-announcer="polite">
        {polite}
      </div>
      <div role="alert" aria-live="assertive" data-announcer="assertive">
        {assertive}
      </div>
    </VisuallyHidden>
  );
}

function speakWaiting(): void {
  const message = waiting;
  waiting = undefined;
  if (message !== undefined) speakPolitely(message);
}

function speakPolitely(message: string): void {
  lastPoliteAt = currentTime();
  publish({ ...spoken, polite: message });
}

function publish(next: Spoken): void {
  cancelClearing?.();
  cancelClearing = schedule(standsForMs, () => {
    show({ polite: '', assertive: '' });
  });
  show(next);
}

function show(next: Spoken): void {
  spoken = next;
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
