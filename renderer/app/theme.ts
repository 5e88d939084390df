/** The theme: an attribute on <html>, set before the first paint and following the system while asked to. */
export const themePreferences = ['system', 'light', 'dark'] as const;

export type ThemePreference = (typeof themePreferences)[number];

const darkQuery = '(prefers-color-scheme: dark)';
let preference: ThemePreference = 'system';
let following = false;

/** Main passes the saved preference as `?theme=`; the first drawing must already be right. */
export function startTheme(search: string): void {
  const asked = new URLSearchParams(search).get('theme');
  setTheme(themePreferences.find((known) => known === asked) ?? 'system');
  if (following) return;
  following = true;
  window.matchMedia(darkQuery).addEventListener('change', apply);
}

export function setTheme(next: ThemePreference): void {
  preference = next;
  apply();
}

function apply(): void {
  const system = window.matchMedia(darkQuery).matches ? 'dark' : 'light';
  document.documentElement.dataset['theme'] = preference === 'system' ? system : preference;
}
