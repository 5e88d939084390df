import type { WebPreferences } from 'electron';
import { pagePartition } from './lock-down';

/**
 * SECURITY(S-01): all of it stated, also what Electron has by default, so that a change of a default changes nothing.
 * @param preload the absolute path of the preload bundle
 * @param packaged true in what people install; then there are no developer tools (S-18)
 */
export function webPreferences(preload: string, packaged: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: '',
    webviewTag: false,
    navigateOnDragDrop: false,
    autoplayPolicy: 'user-gesture-required',
    disableDialogs: true,
    safeDialogs: true,
    spellcheck: false,
    devTools: !packaged,
    partition: pagePartition,
  };
}
