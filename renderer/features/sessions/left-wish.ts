import type { Wish } from './session-wish';

let left: Wish | undefined;

/** What was filled in when the dialog was closed without a session: it is there again when it opens for the same connection. */
export function leftWish(connectionId: string | undefined): Wish | undefined {
  return connectionId === undefined || left?.connectionId === connectionId ? left : undefined;
}

/** Keeps it for as long as the window is open; of a code nothing. Nothing is left once a session was started. */
export function leaveWish(wish: Wish | undefined): void {
  left = wish === undefined ? undefined : { ...wish, tokenCode: '' };
}
