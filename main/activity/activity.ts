import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ActivityEntry, ActivityFilter } from '../../core/domain/activity';
import { actWords } from '../../core/domain/activity-words';
import { formatCsv } from '../../core/domain/account-list-csv';
import { err, ok, type Result } from '../../core/result';
import type { AppError } from '../../core/app-error';
import { nextTurn } from '../platform/next-turn';
import type { PersonFiles } from '../platform/person-files';
import { codeOf } from '../store/store-error';
import { appError, type WorkspaceContext } from '../workspace-context';
import { piecesBack, sizeOf } from './audit-file';
import { ChainFollower, type FollowedChain } from './chain-follower';
import { matches, Names, readEntry, type NamesPorts } from './entries';

/** Entries of one answer. */
export const pageSize = 200;
/** Lines that are read for one answer, so that a rare word does not hold the app up; the window asks on. */
const mostRead = 10_000;
/** Bytes that are looked through for one answer, read or held back by their looks: some hundred thousand lines. */
const mostBytes = 32 * 1024 * 1024;
/** Rows of a CSV: more than a spreadsheet takes is no help. */
const mostRows = 1_000_000;

export type ActivityPorts = Pick<WorkspaceContext, 'audit' | 'clock'> &
  NamesPorts & {
    /** of the audit log, absolute */
    readonly auditPath: string;
    readonly files: Pick<PersonFiles, 'saveFile'>;
  };

export type ActivityPage = {
  readonly entries: ActivityEntry[];
  /** the lines that begin before this place were looked at, back to `before` */
  readonly end: number;
  /** where to go on; undefined at the beginning of the log */
  readonly before?: number;
};

/** `isCut`: there is more than a spreadsheet holds, and the newest are in it. */
type Made = { readonly content: string | Uint8Array; readonly isCut: boolean };

/** What was done, read from the audit log. The log is never changed here, and never held whole. */
export class Activity {
  readonly #ports: ActivityPorts;
  readonly #chain: ChainFollower;

  constructor(ports: ActivityPorts) {
    this.#ports = ports;
    this.#chain = new ChainFollower(ports.auditPath, () => ports.clock.now());
  }

  /** Newest first. An answer may be short, or empty, and still say where to go on. Errors: `store-unreadable`. */
  async page(filter: ActivityFilter, before?: number): Promise<Result<ActivityPage>> {
    const { auditPath } = this.#ports;
    const names = new Names(this.#ports);
    const entries: ActivityEntry[] = [];
    let read = 0;
    try {
      // what is added while this reads is not in it
      const end = before ?? sizeOf(auditPath);
      for (const piece of piecesBack(auditPath, end, names.sieveFor(filter))) {
        for (const placed of piece.lines) {
          read += 1;
          const entry = readEntry(placed, names);
          if (matches(entry, filter)) entries.push(entry);
          if (entries.length >= pageSize || read >= mostRead) return ok(pageOf(entries, end, placed.at));
        }
        if (end - piece.at >= mostBytes) return ok(pageOf(entries, end, piece.at));
        await nextTurn();
      }
      return ok({ entries, end });
    } catch (error) {
      return err(unreadable(auditPath, error));
    }
  }

  /**
   * Whether each line follows the one before it: on from where it was last checked, or from the first. Only the latter sees
   * that an early line was changed since.
   */
  async check(fromFirst: boolean): Promise<Result<FollowedChain>> {
    try {
      return ok(await this.#chain.follow(fromFirst));
    } catch (error) {
      return err(unreadable(this.#ports.auditPath, error));
    }
  }

  /** The whole log byte by byte, or those lines that the filter lets through as CSV. `path` is undefined where the person chose none. */
  async save(format: 'json-lines' | 'csv', filter: ActivityFilter): Promise<Result<{ path?: string; isCut?: true }>> {
    const { audit, clock, files } = this.#ports;
    let isCut: boolean | undefined;
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const saved = await files.saveFile({
      name: `sallyport-activity-${day}.${format === 'csv' ? 'csv' : 'jsonl'}`,
      make: async () => {
        const made = await this.#made(format, filter);
        if (!made.ok) return made;
        ({ isCut } = made.value);
        return ok(made.value.content);
      },
    });
    if (!saved.ok) return saved;
    if (saved.value === undefined) return ok({});
    audit({
      act: 'activity.exported',
      subject: basename(saved.value),
      format,
      ...(isCut === true && { newest: mostRows }),
    });
    return ok({ path: saved.value, ...(isCut === true && { isCut }) });
  }

  async #made(format: 'json-lines' | 'csv', filter: ActivityFilter): Promise<Result<Made>> {
    const { auditPath } = this.#ports;
    try {
      return ok(format === 'csv' ? await this.#csv(filter) : { content: await bytesOf(auditPath), isCut: false });
    } catch (error) {
      return err(unreadable(auditPath, error));
    }
  }

  async #csv(filter: ActivityFilter): Promise<Made> {
    const names = new Names(this.#ports);
    const parts = [formatCsv([['Time', 'What was done', 'Act', 'Connection', 'Account', 'Done to', 'Details']])];
    let count = 0;
    for (const { lines } of piecesBack(this.#ports.auditPath, undefined, names.sieveFor(filter))) {
      const rows = lines.map((placed) => readEntry(placed, names)).filter((entry) => matches(entry, filter));
      parts.push(formatCsv(rows.slice(0, mostRows - count).map(rowOf)));
      count += rows.length;
      if (count > mostRows) break;
      await nextTurn();
    }
    return { content: parts.join(''), isCut: count > mostRows };
  }
}

function pageOf(entries: ActivityEntry[], end: number, before: number): ActivityPage {
  // at the very beginning nothing stands before
  return { entries, end, ...(before > 0 && { before }) };
}

function rowOf(entry: ActivityEntry): string[] {
  return [
    entry.time === undefined ? '' : new Date(entry.time).toISOString(),
    entry.isTorn === true ? 'Line cut off' : actWords(entry.act),
    entry.act,
    entry.connection?.name ?? '',
    entry.accountId ?? '',
    entry.subject,
    entry.facts.map(({ name, value }) => `${name}=${value}`).join('; '),
  ];
}

/** A log that is not there yet is empty. */
async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return new Uint8Array(0);
    throw error;
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
