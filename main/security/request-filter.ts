import type { Session } from 'electron';
import { isAppUrl } from './origin';

/** Developer tools load their own pages; they are off in what people install (S-18). */
function isDeveloperTools(address: string): boolean {
  return address.startsWith('devtools://devtools/');
}

/** SECURITY(S-10): true for requests that must not leave the page: all but those for our own files. */
export function isForbiddenRequest(address: string, packaged: boolean): boolean {
  return !isAppUrl(address) && (packaged || !isDeveloperTools(address));
}

/** SECURITY(S-10): cancels what the content security policy did not stop already. */
export function filterRequests(
  session: Pick<Session, 'webRequest'>,
  packaged: boolean,
  refused: (address: string) => void,
): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = isForbiddenRequest(details.url, packaged);
    if (cancel) refused(details.url);
    answer({ cancel });
  });
}
