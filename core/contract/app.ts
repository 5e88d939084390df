import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { idSchema, instantSchema, workspaceSchema } from '../domain/limits';
import { linkIds } from '../domain/links';
import { identitySchema } from '../domain/source';
import { themeSchema } from '../domain/theme';
import { wizardSteps } from '../domain/wizard-steps';
import { call, nothing } from './call';

export const keychainStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['unknown', 'ready']) }),
  /** the person agreed to keep new secrets in memory only */
  z.strictObject({ state: z.literal('memory') }),
  z.strictObject({ state: z.literal('unavailable'), error: appErrorSchema }),
]);
export type KeychainState = Readonly<z.infer<typeof keychainStateSchema>>;

export const draftSummarySchema = z.strictObject({
  id: idSchema,
  title: z.string().max(120),
  step: z.enum(wizardSteps),
  updatedAt: instantSchema,
});

/** Everything the frame shows; asked once, again after each `changed` event that names `app`. */
export const snapshotSchema = z.strictObject({
  revision: z.int().min(0),
  platform: z.enum(['mac', 'windows', 'linux']),
  version: z.string().max(40),
  theme: themeSchema,
  /** undefined on first run */
  workspace: workspaceSchema.optional(),
  /** AWS's clock minus this computer's, in milliseconds; undefined before AWS first answered */
  clockOffset: z.number().optional(),
  keychain: keychainStateSchema,
  /** the selected source identity; `error` when it could not be asked */
  source: z
    .strictObject({
      id: z.string().max(64),
      label: z.string().max(80),
      identity: identitySchema.optional(),
      error: appErrorSchema.optional(),
    })
    .optional(),
  counts: z.strictObject({ sessions: z.int(), connections: z.int(), revocations: z.int(), reviews: z.int() }),
  drafts: z.array(draftSummarySchema).max(100),
  /** what goes wrong in the practice sandbox, a word or two each */
  trouble: z.array(z.string().max(40)).max(16),
  /** a request's or a reply's file was opened from outside and waits to be shown */
  hasArrivedFile: z.boolean(),
  /** store files that were set aside, named */
  problems: z.array(appErrorSchema).max(20),
});
export type Snapshot = Readonly<z.infer<typeof snapshotSchema>>;

/** What first run found on this computer. */
export const findingsSchema = z.strictObject({
  keychain: keychainStateSchema,
  profiles: z.int().min(0),
});
export type Findings = Readonly<z.infer<typeof findingsSchema>>;

export const app = {
  getSnapshot: call(nothing, snapshotSchema),
  lookAround: call(nothing, findingsSchema),
  chooseWorkspace: call(z.strictObject({ workspace: workspaceSchema }), nothing),
  setTheme: call(z.strictObject({ theme: themeSchema }), nothing),
  retryKeychain: call(nothing, keychainStateSchema),
  useMemoryForSecrets: call(nothing, keychainStateSchema),
  /** the file that waits, once */
  takeArrivedFile: call(
    nothing,
    z.strictObject({ text: z.string().max(131_072).optional(), problem: appErrorSchema.optional() }),
  ),
  openLink: call(
    z.strictObject({
      linkId: z.enum(linkIds),
      partition: z.string().max(32).optional(),
      roleName: z.string().max(64).optional(),
    }),
    nothing,
  ),
  /** for what is on screen anyway; text that looks like a secret is refused */
  copyText: call(z.strictObject({ text: z.string().min(1).max(20_480) }), nothing),
};
