import { exchangeSecret, maximumRequestBytes } from '../../core/domain/exchange-file';

/** What somebody sent, on its way to the page that shows it: it travels as the state of that page's address. */
export type SentFile =
  { readonly text: string } | { readonly problem: { readonly message: string; readonly whatToDo: string } };

/** SECURITY(S-13): a text with a credential in it goes no further than here, and onto no screen. */
export function sentText(text: string): SentFile {
  const secret = exchangeSecret(text);
  return secret === undefined ? { text } : { problem: secret };
}

/** A file as text. SECURITY(S-28): one that is too large is not even read. */
export async function readSentFile(file: File): Promise<SentFile> {
  const text = file.size > maximumRequestBytes ? undefined : await file.text().catch(() => '');
  if (text !== undefined && text.trim() !== '') return sentText(text);
  return {
    problem: {
      message:
        text === undefined
          ? 'This file is too large for a request or a reply: 64 KiB at most.'
          : 'This file is empty, or cannot be read.',
      whatToDo:
        'Choose the file that you were sent: its name ends in .sallyport-request.json, -reply.json or -revocation.json.',
    },
  };
}
