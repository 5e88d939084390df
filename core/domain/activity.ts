import { z } from '../zod';
import { activityKinds } from './activity-words';
import { accountIdSchema, idSchema, instantSchema } from './limits';

/** A line of the audit log, as far as the window shows it. */
export const activityEntrySchema = z.strictObject({
  /** where its line begins in the file, in bytes */
  at: z.int().min(0),
  /** undefined where the line does not say */
  time: instantSchema.optional(),
  act: z.string().max(80),
  subject: z.string().max(2048),
  /** what else was written down, in its order; the links of the chain left out */
  facts: z.array(z.strictObject({ name: z.string().max(64), value: z.string().max(4096) })).max(40),
  /** what it was done with or to, as far as it is still known here */
  connection: z.strictObject({ id: idSchema, name: z.string().max(120) }).optional(),
  accountId: accountIdSchema.optional(),
  /** the line was cut off: it says nothing */
  isTorn: z.boolean().optional(),
});
export type ActivityEntry = Readonly<z.infer<typeof activityEntrySchema>>;

/** All that is set has to hold. */
export const activityFilterSchema = z.strictObject({
  since: instantSchema.optional(),
  kind: z.enum(activityKinds).optional(),
  connectionId: idSchema.optional(),
  accountId: accountIdSchema.optional(),
  sourceId: z.string().max(64).optional(),
  /** each of these words stands somewhere in the line or in its words on screen */
  words: z.string().max(200).optional(),
});
export type ActivityFilter = Readonly<z.infer<typeof activityFilterSchema>>;

/** A place where a line does not follow the one before it. */
export const chainBreakSchema = z.strictObject({
  /** of the line that does not follow; 1 is the first */
  line: z.int().min(1),
  /** when the last whole line before it was written, and when it itself was; undefined where there is none */
  after: instantSchema.optional(),
  before: instantSchema.optional(),
});
export type ChainBreak = Readonly<z.infer<typeof chainBreakSchema>>;

export const chainStateSchema = z.strictObject({
  /** lines that were looked at */
  lines: z.int().min(0),
  /** of them, written before lines were chained */
  unchained: z.int().min(0),
  /** of them, cut off by a crash; what follows them says so */
  torn: z.int().min(0),
  /** places where a line does not follow; the first of them are named */
  broken: z.int().min(0),
  breaks: z.array(chainBreakSchema).max(50),
  /** the hash of the last line: who wrote it down can tell later whether lines at the end are missing */
  last: z.string().max(64).optional(),
});
export type ChainState = Readonly<z.infer<typeof chainStateSchema>>;

/** A break in words. `moment` writes a time as the reader knows it. */
export function breakWords({ after, before, line }: ChainBreak, moment: (time: number) => string): string {
  const place = `line ${String(line)}`;
  if (after !== undefined && before !== undefined) {
    return `A line is missing, was added or was changed between ${moment(after)} and ${moment(before)}, at ${place}.`;
  }
  if (before !== undefined) return `What stood before ${moment(before)} is missing or was changed, at ${place}.`;
  return `A line is missing, was added or was changed at ${place}.`;
}
