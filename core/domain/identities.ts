import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { accountIdSchema, instantSchema, tagSchema } from './limits';

/**
 * Who is in an account: users, roles and groups with everything that hangs on them. It is read when somebody looks and
 * kept nowhere. Times are AWS's.
 */

export const userNameSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]+$/);
export const accessKeyIdSchema = z.string().regex(/^\w{16,128}$/);

/** What could be read of one thing, or why it could not: rights may end in the middle. Absent: not read yet. */
function part<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('read', [
    z.strictObject({ read: z.literal(true), value }),
    z.strictObject({ read: z.literal(false), why: z.string().max(1000) }),
  ]);
}
export type Part<T> = { readonly read: true; readonly value: T } | { readonly read: false; readonly why: string };

const names = part(z.array(z.string().max(2048)).max(1000));

export const accessKeySchema = z.strictObject({
  accessKeyId: accessKeyIdSchema,
  active: z.boolean(),
  createdAt: instantSchema,
  /** `at` absent: never, as far as IAM looked */
  use: part(z.strictObject({ at: instantSchema.optional(), service: z.string().max(128) })).optional(),
});
export type AccessKey = Readonly<z.infer<typeof accessKeySchema>>;

const listed = {
  name: z.string().max(128),
  path: z.string().max(512),
  arn: z.string().max(2048),
  createdAt: instantSchema,
};

export const userSchema = z.strictObject({
  ...listed,
  passwordLastUsedAt: instantSchema.optional(),
  tags: part(z.array(tagSchema).max(50)).optional(),
  /** since when there is a password for the console; the value is absent where there is none */
  password: part(z.strictObject({ createdAt: instantSchema.optional() })).optional(),
  keys: part(z.array(accessKeySchema).max(20)).optional(),
  mfa: part(
    z.array(z.strictObject({ serialNumber: z.string().max(256), enabledAt: instantSchema })).max(20),
  ).optional(),
  groups: names.optional(),
  attached: names.optional(),
  inline: names.optional(),
});
export type User = Readonly<z.infer<typeof userSchema>>;

export const roleSchema = z.strictObject({
  ...listed,
  description: z.string().max(1000).optional(),
  /** `at` absent: not in the last 400 days (aws-reference §6.4) */
  use: part(z.strictObject({ at: instantSchema.optional() })).optional(),
  tags: part(z.array(tagSchema).max(50)).optional(),
  attached: names.optional(),
  inline: names.optional(),
});
export type Role = Readonly<z.infer<typeof roleSchema>>;

export const groupSchema = z.strictObject({
  ...listed,
  members: names.optional(),
  attached: names.optional(),
  inline: names.optional(),
});
export type Group = Readonly<z.infer<typeof groupSchema>>;

/** AWS's own quota is 5,000 users and 5,000 roles after asking for more (IAM User Guide, quotas). */
export const mostListed = 5000;

/** How the reading of an account goes. `done` of `listed` were looked at one by one. */
export const readingSchema = z.strictObject({
  sourceId: z.string().max(64),
  accountId: accountIdSchema,
  /** `cancelled`: what was read so far is there */
  state: z.enum(['reading', 'done', 'cancelled', 'failed']),
  startedAt: instantSchema,
  listed: z.int().min(0),
  done: z.int().min(0),
  /** AWS throttles: nothing new is asked before this moment */
  throttledUntil: instantSchema.optional(),
  /** why nothing, or a whole list, could be read */
  error: appErrorSchema.optional(),
  users: z.array(userSchema).max(mostListed),
  roles: z.array(roleSchema).max(mostListed),
  groups: z.array(groupSchema).max(mostListed),
  /** of the kinds that could not be listed at all: why */
  unlisted: z.strictObject({
    users: z.string().max(1000).optional(),
    roles: z.string().max(1000).optional(),
    groups: z.string().max(1000).optional(),
  }),
});
export type Reading = Readonly<z.infer<typeof readingSchema>>;

/** Who made it, as far as its tags and its path say: ours, a stack, a service of AWS. Undefined: nobody says. */
export function makerOf({
  path,
  tags,
}: Pick<Role, 'path' | 'tags'>): 'sallyport' | 'cloudformation' | 'service' | undefined {
  if (path.startsWith('/aws-service-role/')) return 'service';
  const known = tags?.read === true ? tags.value : [];
  if (known.some(({ key }) => key === 'aws:cloudformation:stack-name')) return 'cloudformation';
  return known.some(({ key, value }) => key === 'ManagedBy' && value === 'Sallyport') ? 'sallyport' : undefined;
}

const dayMs = 86_400_000;
/** Days after which a key is to be rotated (aws-reference §9). */
export const keyGrowsOldAfter = 90;

export function keyAgeInDays(key: Pick<AccessKey, 'createdAt'>, now: number): number {
  return Math.max(0, Math.floor((now - key.createdAt) / dayMs));
}

export const userFilters = [
  'no-mfa',
  'old-key',
  'never-used',
  'console',
  'unused-30',
  'unused-90',
  'unused-365',
] as const;
export type UserFilter = (typeof userFilters)[number];

/** The latest that is known of a user's password and keys; undefined: never, or not known. */
export function lastUseOf({ keys, passwordLastUsedAt }: User): number | undefined {
  const used = (keys?.read === true ? keys.value : []).flatMap(({ use }) => (use?.read === true ? [use.value.at] : []));
  const known = [passwordLastUsedAt, ...used].filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Whether it is known that the user is of this kind. What could not be read is never said to be. */
export function isOfFilter(user: User, filter: UserFilter, now: number): boolean {
  const keys = user.keys?.read === true ? user.keys.value : undefined;
  const isUseKnown = keys?.every(({ use }) => use?.read === true) === true;
  const last = lastUseOf(user);
  switch (filter) {
    case 'no-mfa':
      return user.mfa?.read === true && user.mfa.value.length === 0;
    case 'old-key':
      return keys?.some((key) => keyAgeInDays(key, now) > keyGrowsOldAfter) === true;
    case 'never-used':
      return isUseKnown && last === undefined;
    case 'console':
      return user.password?.read === true && user.password.value.createdAt !== undefined;
    case 'unused-30':
    case 'unused-90':
    case 'unused-365': {
      const days = Number(filter.slice('unused-'.length));
      return isUseKnown && now - (last ?? user.createdAt) > days * dayMs;
    }
  }
}
