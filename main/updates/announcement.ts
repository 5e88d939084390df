import { createPublicKey, verify } from 'node:crypto';
import { z } from '../../core/zod';
import { announcementSchema, type Announcement } from '../../core/domain/update';

/** Where updates come from, and whose signature counts; given when the program is packed (scripts/lib/publish.mjs). */
export const publishPlaceSchema = z.strictObject({
  /** a folder: its address ends with a slash */
  address: z.url({ protocol: /^https$/ }).max(300),
  /** Ed25519, SPKI in DER, in base64 */
  key: z.string().regex(/^[A-Za-z0-9+/]{59}=$/),
});
export type PublishPlace = Readonly<z.infer<typeof publishPlaceSchema>>;

export const announcementName = 'sallyport-update.json';

/** Bytes of the largest announcement that is read. */
export const largestAnnouncement = 65_536;

const envelopeSchema = z.strictObject({
  /** the announcement as text: what is signed is what is read */
  announcement: z.string().max(largestAnnouncement),
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});

/**
 * SECURITY(S-33): nothing of an announcement is looked at before the publisher's key has proved it whole. Undefined where
 * it is of another form, or another's. Never throws.
 */
export function readAnnouncement(text: string, key: string): Announcement | undefined {
  try {
    const envelope = envelopeSchema.safeParse(JSON.parse(text));
    if (!envelope.success) return undefined;
    const { announcement, signature } = envelope.data;
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    if (publicKey.asymmetricKeyType !== 'ed25519') return undefined;
    if (!verify(null, Buffer.from(announcement, 'utf8'), publicKey, Buffer.from(signature, 'base64'))) return undefined;
    const read = announcementSchema.safeParse(JSON.parse(announcement));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
