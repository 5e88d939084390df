import type { App, Event, WebContents } from 'electron';
import { isPageAddress } from './origin';

/** What is reported when something was refused, for the log. */
export type Refused = (what: 'navigation' | 'window' | 'webview', address: string) => void;

/**
 * Holds for every web contents that is ever made, also ones that we did not make.
 *
 * SECURITY(S-07): no navigation, in no frame, by no redirect. The page is loaded once by main (`loadURL` does not come
 * through here) and routes in memory, so there is nothing that it could rightly navigate to; a reload of itself is let
 * through because the developer tools and a crashed page need it.
 * SECURITY(S-08): no new window, no webview.
 */
export function lockNavigation(app: Pick<App, 'on'>, refused: Refused): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, refused));
}

export function lockContents(contents: WebContents, refused: Refused): void {
  const refuse = (details: Event & { readonly url: string }): void => {
    if (isPageAddress(details.url)) return;
    details.preventDefault();
    refused('navigation', details.url);
  };
  contents.on('will-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-attach-webview', (event, _preferences, parameters) => {
    event.preventDefault();
    refused('webview', parameters['src'] ?? '');
  });
  contents.setWindowOpenHandler(({ url }) => {
    refused('window', url);
    return { action: 'deny' };
  });
}
