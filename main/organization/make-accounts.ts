import type { AppError } from '../../core/app-error';
import { lineState, madeAtOnce, type AccountList, type ListLine } from '../../core/domain/account-list';
import { isBeingMade, isUnderWay, type SubAccount } from '../../core/domain/sub-account';
import { err, ok, type Result } from '../../core/result';
import { isStopped } from '../platform/background';
import { appError, type WorkspaceContext } from '../workspace-context';
import type { AccountListRecords } from './account-list-records';
import type { Organization } from './organization';
import { missingUnits, unitKey, unitsByPath } from './plan-list';
import { pause } from './run';
import type { SubAccounts } from './sub-accounts';

export type MakingPorts = Pick<WorkspaceContext, 'clock' | 'newId'> & {
  readonly records: AccountListRecords;
  readonly organization: Pick<Organization, 'createUnit' | 'view'>;
  readonly subAccounts: Pick<SubAccounts, 'create' | 'list' | 'resume'>;
  readonly listId: string;
  /** a person goes on with it: lines that stopped are gone on with too */
  readonly isResumed: boolean;
  readonly signal: AbortSignal;
};

/** How it ended: each line has its end, or what stopped one would have stopped all. */
export type Ended = { readonly error?: AppError };

/** Milliseconds between two looks at whether AWS takes one more. */
const lookEveryMs = 1_000;

/**
 * Makes the accounts of a list, each through a record of its own. No more than five are ever being made, those included that
 * were asked for elsewhere in this app. Where AWS refuses for a reason that holds for all, no more are begun.
 */
export async function makeAccounts(ports: MakingPorts): Promise<Ended> {
  const { listId, records, subAccounts } = ports;
  const list = records.find(listId);
  if (list === undefined) return {};
  if (ports.isResumed) forgetRefusals(ports);
  // a person goes on all the same: what an earlier round ended with does not end this one
  const excused = new Set(ports.isResumed ? list.lines.flatMap(({ subAccountId = [] }) => subAccountId) : []);
  keepRecords(ports);
  const units = await ensureUnits(ports, list);
  if (ports.signal.aborted) return {};
  if (!units.ok) return { error: units.error };
  for (const { line: number, verdict } of list.lines) {
    if (verdict !== 'make') continue;
    const trouble = asks(ports, number) ? await waitForRoom(ports, excused) : troubleOfAll(ports, excused);
    if (isStopped(ports.signal)) return {};
    if (trouble !== undefined) return { error: trouble };
    const line = lineOf(ports, number);
    if (line === undefined) continue;
    const state = lineState(line, recordOf(recordsOf(ports), line));
    if (state === 'waiting') {
      const refused = await ask(ports, line, units.value);
      if (refused !== undefined) return { error: refused };
    } else if (state === 'stopped' && ports.isResumed && line.subAccountId !== undefined) {
      excused.delete(line.subAccountId);
      const resumed = await subAccounts.resume(line.subAccountId, list.sourceId);
      if (!resumed.ok) return { error: resumed.error };
    }
  }
  return await waitForEnds(ports, excused);
}

/** AWS may be asked for one more account. A request that it has already is only looked at. */
function asks(ports: MakingPorts, number: number): boolean {
  const line = lineOf(ports, number);
  if (line === undefined) return false;
  const record = recordOf(recordsOf(ports), line);
  const state = lineState(line, record);
  return state === 'waiting' || (state === 'stopped' && ports.isResumed && record?.requestId === undefined);
}

/** What holds for all, if AWS refused it to one line since. Waits until fewer than five are being made. */
async function waitForRoom(ports: MakingPorts, excused: ReadonlySet<string>): Promise<AppError | undefined> {
  for (;;) {
    const trouble = troubleOfAll(ports, excused);
    if (trouble !== undefined) return trouble;
    const making = ports.subAccounts.list().filter(isBeingMade);
    if (making.length < madeAtOnce) return undefined;
    // nobody looks at them: waiting would never end
    if (!making.some(isUnderWay)) return notWatched(making.length);
    if (!(await pause(ports, lookEveryMs))) return undefined;
  }
}

function notWatched(count: number): AppError {
  return appError('not-possible', `AWS may still be making ${String(count)} accounts that nobody looks at any more.`, {
    whatDidNotChange: `AWS takes ${String(madeAtOnce)} at a time: no more were asked for.`,
    whatToDo: 'Look at them again in the organization, then go on with this list.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

function keepRecords({ listId, records, subAccounts }: MakingPorts): void {
  const known = recordsOf({ subAccounts });
  records.patch(listId, (list) => ({ ...list, lines: list.lines.map((one) => withRecord(one, known)) }));
}

async function waitForEnds(ports: MakingPorts, excused: ReadonlySet<string>): Promise<Ended> {
  for (;;) {
    const lines = ports.records.find(ports.listId)?.lines ?? [];
    const known = recordsOf(ports);
    const isGoing = lines.some((line) => ['making', 'entering'].includes(lineState(line, recordOf(known, line))));
    if (!isGoing) {
      keepRecords(ports);
      const error = troubleOfAll(ports, excused);
      return error === undefined ? {} : { error };
    }
    if (!(await pause(ports, lookEveryMs))) return {};
  }
}

/** Whether the line is asked for; what refuses all of them otherwise. */
async function ask(
  { listId, newId, records, subAccounts }: MakingPorts,
  line: ListLine,
  units: ReadonlyMap<string, string>,
): Promise<AppError | undefined> {
  const { accessRoleName, email, name, unit } = line;
  const unitId = unit.length === 0 ? undefined : units.get(unitKey(unit));
  const id = line.subAccountId ?? newId();
  const sourceId = records.find(listId)?.sourceId ?? '';
  const known = recordsOf({ subAccounts });
  // on disk before anything is asked: after a crash the same record is looked for, and no second one is made
  const kept = records.patch(listId, (list) => ({
    ...list,
    lines: list.lines.map((one) => (one.line === line.line ? { ...one, subAccountId: id } : withRecord(one, known))),
  }));
  if (!kept.ok) return kept.error;
  const wish = { name, email, accessRoleName, ...(unitId === undefined ? {} : { unitId }) };
  const asked = await subAccounts.create(sourceId, wish, id);
  if (asked.ok) return undefined;
  // of this line alone: its words, or that somebody asked for the address meanwhile
  const isOfLine = asked.error.kind === 'invalid-input' || asked.error.kind === 'already-exists';
  if (!isOfLine) return asked.error;
  records.patchLine(listId, line.line, { error: asked.error });
  return undefined;
}

/** A line whose record was made is not asked for again, also when somebody takes the record off. */
function withRecord(line: ListLine, known: Records): ListLine {
  return line.isRecorded === true || recordOf(known, line) === undefined ? line : { ...line, isRecorded: true };
}

/** Reasons of AWS that end a request for what it is, and not for what the organization may have. */
const ofOneLine = /^(?:EMAIL_ALREADY_EXISTS|INVALID_EMAIL|CONCURRENT_ACCOUNT_MODIFICATION|INTERNAL_FAILURE|GOVCLOUD_)/;

/** Why every other line would end the same way, if one did. */
function troubleOfAll(ports: MakingPorts, excused: ReadonlySet<string>): AppError | undefined {
  const known = recordsOf(ports);
  for (const line of ports.records.find(ports.listId)?.lines ?? []) {
    const record = recordOf(known, line);
    if (record?.error === undefined || record.accountId !== undefined || excused.has(record.id)) continue;
    if (record.state === 'stopped') return record.error;
    if (record.state === 'failed' && !ofOneLine.test(record.failureReason ?? '')) return record.error;
  }
  return undefined;
}

/** A line that was refused before AWS was asked is asked for once more. */
function forgetRefusals({ listId, records }: MakingPorts): void {
  records.patch(listId, (list) => ({
    ...list,
    lines: list.lines.map(({ error: _error, ...line }) => line),
  }));
}

/** IDs of all units by path, after those that are missing were made. What is there already is not made again. */
async function ensureUnits(
  { listId, organization, records, signal }: MakingPorts,
  { sourceId }: AccountList,
): Promise<Result<ReadonlyMap<string, string>>> {
  const view = await organization.view(sourceId);
  if (!view.ok) return view;
  if (view.value.kind !== 'management')
    return err(appError('not-possible', 'The organization is not seen any more.', {}));
  const known = new Map(unitsByPath(view.value));
  for (const path of missingUnits(records.find(listId)?.lines ?? [], view.value)) {
    if (signal.aborted) break;
    const parentId = known.get(unitKey(path.slice(0, -1))) ?? view.value.rootId;
    const made = await organization.createUnit(sourceId, parentId, path.at(-1) ?? '');
    if (!made.ok) return made;
    known.set(unitKey(path), made.value.unitId);
  }
  return ok(known);
}

type Records = ReadonlyMap<string, SubAccount>;

/** All at once: a list of hundreds looks for hundreds. */
function recordsOf({ subAccounts }: Pick<MakingPorts, 'subAccounts'>): Records {
  return new Map(subAccounts.list().map((one) => [one.id, one]));
}

function recordOf(records: Records, { subAccountId }: ListLine): SubAccount | undefined {
  return subAccountId === undefined ? undefined : records.get(subAccountId);
}

function lineOf({ listId, records }: MakingPorts, number: number): ListLine | undefined {
  return records.find(listId)?.lines.find(({ line }) => line === number);
}
