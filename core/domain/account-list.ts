import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { err, ok, type Result } from '../result';
import { parseCsv, type CsvFault, type CsvRow } from './account-list-csv';
import { accountIdSchema, idSchema, instantSchema } from './limits';
import type { SubAccount } from './sub-account';

/** Lines of one list. */
export const mostLines = 500;
/** AWS makes so many accounts of an organization at a time (aws-reference §7). */
export const madeAtOnce = 5;
/** Units nest so deep below the root (API reference, OU_DEPTH_LIMIT_EXCEEDED). */
export const deepestUnit = 5;

const unitPathSchema = z.array(z.string().max(128)).max(deepestUnit);

/** What a line wishes for, as somebody wrote it; it may be wrong. */
export const writtenLineSchema = z.strictObject({
  /** in the text, 1 for the first */
  line: z.int().min(1),
  name: z.string().max(200),
  email: z.string().max(200),
  /** from below the root down; empty: the root */
  unit: unitPathSchema,
  accessRoleName: z.string().max(100),
});
export type WrittenLine = Readonly<z.infer<typeof writtenLineSchema>>;

/** `there`: an account, or a request of this app, has the address already. */
export const plannedLineSchema = writtenLineSchema.extend({
  verdict: z.enum(['make', 'there', 'wrong']),
  why: z.string().max(400).optional(),
  accountId: accountIdSchema.optional(),
});
export type PlannedLine = Readonly<z.infer<typeof plannedLineSchema>>;

export const listLineSchema = plannedLineSchema.extend({
  /** of its record; written down before the record is made, so that one line never makes two accounts */
  subAccountId: idSchema.optional(),
  /** the record was made */
  isRecorded: z.boolean().optional(),
  /** refused before AWS was asked */
  error: appErrorSchema.optional(),
});
export type ListLine = Readonly<z.infer<typeof listLineSchema>>;

/**
 * Accounts that are made one after the other. `running`: begins the next as soon as AWS takes one more; `stopped`: by a
 * person, or because what stopped one would stop all, then `error` says it; `done`: each line has its end.
 */
export const accountListSchema = z.strictObject({
  id: idSchema,
  sourceId: z.string().min(1).max(64),
  managementAccountId: accountIdSchema,
  state: z.enum(['running', 'stopped', 'done']),
  startedAt: instantSchema,
  lines: z.array(listLineSchema).min(1).max(mostLines),
  error: appErrorSchema.optional(),
});
export type AccountList = Readonly<z.infer<typeof accountListSchema>>;

export const lineStates = [
  'waiting',
  'making',
  'entering',
  'ready',
  'stopped',
  'failed',
  'there',
  'wrong',
  'forgotten',
] as const;
export type LineState = (typeof lineStates)[number];

/** How a line stands, by the record of its account. */
export function lineState(line: ListLine, record: SubAccount | undefined): LineState {
  if (line.verdict !== 'make') return line.verdict;
  if (record === undefined) {
    if (line.error !== undefined) return 'failed';
    return line.isRecorded === true ? 'forgotten' : 'waiting';
  }
  switch (record.state) {
    case 'asking':
    case 'making':
      return 'making';
    case 'moving':
    case 'entering':
      return 'entering';
    case 'unwatched':
    case 'stopped':
      return 'stopped';
    case 'ready':
    case 'failed':
      return record.state;
  }
}

type Column = 'name' | 'email' | 'unit' | 'role';
const inOrder: readonly Column[] = ['name', 'email', 'unit', 'role'];
const headings: ReadonlyMap<string, Column> = new Map([
  ['name', 'name'],
  ['account name', 'name'],
  ['email', 'email'],
  ['e-mail', 'email'],
  ['unit', 'unit'],
  ['unit path', 'unit'],
  ['ou', 'unit'],
  ['role', 'role'],
  ['access role', 'role'],
]);

/**
 * Lines of name, e-mail, unit and access role, the last two if wanted; a first row with these words says the order. A line
 * that is too long for its columns is a fault of the whole: it is not known what was meant.
 */
export function readAccountList(text: string, defaultRoleName: string): Result<readonly WrittenLine[], CsvFault> {
  const parsed = parseCsv(text);
  if (!parsed.ok) return parsed;
  const [first, ...rest] = parsed.value;
  if (first === undefined) return err({ line: 1, message: 'There is nothing in it.' });
  const named = first.cells.map((cell) => headings.get(cell.toLowerCase()));
  const hasHead = named.includes('email');
  const unknown = first.cells.findIndex((_cell, index) => hasHead && named[index] === undefined);
  if (unknown >= 0) {
    return err({ line: first.line, message: `“${first.cells[unknown] ?? ''}” is none of name, e-mail, unit, role.` });
  }
  if (hasHead && new Set(named).size < named.length)
    return err({ line: first.line, message: 'A column is there twice.' });
  const columns = hasHead ? named : inOrder;
  const rows = hasHead ? rest : parsed.value;
  if (rows.length === 0) return err({ line: first.line, message: 'There is no line below the names of the columns.' });
  if (rows.length > mostLines) {
    return err({ line: rows[mostLines]?.line ?? 1, message: `A list has ${String(mostLines)} lines at most.` });
  }
  const long = rows.find(({ cells }) => cells.length > columns.length || cells.some((cell) => cell.length > 1000));
  if (long !== undefined)
    return err({ line: long.line, message: 'It has more columns than name, e-mail, unit, role.' });
  return ok(rows.map((row) => writtenLine(row, columns, defaultRoleName)));
}

function writtenLine({ cells, line }: CsvRow, columns: readonly (Column | undefined)[], roleName: string): WrittenLine {
  const of = (column: Column) => cells[columns.indexOf(column)]?.trim() ?? '';
  return {
    line,
    name: of('name').slice(0, 200),
    email: of('email').slice(0, 200),
    unit: unitPath(of('unit')),
    accessRoleName: (of('role') === '' ? roleName : of('role')).slice(0, 100),
  };
}

/** “Root / Workloads / Test”, “/Workloads/Test” and “Workloads/Test” are the same. One too deep keeps its last as a rest. */
function unitPath(text: string): string[] {
  const parts = text
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const below = parts[0]?.toLowerCase() === 'root' ? parts.slice(1) : parts;
  // what is too deep or too long is said in the plan, and must fit into it
  return below.length <= deepestUnit
    ? below.map((part) => part.slice(0, 128))
    : [
        ...below.slice(0, deepestUnit - 1),
        below
          .slice(deepestUnit - 1)
          .join('/')
          .slice(0, 128),
      ];
}
