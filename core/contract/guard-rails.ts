import { z } from '../zod';
import { guardRailKinds, guardRailRecordSchema, guardRailSchema, policyTargetIdSchema } from '../domain/guard-rails';
import { accountIdSchema, idSchema, instantSchema } from '../domain/limits';
import { call, nothing } from './call';

const targetSchema = z.strictObject({ sourceId: z.string().min(1).max(64), targetId: policyTargetIdSchema });
const wishSchema = targetSchema.extend({ guardRail: guardRailSchema });
const recordIdSchema = z.strictObject({ recordId: idSchema });
/** `sourceId`: another source of the management account than the one that began it */
const actSchema = recordIdSchema.extend({ sourceId: z.string().min(1).max(64).optional() });

/** A service control policy that holds for a place, because it is attached there or above. */
export const attachedPolicySchema = z.strictObject({
  policyId: z.string().max(132),
  name: z.string().max(128),
  description: z.string().max(512),
  /** the root, unit or account that it is attached to */
  attachedTo: policyTargetIdSchema,
  /** `ours`: this app attached it there, `recordId` says when; `sallyport`: its catalogue did, from elsewhere */
  maker: z.enum(['aws', 'ours', 'sallyport', 'revocation', 'foreign']),
  kind: z.enum(guardRailKinds).optional(),
  recordId: idSchema.optional(),
  /** somebody has written another policy into it since */
  isChanged: z.boolean(),
});
export type AttachedPolicy = Readonly<z.infer<typeof attachedPolicySchema>>;

/** What holds for a place, as AWS says it now. */
export const guardRailsViewSchema = z.strictObject({
  isSwitchedOn: z.boolean(),
  /** from the root to the place itself */
  policies: z.array(attachedPolicySchema).max(200),
  /** records that say attached here where AWS has nothing of them */
  missing: z.array(idSchema).max(200),
  readAt: instantSchema,
});
export type GuardRailsView = Readonly<z.infer<typeof guardRailsViewSchema>>;

/** What a guard rail would do here. Nothing was made for it. */
export const guardRailPreviewSchema = z.strictObject({
  /** the policy, as it would be made */
  document: z.string().max(5120),
  isSwitchedOn: z.boolean(),
  /** so many policies are attached there now, AWS's own counted */
  attachedCount: z.int().min(0).max(1000),
  isAttached: z.boolean(),
  accounts: z.array(z.strictObject({ id: accountIdSchema, name: z.string().max(50) })).max(20_000),
  /** the management account is below it, and is not bound */
  hasManagement: z.boolean(),
  denied: z
    .array(
      z.strictObject({
        name: z.string().max(80),
        accountId: accountIdSchema,
        purpose: z.enum(['recipe', 'revocation']),
        actions: z.array(z.string().max(128)).max(40),
      }),
    )
    .max(500),
  readAt: instantSchema,
});
export type GuardRailPreview = Readonly<z.infer<typeof guardRailPreviewSchema>>;

export const guardRails = {
  /** asks AWS what holds for a root, unit or account */
  read: call(targetSchema, guardRailsViewSchema),
  /** what it would do; makes nothing */
  preview: call(wishSchema, guardRailPreviewSchema),
  /** begins it, and goes on in the background */
  attach: call(wishSchema, recordIdSchema),
  /** begins to take it off, from attached or from wherever it stopped */
  detach: call(actSchema, nothing),
  /** goes on with one that stopped, the way it was going */
  resume: call(actSchema, nothing),
  /** stops before the next call; what is done stays done */
  cancel: call(recordIdSchema, nothing),
  /** takes the record off the list; what is in AWS stays */
  forget: call(recordIdSchema, nothing),
  list: call(nothing, z.strictObject({ records: z.array(guardRailRecordSchema).max(500) })),
};
