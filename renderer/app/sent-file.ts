import { z } from '../../core/zod';
import { exchangeSecret, maximumRequestBytes } from '../../core/domain/exchange-file';

/** What somebody sent, on its way to the page that shows it: it travels as the state of that page's address. */
const sentFileSchema = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ problem: z.object({ message: z.string(), whatToDo: z.string() }) }),
]);
export type SentFile = z.infer<typeof sentFileSchema>;

/** What an address brings along; an empty text where it brings nothing. */
export function sentWith(state: unknown): SentFile {
  const sent = sentFileSchema.safeParse(state);
  return sent.success ? sent.data : { text: '' };
}

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
