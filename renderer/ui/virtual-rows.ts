/** Which rows of a long table are drawn, and where the keys lead. Indices count from 0. */

/** Rows drawn beyond those in view, so that a short scroll shows no gap. */
const beyond = 4;
/** A window of rows moves by so many at once: a scroll of a few pixels draws nothing anew. */
const step = 2;

export type Window = { readonly first: number; readonly last: number };

/** The rows to draw, `last` not included. All in pixels but `count`. */
export function windowOf(scrollTop: number, height: number, rowHeight: number, count: number): Window {
  const seen = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const first = Math.max(0, Math.floor((seen - beyond) / step) * step);
  const last = Math.ceil((seen + Math.ceil(height / rowHeight) + beyond) / step) * step;
  return { first: Math.min(first, Math.max(0, count - 1)), last: Math.min(last, count) };
}

/** The indices of a window, and of the row that has the focus: what is taken away loses it. */
export function drawnRows({ first, last }: Window, focused: number): readonly number[] {
  const inWindow = Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset);
  if (focused < 0 || (focused >= first && focused < last)) return inWindow;
  return focused < first ? [focused, ...inWindow] : [...inWindow, focused];
}

/** Where a key leads from a row; undefined: the key is not for moving. `page` is how many rows are in view. */
export function rowAfter(key: string, from: number, count: number, page: number): number | undefined {
  const to = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count,
  }[key];
  return to === undefined ? undefined : Math.min(Math.max(to, 0), count - 1);
}

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Enter by itself opens a row: with another key it is somebody else's. */
export function isPlainEnter({ altKey, ctrlKey, key, metaKey, shiftKey }: Pressed): boolean {
  return key === 'Enter' && !altKey && !ctrlKey && !metaKey && !shiftKey;
}

/** All from one row to another, both included, in whatever order. */
export function between<T>(items: readonly T[], one: number, other: number): readonly T[] {
  return items.slice(Math.min(one, other), Math.max(one, other) + 1);
}
