import { isAbsolute } from 'node:path';
import type { App } from 'electron';
import { replyExtension, requestExtension, revocationRequestExtension } from '../../core/domain/exchange-file';
import { linkScheme, longestLink } from '../../core/domain/exchange-link';

/**
 * What the arguments of another start ask for. They come from anybody who can start a program or make a link, so they
 * are read as hostile: at most one thing, of a known form, and nothing that acts by itself (S-28).
 */
export type SecondStart =
  | { readonly kind: 'show' }
  | { readonly kind: 'open-file'; readonly path: string }
  /** as it came, which is judged in words where it is opened; cut where it is longer than any of ours */
  | { readonly kind: 'open-link'; readonly link: string };

const longestPath = 4096;
const most = 64;
/** What may be opened from outside; each is read as hostile where it is shown. */
const extensions = [requestExtension, replyExtension, revocationRequestExtension];

const links = new RegExp(`^${linkScheme}:`, 'i');

/**
 * SECURITY(S-20): one file of a request, of a reply or of a request to revoke by its full path, or one link of this app's,
 * or just "show the window". Switches are not obeyed.
 */
export function readSecondStart(argv: unknown): SecondStart {
  if (!Array.isArray(argv) || argv.length > most) return { kind: 'show' };
  const given = argv.slice(1);
  const found = given.filter((one): one is string => typeof one === 'string' && links.test(one));
  const files = given.filter(
    (argument): argument is string =>
      typeof argument === 'string' &&
      argument.length <= longestPath &&
      !argument.startsWith('-') &&
      isAbsolute(argument) &&
      !/[\0\r\n]/.test(argument) &&
      !argument.split(/[\\/]/).includes('..') &&
      extensions.some((extension) => argument.toLowerCase().endsWith(extension)),
  );
  const [path] = files;
  const [link] = found;
  if (link !== undefined) {
    return found.length + files.length === 1
      ? { kind: 'open-link', link: link.slice(0, longestLink + 1) }
      : { kind: 'show' };
  }
  return path !== undefined && files.length === 1 ? { kind: 'open-file', path } : { kind: 'show' };
}

/**
 * SECURITY(S-20): one process for each user-data folder; two would write the same store and the same keychain records.
 * A second start hands its arguments over and ends. Where nothing can be written there is no lock to be had, and nothing
 * for two to write.
 * @returns false when this process is the second one and has to quit
 */
export function becomeOnlyInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  onStart: (start: SecondStart) => void,
  isReadOnly: boolean,
): boolean {
  if (!app.requestSingleInstanceLock()) return isReadOnly;
  app.on('second-instance', (_event, argv) => onStart(readSecondStart(argv)));
  return true;
}
