import { isAppUrl } from './origin';

/** What is asked of the frame that a message came from; Electron's `WebFrameMain` fits. */
export type SenderFrame = {
  readonly url: string;
  readonly parent: SenderFrame | null;
  readonly detached?: boolean;
  readonly processId: number;
  readonly routingId: number;
};

/**
 * SECURITY(S-11): a message counts only from the main frame of a window that we made, showing our own page. `null` is
 * what Electron gives for a frame that is gone or has navigated away; it is refused.
 * @param windows the main frames of our windows
 */
export function isTrustedSender(frame: SenderFrame | null | undefined, windows: readonly SenderFrame[]): boolean {
  if (frame === null || frame === undefined || frame.detached === true) return false;
  if (frame.parent !== null) return false;
  const known = windows.some(
    ({ processId, routingId }) => processId === frame.processId && routingId === frame.routingId,
  );
  return known && isAppUrl(frame.url);
}
