import { z } from '../../../core/zod';
import type { SentFile } from '../../app/sent-file';

const sentFileSchema = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ problem: z.object({ message: z.string(), whatToDo: z.string() }) }),
]);

/** What an address brings along; an empty text where it brings nothing. */
export function sentWith(state: unknown): SentFile {
  const sent = sentFileSchema.safeParse(state);
  return sent.success ? sent.data : { text: '' };
}
