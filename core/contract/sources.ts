import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { accountIdSchema, idSchema, labelSchema, regionSchema, roleNameSchema } from '../domain/limits';
import { permissionSetSchema, portalAccountSchema, signInSchema, startUrlSchema } from '../domain/identity-center';
import { mfaDeviceSchema } from '../domain/mfa-device';
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
  kind: z.enum([
    'access-key',
    'temporary-key',
    'role',
    'identity-center',
    'process',
    'login',
    'web-identity',
    'incomplete',
  ]),
  region: z.string().max(32).optional(),
});
export type Profile = Readonly<z.infer<typeof profileSchema>>;

/** By the system's browser, which hands the answer to this computer alone, or by a code typed in any browser. */
export const signInWaySchema = z.enum(['browser', 'code']);
export type SignInWay = z.infer<typeof signInWaySchema>;

const signInIdSchema = z.strictObject({ signInId: idSchema });

/** What of the app's environment could be a source. */
const environmentKeysSchema = z.strictObject({
  keyHint: z.string().max(16),
  region: regionSchema.optional(),
});

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
  list: call(
    nothing,
    z.strictObject({ sources: z.array(sourceViewSchema).max(200), signIns: z.array(signInSchema).max(20) }),
  ),
  listProfiles: call(nothing, z.strictObject({ profiles: z.array(profileSchema).max(2000) })),
  addProfile: call(z.strictObject({ profileName: profileNameSchema, region: regionSchema }), sourceViewSchema),
  /** a secret goes in here and in `typeOnce`; nothing brings it back */
  addAccessKey: call(
    z
      .strictObject({
        label: labelSchema,
        ...accessKeyFields,
        region: regionSchema,
        mfaSerial: mfaDeviceSchema.optional(),
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
  /** begins a sign-in to an access portal; the operation says how it goes, and its `subjectId` is the sign-in */
  signIn: call(
    z.strictObject({ startUrl: startUrlSchema, region: regionSchema, way: signInWaySchema }),
    z.strictObject({ operationId: idSchema, signInId: idSchema }),
  ),
  /** opens the page of a waiting sign-in in the system's browser once more */
  openSignInPage: call(z.strictObject({ operationId: idSchema }), nothing),
  listSignInAccounts: call(signInIdSchema, z.strictObject({ accounts: z.array(portalAccountSchema).max(20_000) })),
  listSignInRoles: call(
    z.strictObject({ signInId: idSchema, accountId: accountIdSchema }),
    z.strictObject({ roleNames: z.array(permissionSetSchema).max(1000) }),
  ),
  addIdentityCenter: call(
    z.strictObject({
      signInId: idSchema,
      accountId: accountIdSchema,
      roleName: permissionSetSchema,
      label: labelSchema,
      region: regionSchema,
    }),
    sourceViewSchema,
  ),
  /** wipes its tokens here and asks AWS to end it; `toldAws` false: AWS did not answer that */
  signOut: call(signInIdSchema, z.strictObject({ toldAws: z.boolean() })),
  /** absent where there are no keys in the app's environment */
  findEnvironment: call(nothing, z.strictObject({ keys: environmentKeysSchema.optional() })),
  addEnvironment: call(z.strictObject({ region: regionSchema }), sourceViewSchema),
  /** the way into an account of the organization, once AWS has let it in; not chosen to work with by itself */
  addMemberRole: call(
    z.strictObject({
      throughId: z.string().min(1).max(64),
      accountId: accountIdSchema,
      roleName: roleNameSchema,
      label: labelSchema,
      region: regionSchema,
    }),
    sourceViewSchema,
  ),
  select: call(sourceIdSchema, sourceViewSchema),
  identify: call(sourceIdSchema, identitySchema),
  remove: call(sourceIdSchema, nothing),
};
