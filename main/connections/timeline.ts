import type { Connection } from '../../core/domain/connection';
import { mostTimelineEntries, timelineEntryOf, type TimelineEntry } from '../../core/domain/timeline';
import type { AuditLine } from '../store/audit-lines';

/** What was done with a connection, from the audit log, newest first: lines that name it, its role, or a session of the role. */
export function timelineOf(
  { accountId, id, roleArn, roleName }: Pick<Connection, 'accountId' | 'id' | 'roleArn' | 'roleName'>,
  readAudit: (texts: readonly string[]) => readonly AuditLine[],
): TimelineEntry[] {
  return readAudit([id, `"${roleArn}"`, `:${accountId}:assumed-role/${roleName}/`])
    .flatMap((line) => timelineEntryOf(line) ?? [])
    .slice(-mostTimelineEntries)
    .reverse();
}
