import { z } from 'zod';
import { instantSchema } from './limits';

/** One act of a connection, from the audit log. `act` is the log's word, `facts` what it says besides, in its order. */
export const timelineEntrySchema = z.strictObject({
  at: instantSchema,
  act: z.string().max(64),
  facts: z.array(z.strictObject({ name: z.string().max(64), value: z.string().max(500) })).max(20),
});
export type TimelineEntry = Readonly<z.infer<typeof timelineEntrySchema>>;

export const mostTimelineEntries = 300;

/** These say whose line it is, or name things by IDs that nobody reads. */
const unread = /^(?:at|act|subject|connectionId|sessionId|revocationId|batchId|sourceId|operationId)$/;

/** A line of the audit log as an entry; `undefined` for what is no such line. */
export function timelineEntryOf(line: Readonly<Record<string, unknown>>): TimelineEntry | undefined {
  const { act, at } = line;
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  if (typeof act !== 'string' || Number.isNaN(time) || time < 0) return undefined;
  return {
    at: time,
    act: act.slice(0, 64),
    facts: Object.entries(line)
      .filter(([name]) => !unread.test(name))
      .slice(0, 20)
      .map(([name, value]) => ({ name: name.slice(0, 64), value: String(value).slice(0, 500) })),
  };
}
