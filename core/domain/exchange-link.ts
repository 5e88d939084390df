import { err, ok, type Result } from '../result';
import type { AppError } from '../app-error';
import { maximumRequestBytes, utf8Length } from './exchange-file';

/** As the operating system knows the links of this app. */
export const linkScheme = 'sallyport';

/** Characters. Systems pass a link on as an argument of a program, and cut longer ones or refuse them. */
export const longestLink = 32_000;

/** A link that shows a request, a reply or a request to revoke; undefined where it would not arrive whole. */
export function exchangeLink(text: string): string | undefined {
  // half a pair of surrogates is no text that could be sent
  if (/\p{Surrogate}/u.test(text)) return undefined;
  const link = `${linkScheme}://open?file=${encodeURIComponent(text)}`;
  return link.length > longestLink ? undefined : link;
}

/** The only form that there is. Some systems put the slash in. */
const openLink = new RegExp(`^${linkScheme}://open/?\\?file=((?:[A-Za-z0-9_.!~*'()-]|%[0-9A-Fa-f]{2})+)$`, 'i');

/**
 * The text that a link brings. A link comes from any page and any program, so it names no act, no screen and no address:
 * it brings a text, which is judged and shown where a file of the same content would be. Never throws.
 *
 * SECURITY(S-20): one form, bounded before it is taken apart.
 */
export function readExchangeLink(link: string): Result<string> {
  if (link.length > longestLink) {
    return refused('This link is too long to be one of Sallyport’s.', 'Ask for the file in place of the link.');
  }
  const [, encoded] = openLink.exec(link) ?? [];
  if (encoded === undefined) {
    return refused(
      'This link does not lead to anything in Sallyport.',
      'Ask whoever sent it for a request or a reply, as a link that begins with sallyport://open or as a file.',
    );
  }
  const text = decoded(encoded);
  if (text === undefined) {
    return refused('This link is damaged: it holds no text.', 'Ask for it once more, or for the file.');
  }
  if (utf8Length(text) > maximumRequestBytes) {
    return refused('What this link holds is too large for a request or a reply.', 'Ask for the file.');
  }
  return ok(text);
}

function decoded(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function refused(message: string, whatToDo: string): Result<never> {
  const error: AppError = {
    ...{ kind: 'invalid-input', message, whatToDo, retryable: false, remedies: [] },
    whatDidNotChange: 'Nothing was opened, and nothing was kept from it.',
  };
  return err(error);
}
