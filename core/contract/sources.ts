import { z } from 'zod';
import { appErrorSchema } from '../app-error';
import { accountIdSchema, idSchema, labelSchema, regionSchema } from '../domain/limits';
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

/** An access key as AWS gives it out, temporary or not. */
const accessKeyFields = {
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
};
const isComplete = ({ accessKeyId, sessionToken }: { accessKeyId: string; sessionToken?: string | undefined }) =>
  !accessKeyId.startsWith('ASIA') || sessionToken !== undefined;
const incomplete = {
  path: ['sessionToken'],
  message: 'A key that begins with ASIA is temporary and works only with its session token.',
};
/** What a form asks for a key, wherever it is typed. */
export const accessKeySchema = z.strictObject(accessKeyFields).refine(isComplete, incomplete);
export type AccessKey = z.infer<typeof accessKeySchema>;

export const sources = {
  list: call(nothing, z.strictObject({ sources: z.array(sourceViewSchema).max(200) })),
  listProfiles: call(nothing, z.strictObject({ profiles: z.array(profileSchema).max(2000) })),
  addProfile: call(z.strictObject({ profileName: profileNameSchema, region: regionSchema }), sourceViewSchema),
  /** a secret goes in here and in `typeOnce`; nothing brings it back */
  addAccessKey: call(
    z
      .strictObject({
        label: labelSchema,
        ...accessKeyFields,
        region: regionSchema,
        /** `false`: used in this run of the app and forgotten */
        keep: z.boolean(),
        /** the access key whose place it takes, with everything that refers to it */
        replaces: z.string().min(1).max(64).optional(),
      })
      .refine(isComplete, incomplete),
    sourceViewSchema,
  ),
  /** a key for one act in this account: kept in memory until that is over, and never among the sources */
  typeOnce: call(
    z
      .strictObject({ ...accessKeyFields, accountId: accountIdSchema, region: regionSchema })
      .refine(isComplete, incomplete),
    z.strictObject({ sourceId: idSchema, identity: identitySchema }),
  ),
  /** forgets a typed key, unless what it was typed for is running: then it goes by itself at the end */
  forgetTyped: call(sourceIdSchema, nothing),
  select: call(sourceIdSchema, sourceViewSchema),
  identify: call(sourceIdSchema, identitySchema),
  remove: call(sourceIdSchema, nothing),
};
