import { z } from '../zod';
import { permissionSetSchema } from './identity-center';
import { accountIdSchema, instantSchema, partitionSchema, regionSchema, roleNameSchema } from './limits';

export const profileNameSchema = z.string().min(1).max(128);

/** Who AWS says we are (GetCallerIdentity), with what follows from it. */
export const identitySchema = z.strictObject({
  accountId: accountIdSchema,
  arn: z.string().max(2048),
  userId: z.string().max(256),
  partition: partitionSchema,
  /** short form for the title bar: `user/deployer`, `role/deployer` */
  name: z.string().max(200),
  isRoot: z.boolean(),
  /** a role session: whatever it assumes lasts 1 h at most (aws-reference §3.1) */
  isRoleSession: z.boolean(),
  checkedAt: instantSchema,
});
export type Identity = Readonly<z.infer<typeof identitySchema>>;

/** Where source credentials come from. The secret part of an access key is in the secret store under the source's id. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sandbox'),
    id: z.string().max(64),
    label: z.string().max(80),
    /** which of the sandbox's identities */
    identity: z.enum(['deployer', 'owner', 'management']),
    region: regionSchema,
  }),
  z.strictObject({
    kind: z.literal('profile'),
    id: z.string().max(64),
    label: z.string().max(80),
    profileName: profileNameSchema,
    region: regionSchema,
  }),
  z.strictObject({
    kind: z.literal('access-key'),
    id: z.string().max(64),
    label: z.string().max(80),
    /** first and last characters only, to tell keys apart */
    keyHint: z.string().max(16),
    kept: z.enum(['keychain', 'memory']),
    region: regionSchema,
    /** the device whose code is asked for where a role wants one */
    mfaSerial: z.string().max(256).optional(),
  }),
  z.strictObject({
    kind: z.literal('identity-center'),
    id: z.string().max(64),
    label: z.string().max(80),
    /** the sign-in that it goes by, which others may share */
    signInId: z.string().max(64),
    accountId: accountIdSchema,
    roleName: permissionSetSchema,
    region: regionSchema,
  }),
  /** the keys in this app's own environment, read at each call and kept nowhere */
  z.strictObject({
    kind: z.literal('environment'),
    id: z.string().max(64),
    label: z.string().max(80),
    region: regionSchema,
  }),
  /** the role by which an organization's management account enters one of its accounts; nothing of it is kept */
  z.strictObject({
    kind: z.literal('member-role'),
    id: z.string().max(64),
    label: z.string().max(80),
    /** the source in the management account that assumes it; never a member role itself */
    throughId: z.string().max(64),
    accountId: accountIdSchema,
    roleName: roleNameSchema,
    region: regionSchema,
  }),
]);
export type Source = Readonly<z.infer<typeof sourceSchema>>;

export function identityOf(caller: { accountId: string; arn: string; userId: string }, checkedAt: number): Identity {
  const [, partition = 'aws'] = caller.arn.split(':');
  const resource = caller.arn.split(':').slice(5).join(':');
  const session = /^assumed-role\/([^/]+)\//.exec(resource);
  const name = session === null ? resource : `role/${session[1] ?? ''}`;
  return {
    ...caller,
    partition,
    name: name.slice(0, 200),
    isRoot: resource === 'root',
    isRoleSession: session !== null,
    checkedAt,
  };
}

/** What of an access key's ID is shown. */
export function keyHintOf(accessKeyId: string): string {
  return `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`;
}
