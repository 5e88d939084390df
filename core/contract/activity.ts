import { z } from 'zod';
import { activityEntrySchema, activityFilterSchema, chainStateSchema } from '../domain/activity';
import { instantSchema } from '../domain/limits';
import { call, nothing } from './call';

/** A byte of the log: where a line begins. */
const placeSchema = z.int().min(0);

export const activity = {
  /** newest first; an answer may be short, or empty, and `before` still say where to go on */
  page: call(
    z.strictObject({ filter: activityFilterSchema, before: placeSchema.optional() }),
    z.strictObject({ entries: z.array(activityEntrySchema).max(200), before: placeSchema.optional() }),
  ),
  /** follows the whole chain */
  check: call(nothing, chainStateSchema.extend({ checkedAt: instantSchema })),
  /** JSON Lines is the whole log as it is, CSV what the filter lets through; without `path` the person chose none */
  save: call(
    z.strictObject({ format: z.enum(['json-lines', 'csv']), filter: activityFilterSchema }),
    z.strictObject({ path: z.string().max(4096).optional() }),
  ),
};
