import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { accountIdSchema, idSchema, instantSchema } from '../domain/limits';
import { mostSubAccounts, placeIdSchema, subAccountSchema, subAccountWishSchema } from '../domain/sub-account';
import { call, nothing } from './call';

const sourceIdSchema = z.strictObject({ sourceId: z.string().min(1).max(64) });

export const organizationUnitSchema = z.strictObject({
  id: placeIdSchema,
  name: z.string().max(128),
  /** a unit, or the root */
  parentId: placeIdSchema,
});

export const memberAccountSchema = z.strictObject({
  id: accountIdSchema,
  name: z.string().max(50),
  email: z.string().max(64),
  state: z.enum(['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']),
  /** a unit, or the root */
  parentId: placeIdSchema,
  isManagement: z.boolean(),
  joinedAt: instantSchema,
});
export type MemberAccount = Readonly<z.infer<typeof memberAccountSchema>>;

/** The organization as the chosen source sees it. */
export const organizationViewSchema = z.discriminatedUnion('kind', [
  /** AWS knows no organization of this account: one can be made */
  z.strictObject({ kind: z.literal('none'), accountId: accountIdSchema, readAt: instantSchema }),
  /** it is a member: only the management account sees and does the rest */
  z.strictObject({
    kind: z.literal('member'),
    accountId: accountIdSchema,
    organizationId: z.string().max(64),
    managementAccountId: accountIdSchema,
    managementEmail: z.string().max(64),
    readAt: instantSchema,
  }),
  z.strictObject({
    kind: z.literal('management'),
    accountId: accountIdSchema,
    organizationId: z.string().max(64),
    allFeatures: z.boolean(),
    rootId: placeIdSchema,
    rootName: z.string().max(128),
    serviceControlPolicies: z.boolean(),
    units: z.array(organizationUnitSchema).max(2000),
    accounts: z.array(memberAccountSchema).max(20_000),
    readAt: instantSchema,
  }),
]);
export type OrganizationView = Readonly<z.infer<typeof organizationViewSchema>>;

/** One line of the preflight. `warned`: it may go on, knowing this. */
export const preflightCheckSchema = z.strictObject({
  id: z.enum([
    'organization',
    'management',
    'features',
    'rights',
    'pending',
    'quota',
    'email',
    'name',
    'unit',
    'plans',
  ]),
  state: z.enum(['passed', 'warned', 'failed', 'unknown']),
  title: z.string().max(200),
  detail: z.string().max(400),
  error: appErrorSchema.optional(),
});
export type PreflightCheck = Readonly<z.infer<typeof preflightCheckSchema>>;

export const organization = {
  /** asks AWS; the sources that could be chosen are `sources.list` */
  view: call(sourceIdSchema, organizationViewSchema),
  /** with all features; only after the person agreed to what that means */
  create: call(sourceIdSchema, nothing),
  createUnit: call(
    z.strictObject({
      sourceId: z.string().min(1).max(64),
      parentId: placeIdSchema,
      name: z.string().trim().min(1).max(128),
    }),
    z.strictObject({ unitId: placeIdSchema }),
  ),
  moveAccount: call(
    z.strictObject({
      sourceId: z.string().min(1).max(64),
      accountId: accountIdSchema,
      fromParentId: placeIdSchema,
      toParentId: placeIdSchema,
    }),
    nothing,
  ),
  /** looks at everything that can be known before one is asked for; changes nothing */
  preflight: call(
    z.strictObject({ sourceId: z.string().min(1).max(64), wish: subAccountWishSchema }),
    z.strictObject({ checks: z.array(preflightCheckSchema).max(12) }),
  ),
  /** asks AWS once, and goes on in the background */
  createAccount: call(
    z.strictObject({ sourceId: z.string().min(1).max(64), wish: subAccountWishSchema }),
    z.strictObject({ subAccountId: idSchema }),
  ),
  /**
   * goes on with what stopped, looks again at what was not watched any more. `sourceId`: with another one of the same
   * management account than before
   */
  resumeAccount: call(sourceIdSchema.partial().extend({ subAccountId: idSchema }), nothing),
  /** takes the record off the list; what AWS made stays */
  forgetAccount: call(z.strictObject({ subAccountId: idSchema }), nothing),
  listAccounts: call(nothing, z.strictObject({ subAccounts: z.array(subAccountSchema).max(mostSubAccounts) })),
  getAccount: call(z.strictObject({ subAccountId: idSchema }), z.strictObject({ subAccount: subAccountSchema })),
};
