/** F6 goes through the window's regions: title bar, sidebar, sheet, footer; with Shift the other way. */
export function moveToRegion(backwards: boolean): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null || region.offsetHeight > 0,
  );
  if (regions.length === 0) return;
  const focused = document.activeElement;
  // The innermost region counts: the footer lies within the sheet.
  const current = regions.findLastIndex((region) => region.contains(focused));
  const step = backwards ? -1 : 1;
  const start = current === -1 && backwards ? 0 : current;
  const next = regions[(start + step + regions.length) % regions.length];
  if (next === undefined) return;
  const target = firstStop(next) ?? next;
  target.focus();
}

/** Where the focus goes in a region: the selected place, else its first control; a sheet takes it itself. */
function firstStop(region: HTMLElement): HTMLElement | null {
  if (region.dataset['region'] === 'sheet') return region;
  return (
    region.querySelector<HTMLElement>('[aria-current="page"]:is(button, a)') ??
    region.querySelector<HTMLElement>('button:not(:disabled), a[href], input:not(:disabled)')
  );
}
