let left = '';

/** What was pasted into a list that was not begun yet: it is there again when somebody comes back to the page. */
export function leftAccountList(): string {
  return left;
}

/** Keeps it for as long as the window is open. */
export function leaveAccountList(text: string): void {
  left = text;
}
