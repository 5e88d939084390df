import { z } from '../zod';

/** As versions are written here: three numbers, and nothing behind them. */
export const versionSchema = z.string().regex(/^(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})$/);

/** Bytes of the largest installer that is taken. */
export const largestUpdate = 600_000_000;

const updateFileSchema = z.strictObject({
  platform: z.enum(['darwin', 'linux', 'win32']),
  arch: z.enum(['arm64', 'x64']),
  /** beside the announcement, and in the person's folder of downloads: a plain name, no path */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/),
  bytes: z.int().min(1).max(largestUpdate),
  /** in base64 */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
export type UpdateFile = Readonly<z.infer<typeof updateFileSchema>>;

/** What a publisher says of the newest version; signed as a whole (main/updates/announcement.ts). */
export const announcementSchema = z.strictObject({
  kind: z.literal('sallyport-update'),
  version: versionSchema,
  notes: z.string().max(4000),
  files: z.array(updateFileSchema).min(1).max(40),
});
export type Announcement = Readonly<z.infer<typeof announcementSchema>>;

/** Whether `one` is a later version than `other`. Both as `versionSchema` has them. */
export function isLater(one: string, other: string): boolean {
  const numbers = (text: string) => text.split('.').map(Number);
  const others = numbers(other);
  for (const [index, number] of numbers(one).entries()) {
    const beside = others[index] ?? 0;
    if (number !== beside) return number > beside;
  }
  return false;
}
