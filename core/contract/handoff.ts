import { z } from '../zod';
import { consoleDestinationSchema } from '../domain/console-destinations';
import { ownProfileNameSchema } from '../domain/handoff-profile';
import { idSchema, instantSchema, regionSchema } from '../domain/limits';
import { shellSchema } from '../domain/shells';
import { call, nothing } from './call';

const ofSession = z.strictObject({ sessionId: idSchema });
/** main puts the lines on the clipboard and clears it at `clearsAt` if it is unchanged */
const onClipboard = z.strictObject({ clearsAt: instantSchema });
/** typed by a person: judged by main, which says what is wrong with it and proposes another */
const wishedName = z.string().max(200);
const path = z.string().max(4096);
const lines = z.string().max(8192);

/** Somebody asked the loopback endpoint. `userAgent` is what the program calls itself: anybody's text, cut short. */
export const endpointRequestSchema = z.strictObject({
  at: instantSchema,
  outcome: z.enum(['given', 'no-credentials', 'wrong-token', 'wrong-host', 'wrong-request', 'from-a-page']),
  userAgent: z.string().max(80),
});
export type EndpointRequest = Readonly<z.infer<typeof endpointRequestSchema>>;

/** One command or program that uses a session, in a recipe's own terms; no secret in it. */
export const snippetSchema = z.strictObject({
  id: z.string().max(64),
  title: z.string().max(80),
  language: z.enum(['shell', 'python', 'javascript']),
  text: z.string().max(8192),
});

/** Every way to hand one session on, and how each stands. No output of this feature holds a secret. */
export const handoffViewSchema = z.strictObject({
  region: regionSchema,
  /** a name for a profile that nobody has */
  proposedName: ownProfileNameSchema,
  profile: z.strictObject({ id: idSchema, name: z.string().max(64), region: regionSchema, file: path }).optional(),
  endpoint: z
    .strictObject({ port: z.int().min(0).max(65_535), requests: z.array(endpointRequestSchema).max(20) })
    .optional(),
  plain: z.strictObject({ id: idSchema, name: z.string().max(64), file: path, until: instantSchema }).optional(),
  /** by itself: with the keys in its environment; by-profile: where that cannot be done, with the profile’s name alone */
  terminal: z.enum(['by-itself', 'by-profile', 'none']),
  /** what another program could not do with a session whose credentials are in memory */
  inMemory: z.boolean(),
  snippets: z.array(snippetSchema).max(12),
});
export type HandoffView = Readonly<z.infer<typeof handoffViewSchema>>;

const written = z.strictObject({
  done: z.boolean(),
  /** our lines as a hand has changed them since: nothing was done, unless it is asked for `evenIfChanged` */
  changedByHand: lines.optional(),
});

export const handoff = {
  look: call(ofSession, handoffViewSchema),
  /** what writing the profile would put into which file */
  previewProfile: call(
    z.strictObject({ sessionId: idSchema, name: wishedName, region: regionSchema }),
    z.strictObject({
      file: path,
      lines,
      makesFile: z.boolean(),
      takenUse: z.string().max(80).optional(),
      changedByHand: lines.optional(),
    }),
  ),
  writeProfile: call(
    z.strictObject({ sessionId: idSchema, name: wishedName, region: regionSchema, evenIfChanged: z.boolean() }),
    written,
  ),
  removeProfile: call(z.strictObject({ profileId: idSchema, evenIfChanged: z.boolean() }), written),
  /** on until it is switched off, the session ends or the app quits */
  startEndpoint: call(ofSession, z.strictObject({ port: z.int().min(0).max(65_535) })),
  stopEndpoint: call(ofSession, nothing),
  /** the two variables of the SDKs' container provider */
  copyEndpoint: call(z.strictObject({ sessionId: idSchema, shell: shellSchema }), onClipboard),
  copyEnvironment: call(z.strictObject({ sessionId: idSchema, shell: shellSchema }), onClipboard),
  /** lines that take away everything that a copy of ours has set; no secret, so they stay on the clipboard */
  copyUnset: call(z.strictObject({ shell: shellSchema }), nothing),
  openTerminal: call(ofSession, z.strictObject({ program: z.string().max(200) })),
  /** puts the keys themselves into the credentials file until they expire: only after the person said yes to that */
  writePlainProfile: call(
    z.strictObject({ sessionId: idSchema, name: wishedName, consent: z.literal(true) }),
    z.strictObject({ until: instantSchema }),
  ),
  removePlainProfile: call(ofSession, nothing),
  /** AWS: opens the system browser signed in. Practice: asks the sandbox for the same sign-in and says who it would be. */
  openConsole: call(
    z.strictObject({
      sessionId: idSchema,
      destination: consoleDestinationSchema.optional(),
      region: regionSchema.optional(),
    }),
    z.strictObject({ opened: z.enum(['browser', 'practice']), as: z.string().max(2048) }),
  ),
};
