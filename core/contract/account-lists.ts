import { z } from '../zod';
import { accountListSchema, lineStates, mostLines, plannedLineSchema, writtenLineSchema } from '../domain/account-list';
import { accountIdSchema, idSchema, instantSchema } from '../domain/limits';
import { call, nothing } from './call';

const listIdSchema = z.strictObject({ listId: idSchema });

const actSchema = listIdSchema.extend({ sourceId: z.string().min(1).max(64).optional() });

/** Characters of a list: 500 long lines. */
const largestList = 300_000;

export const listResultSchema = writtenLineSchema.extend({
  state: z.enum(lineStates),
  /** why it is so, in words, where that is not plain */
  why: z.string().max(1000).optional(),
  accountId: accountIdSchema.optional(),
  subAccountId: idSchema.optional(),
});
export type ListResult = Readonly<z.infer<typeof listResultSchema>>;

const listViewSchema = accountListSchema.omit({ lines: true }).extend({
  results: z.array(listResultSchema).max(mostLines),
});
export type AccountListView = Readonly<z.infer<typeof listViewSchema>>;

const listSummarySchema = z.strictObject({
  id: idSchema,
  state: accountListSchema.shape.state,
  startedAt: instantSchema,
  /** lines that make an account; those of them that are ready; those that failed or stopped */
  wanted: z.int().min(0),
  ready: z.int().min(0),
  failed: z.int().min(0),
});
export type AccountListSummary = Readonly<z.infer<typeof listSummarySchema>>;

/** Many accounts from a list: a plan first, confirmed as a whole, then five at a time. */
export const accountLists = {
  /** what each line would come to; reads the organization, changes nothing. `fault`: the text as a whole is no list */
  plan: call(
    z.strictObject({ sourceId: z.string().min(1).max(64), text: z.string().min(1).max(largestList) }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('fault'), line: z.int().min(1), message: z.string().max(400) }),
      z.strictObject({
        kind: z.literal('plan'),
        planId: idSchema,
        lines: z.array(plannedLineSchema).max(mostLines),
        /** paths of the units that will be made, the upper ones first */
        newUnits: z.array(z.string().max(800)).max(mostLines * 5),
      }),
    ]),
    largestList + 1000,
  ),
  /** what the plan said, and nothing else */
  start: call(z.strictObject({ planId: idSchema }), listIdSchema),
  /** begins no more of them; those that AWS is at come to their end */
  stop: call(listIdSchema, nothing),
  /**
   * goes on with the lines that wait or stopped; what was asked for is looked for first. `sourceId`: with another one of
   * the same management account than before
   */
  resume: call(actSchema, nothing),
  /** takes the list off; its accounts and their records stay */
  forget: call(listIdSchema, nothing),
  list: call(nothing, z.strictObject({ lists: z.array(listSummarySchema).max(50) })),
  get: call(listIdSchema, listViewSchema),
  /** the result of each line as CSV; without `path` the person chose no place */
  save: call(listIdSchema, z.strictObject({ path: z.string().max(4096).optional() })),
};
