import type { App, Protocol, Session } from 'electron';
import { registerAppScheme, serveApp } from './app-protocol';
import { lockNavigation } from './navigation';
import { denyPermissions } from './permissions';
import { filterRequests } from './request-filter';

/** The page's partition. SECURITY(S-19): without `persist:`, so it lives in memory and leaves nothing on the disk. */
export const pagePartition = 'sallyport';

/** Something that a page tried and was not allowed; for the log. */
export type ReportRefused = (what: string, detail: string) => void;

/** Everything that has to be said before Electron is ready. Not awaited by anybody, so it must not wait itself. */
export function lockDownBeforeReady(
  app: Pick<App, 'enableSandbox' | 'on' | 'commandLine' | 'isPackaged'>,
  protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>,
  refused: ReportRefused,
): void {
  // SECURITY(S-01): every renderer is sandboxed, also one whose options forgot to say so. An unpackaged copy started with
  // --no-sandbox (Chromium runs as root in no other way) keeps that switch, which enableSandbox() would take away again.
  if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  registerAppScheme(protocol);
  lockNavigation(app, refused);
}

/**
 * Everything that a session must have before a page is loaded in it. Holds for the default session too: nothing of ours
 * lives there, so whatever appears in it gets nothing.
 */
export function lockDownSession(session: Session, packaged: boolean, refused: ReportRefused): void {
  denyPermissions(session, (permission) => refused('permission', permission));
  filterRequests(session, packaged, (address) => refused('request', address));
}

/** The one session that our page lives in. `pageFolder` holds index.html; absolute. */
export function openPageSession(session: Session, pageFolder: string, packaged: boolean, refused: ReportRefused): void {
  lockDownSession(session, packaged, refused);
  serveApp(session.protocol, pageFolder);
}
