import type { PageStart } from '../../core/domain/page-start';

/** The theme: an attribute on <html>, set before the first paint and following the system while asked to. */
const darkQuery = '(prefers-color-scheme: dark)';
let preference: PageStart['theme'] = 'system';
let following = false;

/** The first drawing must already be right. */
export function startTheme(theme: PageStart['theme']): void {
  setTheme(theme);
  if (following) return;
  following = true;
  window.matchMedia(darkQuery).addEventListener('change', apply);
}

export function setTheme(next: PageStart['theme']): void {
  preference = next;
  apply();
}

function apply(): void {
  const system = window.matchMedia(darkQuery).matches ? 'dark' : 'light';
  document.documentElement.dataset['theme'] = preference === 'system' ? system : preference;
}
