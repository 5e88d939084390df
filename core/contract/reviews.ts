import { z } from '../zod';
import { testResultSchema } from '../domain/check';
import { accessKeyIdSchema } from '../domain/identities';
import { idSchema, instantSchema } from '../domain/limits';
import {
  keySightSchema,
  reasonKindSchema,
  reviewItemSchema,
  reviewNoteSchema,
  reviewPeriodSchema,
  reviewPolicySchema,
  reviewReasonSchema,
  reviewSchema,
} from '../domain/review';
import { call, nothing } from './call';

/** A message that may name everything there can be, in characters. */
const namesAll = 900_000;
const subjectIdSchema = z.union([idSchema, accessKeyIdSchema]);
const subjectIdsSchema = z.array(subjectIdSchema).min(1).max(20_000);
const countSchema = z.int().min(0);
const doneSchema = z.strictObject({ batchId: idSchema, count: countSchema });

/** Reviews of one connection or key that are shown beside it. */
const mostShown = 20;

const detailSchema = z.strictObject({
  item: reviewItemSchema,
  /** its access is closed, or being closed: there is nothing to decide */
  isClosed: z.boolean(),
  reasons: z.array(reviewReasonSchema).max(10),
  /** decided about, and waiting for its date */
  waiting: z.array(z.strictObject({ reason: reviewReasonSchema, until: instantSchema.optional() })).max(10),
  /** the newest first */
  reviews: z.array(reviewSchema).max(mostShown),
  /** when it is due by date; absent where it never is */
  dueAt: instantSchema.optional(),
  /** the date that keeping it would give */
  nextAt: instantSchema.optional(),
  /** of a connection: what it can do, in a line, and whether that was seen in AWS or is what was agreed */
  can: z.strictObject({ words: z.string().max(400), seenAt: instantSchema.optional() }).optional(),
  lastTest: z.strictObject({ at: instantSchema, state: testResultSchema.shape.state }).optional(),
  /** `at` absent: IAM knew of none when the role was seen. The whole absent: not seen. */
  lastUse: z.strictObject({ at: instantSchema.optional(), seenAt: instantSchema }).optional(),
  notes: z.string().max(4000),
  owner: z.string().max(200),
  key: keySightSchema.optional(),
});

/** What is to be looked at again, why, and what was decided. Topic `reviews`. */
export const reviews = {
  /** what is due, and what is put off; `nextAt` is when the next falls due by its date */
  queue: call(
    nothing,
    z.strictObject({
      items: z.array(reviewItemSchema).max(40_000),
      connections: countSchema,
      /** keys of which anything is known here */
      keys: countSchema,
      nextAt: instantSchema.optional(),
    }),
  ),
  get: call(z.strictObject({ subjectId: subjectIdSchema }), detailSchema),
  getPolicy: call(nothing, z.strictObject({ policy: reviewPolicySchema })),
  /** how many would be due under it, and for what; a line of the queue may be due for several reasons */
  tryPolicy: call(
    z.strictObject({ policy: reviewPolicySchema }),
    z.strictObject({
      due: countSchema,
      reasons: z.array(z.strictObject({ kind: reasonKindSchema, count: countSchema })).max(10),
    }),
  ),
  setPolicy: call(z.strictObject({ policy: reviewPolicySchema }), nothing),
  /** they stay as they are, with the next date by the policy */
  keep: call(z.strictObject({ subjectIds: subjectIdsSchema, note: reviewNoteSchema.optional() }), doneSchema, namesAll),
  /** what is due for them waits until that moment; a reason that comes meanwhile does not */
  snooze: call(
    z.strictObject({ subjectIds: subjectIdsSchema, until: instantSchema, note: reviewNoteSchema.optional() }),
    doneSchema,
    namesAll,
  ),
  /** a revocation was begun out of a review: it is on record as decided when nobody comes in by the role any more */
  revoking: call(
    z.strictObject({ connectionId: idSchema, revocationId: idSchema, note: reviewNoteSchema.optional() }),
    nothing,
  ),
  /** takes back what was kept or snoozed with one press */
  undo: call(z.strictObject({ batchId: idSchema }), nothing),
  /** takes back every putting off of it that still holds */
  bringBack: call(z.strictObject({ subjectId: subjectIdSchema }), nothing),
  /** a date for each of them, so many months ahead, or none */
  setDates: call(
    z.strictObject({
      connectionIds: z.array(idSchema).min(1).max(20_000),
      to: z.union([z.strictObject({ at: instantSchema }), z.strictObject({ every: reviewPeriodSchema })]),
    }),
    doneSchema,
    namesAll,
  ),
  /** the dates that stood there before, while the app runs */
  undoDates: call(z.strictObject({ batchId: idSchema }), nothing),
  /** asks AWS how old the access keys are that Sallyport calls with */
  lookAtKeys: call(
    nothing,
    z.strictObject({
      seen: countSchema,
      /** those that could not be asked about, and why */
      unseen: z.array(z.strictObject({ label: z.string().max(80), why: z.string().max(1000) })).max(200),
    }),
  ),
  /** decisions of a time as CSV; without `path` the person chose none */
  save: call(
    z.strictObject({ from: instantSchema, to: instantSchema }),
    z.strictObject({ path: z.string().max(4096).optional(), count: countSchema }),
  ),
};
export type ReviewDetail = Readonly<z.infer<typeof detailSchema>>;
export type ReviewQueue = Readonly<z.infer<typeof reviews.queue.output>>;
