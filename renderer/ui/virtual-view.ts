/** Where a long table stands in what scrolls it. */

/** What scrolls an element: itself, or the nearest around it. */
export function scrollerOf(element: HTMLElement): HTMLElement {
  const { overflowY } = getComputedStyle(element);
  const around = element.parentElement;
  return overflowY === 'auto' || overflowY === 'scroll' || around === null ? element : scrollerOf(around);
}

/** What is in view, in pixels from the top of the rows; behind the heads counts as well. */
export function viewOf(
  scroller: HTMLElement,
  rows: HTMLElement | null,
): { readonly top: number; readonly bottom: number } {
  const { top } = scroller.getBoundingClientRect();
  const above = top + scroller.clientTop - (rows?.getBoundingClientRect().top ?? top);
  return { top: above, bottom: above + scroller.clientHeight };
}

/** Heads and rows that do not fit in the page's width are moved together. */
export function moveSideways(other: Element | null | undefined, { scrollLeft }: Element): void {
  if (other && other.scrollLeft !== scrollLeft) other.scrollLeft = scrollLeft;
}

/** At 200 % zoom of text the rows grow with their words. */
export function textScale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}
