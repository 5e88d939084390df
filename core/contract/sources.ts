import { z } from 'zod';
import { appErrorSchema } from '../app-error';
import { labelSchema, regionSchema } from '../domain/limits';
import { identitySchema, profileNameSchema, sourceSchema } from '../domain/source';
import { call, nothing } from './call';

const sourceIdSchema = z.strictObject({ sourceId: z.string().min(1).max(64) });

export const sourceViewSchema = z.strictObject({
  source: sourceSchema,
  selected: z.boolean(),
  identity: identitySchema.optional(),
  error: appErrorSchema.optional(),
});
export type SourceView = Readonly<z.infer<typeof sourceViewSchema>>;

export const profileSchema = z.strictObject({
  name: profileNameSchema,
  kind: z.enum(['access-key', 'role', 'identity-center', 'process', 'login', 'other']),
  region: z.string().max(32).optional(),
});
export type Profile = Readonly<z.infer<typeof profileSchema>>;

export const sources = {
  list: call(nothing, z.strictObject({ sources: z.array(sourceViewSchema).max(200) })),
  listProfiles: call(nothing, z.strictObject({ profiles: z.array(profileSchema).max(2000) })),
  addProfile: call(z.strictObject({ profileName: profileNameSchema, region: regionSchema }), sourceViewSchema),
  /** the one call that a secret goes into; nothing brings it back */
  addAccessKey: call(
    z
      .strictObject({
        label: labelSchema,
        accessKeyId: z
          .string()
          .trim()
          .regex(/^A(?:KIA|SIA)[A-Z0-9]{12,124}$/, 'An access key ID begins with AKIA or ASIA, in capitals.'),
        secretAccessKey: z
          .string()
          .trim()
          .regex(/^[A-Za-z0-9/+=]{30,128}$/, 'A secret access key has 40 letters, digits, / and +.'),
        sessionToken: z
          .string()
          .trim()
          .min(16, 'A session token is longer. Leave this empty for a key that has none.')
          .max(4096, 'A session token has 4,096 characters at most.')
          .optional(),
        region: regionSchema,
        /** `false`: used in this run of the app and forgotten */
        keep: z.boolean(),
        /** the access key whose place it takes, with everything that refers to it */
        replaces: z.string().min(1).max(64).optional(),
      })
      .refine(({ accessKeyId, sessionToken }) => !accessKeyId.startsWith('ASIA') || sessionToken !== undefined, {
        path: ['sessionToken'],
        message: 'A key that begins with ASIA is temporary and works only with its session token.',
      }),
    sourceViewSchema,
  ),
  select: call(sourceIdSchema, sourceViewSchema),
  identify: call(sourceIdSchema, identitySchema),
  remove: call(sourceIdSchema, nothing),
};
