import { z } from '../zod';
import { accessKeyIdSchema, userNameSchema } from './identities';
import { accountIdSchema, idSchema, instantSchema, labelSchema } from './limits';

/** Months between two reviews. */
export const reviewPeriods = ['1', '3', '6', '12', 'never'] as const;
export const reviewPeriodSchema = z.enum(reviewPeriods);
export type ReviewPeriod = z.infer<typeof reviewPeriodSchema>;

/** When a person wants to look at something again. Days are whole. */
export const reviewPolicySchema = z.strictObject({
  every: reviewPeriodSchema,
  /** of connections by these recipes, instead of `every` */
  recipes: z.array(z.strictObject({ recipeId: z.string().min(1).max(64), every: reviewPeriodSchema })).max(40),
  /** a role that nobody used, or nobody could see, for as long; IAM keeps 400 days of it (aws-reference §6.4) */
  unusedDays: z.int().min(1).max(400),
  /** an access key that is as old */
  keyDays: z.int().min(1).max(3650),
  drift: z.boolean(),
  riskRaised: z.boolean(),
  /** the system tells once of what falls due */
  tell: z.boolean(),
});
export type ReviewPolicy = Readonly<z.infer<typeof reviewPolicySchema>>;

/** Keys are to be changed after 90 days (aws-reference §9). */
export const firstReviewPolicy: ReviewPolicy = {
  ...{ every: '6', recipes: [], unusedDays: 90, keyDays: 90, drift: true, riskRaised: true, tell: true },
};

/** In the order of their weight, the heaviest first. */
export const reasonKinds = ['risk-raised', 'drift', 'old-key', 'unused', 'not-seen', 'due'] as const;
export const reasonKindSchema = z.enum(reasonKinds);
export type ReasonKind = z.infer<typeof reasonKindSchema>;

/** Characters of what was seen. */
export const longestSeen = 600;

/** Why something is to be looked at again. */
export const reviewReasonSchema = z.strictObject({
  kind: reasonKindSchema,
  /** says which it is: the same finding has the same key for as long as it lasts, and another one has another */
  key: z.string().min(1).max(120),
  /** since when it is so, as far as anybody knows */
  since: instantSchema,
  /** what was seen, in a sentence or two; times in UTC */
  seen: z.string().min(1).max(longestSeen),
});
export type ReviewReason = Readonly<z.infer<typeof reviewReasonSchema>>;

export const reviewDecisions = ['kept', 'snoozed', 'narrowed', 'revoked'] as const;
export type ReviewDecision = (typeof reviewDecisions)[number];

const about = {
  /** a connection's ID, or an access key's */
  subjectId: z.union([idSchema, accessKeyIdSchema]),
  kind: z.enum(['connection', 'key']),
  /** as it was called then: what is reviewed may be forgotten later */
  name: z.string().min(1).max(200),
  accountId: accountIdSchema,
  /** the role's name, or the user's */
  of: z.string().min(1).max(128),
};

/** Longest note beside a decision, in characters. */
export const longestReviewNote = 400;
export const reviewNoteSchema = z.string().trim().min(1).max(longestReviewNote);

/** What a person decided about one connection or key, and what they saw then. */
export const reviewSchema = z.strictObject({
  ...about,
  id: idSchema,
  /** shared by what was decided with one press */
  batchId: idSchema,
  decision: z.enum(reviewDecisions),
  at: instantSchema,
  /** whom the app worked as */
  by: z.string().max(300).optional(),
  /** kept or narrowed: the next review; snoozed: when it comes back. Absent: no date. */
  until: instantSchema.optional(),
  reasons: z.array(reviewReasonSchema).max(reasonKinds.length),
  note: reviewNoteSchema.optional(),
  /** of a connection: the date that stood there before */
  reviewAtBefore: instantSchema.optional(),
  /** of `narrowed`: the journal of the change */
  putBackId: idSchema.optional(),
  /** of `revoked`: what was begun, and when it had closed the role */
  revocationId: idSchema.optional(),
  doneAt: instantSchema.optional(),
  undoneAt: instantSchema.optional(),
});
export type Review = Readonly<z.infer<typeof reviewSchema>>;

/** An access key as an account's list had it. Its secret is not in it. */
export const keySightSchema = z.strictObject({
  /** the key's */
  id: accessKeyIdSchema,
  accountId: accountIdSchema,
  userName: userNameSchema,
  createdAt: instantSchema,
  active: z.boolean(),
  seenAt: instantSchema,
  /** by which it was seen */
  sourceId: z.string().min(1).max(64),
});
export type KeySight = Readonly<z.infer<typeof keySightSchema>>;

/** A line of the queue. */
export const reviewItemSchema = z.strictObject({
  ...about,
  recipeId: z.string().max(64).optional(),
  folder: labelSchema.optional(),
  /** the heaviest first; none where all is put off */
  reasons: z.array(reviewReasonSchema.pick({ kind: true, since: true })).max(reasonKinds.length),
  /** put off until: the first of what a person decided to wait for */
  snoozedUntil: instantSchema.optional(),
  /** of a key: by which its account is read */
  sourceId: z.string().min(1).max(64).optional(),
});
export type ReviewItem = Readonly<z.infer<typeof reviewItemSchema>>;
