import { readPageStart } from '../../core/domain/page-start';

/** The one origin of ours. `app://sallyport/` serves the built page and nothing else. */
export const appScheme = 'app';
export const appHost = 'sallyport';
export const appOrigin = `${appScheme}://${appHost}`;
export const appPage = `${appOrigin}/index.html`;

/**
 * True for an address of our own page. Parsed and compared part by part: prefixes can be forged
 * (`app://sallyport.evil`, `app://sallyport@evil`), and Node calls the origin of any custom scheme "null".
 */
export function isAppUrl(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  return (
    url.protocol === `${appScheme}:` &&
    url.hostname === appHost &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}

/** The page itself, to the letter, with a start as main may have given it: no other file of ours, no other query. */
export function isPageAddress(address: string): boolean {
  if (!address.startsWith(appPage)) return false;
  const query = address.slice(appPage.length);
  return query === '' || readPageStart(query) !== undefined;
}
