import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ActivityEntry, ActivityFilter, ChainState } from '../../core/domain/activity';
import { actWords } from '../../core/domain/activity-words';
import { formatCsv } from '../../core/domain/account-list-csv';
import { err, ok, type Result } from '../../core/result';
import type { AppError } from '../../core/app-error';
import type { Connections } from '../connections/connections';
import type { PersonFiles } from '../platform/person-files';
import type { Sessions } from '../sessions/sessions';
import { appError, type WorkspaceContext } from '../workspace-context';
import { checkFile, linesBack } from './audit-file';
import { matches, readEntry, type Names } from './entries';

/** Entries of one answer. */
export const pageSize = 200;
/** Lines that are looked at for one answer, so that a rare word does not hold the app up; the window asks on. */
const mostLooked = 10_000;
/** Rows of a CSV: more than a spreadsheet takes is no help. */
const mostRows = 1_000_000;

export type ActivityPorts = Pick<WorkspaceContext, 'audit' | 'clock'> & {
  /** of the audit log, absolute */
  readonly auditPath: string;
  readonly connections: Pick<Connections, 'all' | 'find'>;
  readonly sessions: Pick<Sessions, 'find'>;
  readonly files: Pick<PersonFiles, 'saveFile'>;
};

export type ActivityPage = {
  readonly entries: ActivityEntry[];
  /** where to go on; undefined at the beginning of the log */
  readonly before?: number;
};

/** What was done, read from the audit log. The log is never changed here, and never held whole. */
export class Activity {
  readonly #ports: ActivityPorts;

  constructor(ports: ActivityPorts) {
    this.#ports = ports;
  }

  /** Newest first. An answer may be short, or empty, and still say where to go on. Errors: `store-unreadable`. */
  page(filter: ActivityFilter, before?: number): Result<ActivityPage> {
    const names = this.#names();
    const entries: ActivityEntry[] = [];
    let looked = 0;
    try {
      for (const placed of linesBack(this.#ports.auditPath, before)) {
        looked += 1;
        const entry = readEntry(placed, names);
        if (matches(entry, filter)) entries.push(entry);
        if (entries.length >= pageSize || looked >= mostLooked) return ok({ entries, before: placed.at });
      }
    } catch (error) {
      return err(unreadable(this.#ports.auditPath, error));
    }
    return ok({ entries });
  }

  async check(): Promise<Result<ChainState & { checkedAt: number }>> {
    try {
      const { auditPath, clock } = this.#ports;
      return ok({ ...(await checkFile(auditPath)), checkedAt: clock.now() });
    } catch (error) {
      return err(unreadable(this.#ports.auditPath, error));
    }
  }

  /** The whole log line by line as it is, or those that the filter lets through as CSV. `path` is undefined where the person chose none. */
  async save(format: 'json-lines' | 'csv', filter: ActivityFilter): Promise<Result<{ path?: string }>> {
    const { audit, auditPath, clock, files } = this.#ports;
    let text: string;
    try {
      text = format === 'csv' ? this.#csv(filter) : readFileSync(auditPath, 'utf8');
    } catch (error) {
      return err(unreadable(auditPath, error));
    }
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const saved = await files.saveFile({
      name: `sallyport-activity-${day}.${format === 'csv' ? 'csv' : 'jsonl'}`,
      text,
    });
    if (!saved.ok) return saved;
    if (saved.value === undefined) return ok({});
    audit({ act: 'activity.exported', subject: basename(saved.value), format });
    return ok({ path: saved.value });
  }

  #csv(filter: ActivityFilter): string {
    const names = this.#names();
    const rows: string[][] = [];
    for (const placed of linesBack(this.#ports.auditPath, undefined)) {
      const entry = readEntry(placed, names);
      if (!matches(entry, filter)) continue;
      rows.push([
        entry.time === undefined ? '' : new Date(entry.time).toISOString(),
        entry.isTorn === true ? 'Line cut off' : actWords(entry.act),
        entry.act,
        entry.connection?.name ?? '',
        entry.accountId ?? '',
        entry.subject,
        entry.facts.map(({ name, value }) => `${name}=${value}`).join('; '),
      ]);
      if (rows.length >= mostRows) break;
    }
    return formatCsv([['Time', 'What was done', 'Act', 'Connection', 'Account', 'Done to', 'Details'], ...rows]);
  }

  #names(): Names {
    const { connections, sessions } = this.#ports;
    const byRole = new Map(connections.all().map((one) => [`${one.accountId}/${one.roleName}`, one]));
    return {
      connection: (id) => connections.find(id),
      byRole: (accountId, roleName) => byRole.get(`${accountId}/${roleName}`),
      connectionOfSession: (sessionId) => (sessionId === '' ? undefined : sessions.find(sessionId)?.connectionId),
    };
  }
}

function unreadable(path: string, error: unknown): AppError {
  return appError('store-unreadable', `${basename(path)} cannot be read.`, {
    whatDidNotChange: 'The file stays as it is.',
    whatToDo: 'Look whether this user may read it.',
    detail: error instanceof Error ? error.message : String(error),
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}
