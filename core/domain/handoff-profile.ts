import { z } from '../zod';
import { idSchema, instantSchema, regionSchema } from './limits';
import { sessionPolicySchema } from './session-request';
import type { Session } from './session';

const longestName = 64;

/**
 * A profile's name as we make it: what every tool and shell takes without quotes. Others may have stranger ones; those
 * are not ours. `default` would be used by every tool that is told nothing.
 */
export const ownProfileNameSchema = z
  .string()
  .min(1, 'A profile needs a name.')
  .max(longestName, 'The name of a profile has 64 characters at most here.')
  .regex(/^[A-Za-z0-9][\w.@+-]*$/, 'Only letters, digits and . _ @ + - can stand in it, a letter or digit first.')
  .refine((name) => name !== 'default', '“default” is what every tool uses that is told nothing. Choose another name.');

/** A profile in `~/.aws/config` that this app wrote. Its id stands in the file, so it never changes. */
export const handoffProfileSchema = z.strictObject({
  id: idSchema,
  name: ownProfileNameSchema,
  connectionId: idSchema,
  /** whose credentials it gives: the latest session of the connection that took the place of an ended one */
  sessionId: idSchema,
  /** when that session was ended; absent while it is open */
  endedAt: instantSchema.optional(),
  /** what the session may do less than its role: another session takes its place only if it may do no more */
  sessionPolicy: sessionPolicySchema,
  region: regionSchema,
  /** absolute path of the file it stands in */
  file: z.string().min(1).max(4096),
  /** our lines as they were written, to notice when a hand has changed them */
  written: z.string().max(8192),
  /** line breaks that were put before them, to be taken away with them */
  lead: z.int().min(0).max(2),
  createdAt: instantSchema,
});
export type HandoffProfile = Readonly<z.infer<typeof handoffProfileSchema>>;

/**
 * The session that takes the place of one that was ended: opened after that, of the same connection, and with the same
 * session policy, so that a tool that had a read-only session never gets more by it.
 */
export function successorOf(profile: HandoffProfile, sessions: readonly Session[]): Session | undefined {
  const { endedAt, connectionId } = profile;
  if (endedAt === undefined) return undefined;
  return sessions
    .filter(
      (session) =>
        session.connectionId === connectionId &&
        session.end === undefined &&
        session.openedAt >= endedAt &&
        JSON.stringify(session.request.sessionPolicy) === JSON.stringify(profile.sessionPolicy),
    )
    .sort((a, b) => b.openedAt - a.openedAt)[0];
}

/** A name for a connection's profile, from its own: “Acme production” becomes `acme-production`. */
export function proposeProfileName(connectionName: string): string {
  const plain = connectionName
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 56);
  return plain === '' || plain === 'default' ? 'sallyport' : plain;
}

/** The first of `name`, `name-2`, `name-3`… that nobody has; a long one is cut to make room for its number. */
export function freeProfileName(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  for (let number = 2; isTaken(free); number += 1) {
    const suffix = `-${number}`;
    free = `${name.slice(0, longestName - suffix.length)}${suffix}`;
  }
  return free;
}

/** A section with the keys themselves in the credentials file, for as long as they work. The keys are not in this record. */
export const plainProfileSchema = handoffProfileSchema
  .pick({ id: true, name: true, file: true, lead: true, createdAt: true })
  .extend({ sessionId: idSchema, expiresAt: instantSchema });
export type PlainProfile = Readonly<z.infer<typeof plainProfileSchema>>;
