import { z } from '../zod';
import { activityEntrySchema, activityFilterSchema, chainStateSchema } from '../domain/activity';
import { instantSchema } from '../domain/limits';
import { call } from './call';

/** A byte of the log: where a line begins. */
const placeSchema = z.int().min(0);

export const activity = {
  /** newest first; an answer may be short, or empty, and `before` still say where to go on */
  page: call(
    z.strictObject({ filter: activityFilterSchema, before: placeSchema.optional() }),
    z.strictObject({
      entries: z.array(activityEntrySchema).max(200),
      /** what begins before this place was looked at, back to `before` */
      end: placeSchema,
      before: placeSchema.optional(),
    }),
  ),
  /** follows the chain: `fromFirst` every line, else what came since it was last followed. `wholeAt`: when it last was from the first */
  check: call(
    z.strictObject({ fromFirst: z.boolean() }),
    chainStateSchema.extend({ checkedAt: instantSchema, wholeAt: instantSchema }),
  ),
  /**
   * JSON Lines is the whole log as it is, CSV what the filter lets through; without `path` the person chose none. `isCut`: a
   * spreadsheet holds no more than the newest million of them
   */
  save: call(
    z.strictObject({ format: z.enum(['json-lines', 'csv']), filter: activityFilterSchema }),
    z.strictObject({ path: z.string().max(4096).optional(), isCut: z.literal(true).optional() }),
  ),
};
