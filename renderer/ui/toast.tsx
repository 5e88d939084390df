import { useSyncExternalStore, type ReactNode } from 'react';
import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components/Toast';
import { drawnLater, useOnceSo } from './drawn-later';
import type { Tone } from './icon';
import type { IconName } from './icon-names';

/** Not part of the first script: a window opens without notices. */
const ToastRegion = drawnLater(async () => (await import('./toast-region')).ToastRegion);

export interface ToastMessage {
  readonly title: string;
  readonly detail?: string | undefined;
  /** A ring, or an icon with its tone. */
  readonly picture?: ReactNode;
  readonly icon?: IconName | undefined;
  readonly tone?: Tone | undefined;
  readonly action?: { readonly label: string; readonly onAction: () => void } | undefined;
}

const readingTimeMs = 6000;

/** Milliseconds; undefined: it stays until it is dismissed, for there is something to do, or what failed to be understood. */
export function timeOnScreen({ action, tone }: Pick<ToastMessage, 'action' | 'tone'>): number | undefined {
  return action !== undefined || tone === 'warning' || tone === 'danger' ? undefined : readingTimeMs;
}

export const toasts = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 });

/** Says that something happened elsewhere. Returns what takes it away again. */
export function showToast(message: ToastMessage): () => void {
  const timeout = timeOnScreen(message);
  const key = toasts.add(message, timeout === undefined ? {} : { timeout });
  return () => {
    toasts.close(key);
  };
}

function subscribe(listener: () => void): () => void {
  return toasts.subscribe(listener);
}

/** Where toasts appear, from the first on. Drawn once, by the frame. */
export function Toasts() {
  const isSaying = useSyncExternalStore(subscribe, () => toasts.visibleToasts.length > 0);
  return useOnceSo(isSaying) ? <ToastRegion /> : null;
}
