import { setMaxListeners } from 'node:events';
import type { AppError } from '../../core/app-error';
import type { AccountListSummary, AccountListView, ListResult } from '../../core/contract/account-lists';
import { lineState, readAccountList, type AccountList, type PlannedLine } from '../../core/domain/account-list';
import { formatCsv } from '../../core/domain/account-list-csv';
import { mostSubAccounts, type SubAccount } from '../../core/domain/sub-account';
import { err, ok, type Result } from '../../core/result';
import { Background } from '../platform/background';
import type { PersonFiles } from '../platform/person-files';
import type { Sources } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { AccountListRecords, mostLists, type AccountListRecordsPorts } from './account-list-records';
import { asManagement } from './management';
import { missingUnits, planLines } from './plan-list';
import type { Organization } from './organization';
import { makeAccounts } from './make-accounts';
import type { SubAccounts } from './sub-accounts';

export type AccountListsPorts = AccountListRecordsPorts &
  Pick<WorkspaceContext, 'audit' | 'clock' | 'newId'> & {
    readonly sources: Sources;
    readonly organization: Pick<Organization, 'createUnit' | 'view'>;
    readonly subAccounts: Pick<SubAccounts, 'create' | 'list' | 'resume'>;
    readonly files: PersonFiles;
  };

type Done = Result<Record<string, never>>;
type Plan = { readonly sourceId: string; readonly lines: readonly PlannedLine[] };
type Planned =
  | { readonly kind: 'fault'; readonly line: number; readonly message: string }
  | { readonly kind: 'plan'; readonly planId: string; readonly lines: PlannedLine[]; readonly newUnits: string[] };

const keptPlans = 10;
const defaultRoleName = 'OrganizationAccountAccessRole';

/** Many accounts from a list: planned, confirmed as a whole, made within what AWS takes at a time, gone on with. */
export class AccountLists {
  readonly #ports: AccountListsPorts;
  readonly #records: AccountListRecords;
  readonly #background = new Background();
  /** the latest that were shown: what is confirmed is what was looked at */
  readonly #plans = new Map<string, Plan>();

  constructor(ports: AccountListsPorts) {
    this.#ports = ports;
    this.#records = new AccountListRecords(ports);
  }

  /** What each line would come to. Reads the organization; changes nothing. */
  async plan(sourceId: string, text: string): Promise<Result<Planned>> {
    const written = readAccountList(text, defaultRoleName);
    if (!written.ok) return ok({ kind: 'fault', ...written.error });
    const view = await this.#ports.organization.view(sourceId);
    if (!view.ok) return view;
    if (view.value.kind !== 'management') return err(onlyManagement());
    const lines = planLines(written.value, view.value, this.#ports.subAccounts.list());
    const planId = this.#ports.newId();
    this.#plans.set(planId, { sourceId, lines });
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > keptPlans && oldest !== undefined) this.#plans.delete(oldest);
    const newUnits = missingUnits(lines, view.value).map((path) => path.join(' / '));
    return ok({ kind: 'plan', planId, lines: [...lines], newUnits });
  }

  /** Begins what the plan said. One list at a time: together they would ask for more than AWS takes. */
  async start(planId: string): Promise<Result<{ listId: string }>> {
    const plan = this.#plans.get(planId);
    if (plan === undefined) return err(noPlan());
    const wanted = plan.lines.filter(({ verdict }) => verdict === 'make').length;
    if (wanted === 0) return err(nothingToMake());
    const refusal = this.#refusal(wanted);
    if (refusal !== undefined) return err(refusal);
    const management = await asManagement(this.#ports.sources, plan.sourceId);
    if (!management.ok) return management;
    const since = this.#refusal(wanted);
    if (since !== undefined) return err(since);
    const list: AccountList = {
      ...{ id: this.#ports.newId(), sourceId: plan.sourceId, state: 'running', startedAt: this.#ports.clock.now() },
      ...{ managementAccountId: management.value.identity.accountId, lines: [...plan.lines] },
    };
    const saved = this.#records.add(list);
    if (!saved.ok) return saved;
    this.#plans.delete(planId);
    this.#ports.audit({ act: 'account-list.started', subject: list.id, lines: list.lines.length, wanted });
    this.#go(list);
    return ok({ listId: list.id });
  }

  /** Begins no more lines; accounts that AWS is at come to their end. */
  async stopList(listId: string): Promise<Done> {
    if (this.#records.find(listId) === undefined) return err(notFound('This list'));
    this.#records.patch(listId, (list) => (list.state === 'running' ? { ...list, state: 'stopped' } : list));
    await this.#background.stop(listId);
    this.#ports.audit({ act: 'account-list.stopped', subject: listId });
    return ok({});
  }

  /**
   * Goes on with the lines that wait, stopped, or were refused before AWS was asked. `sourceId`: another one of the same
   * management account than the list was begun with, which stands in it from then on.
   */
  async resume(listId: string, sourceId?: string): Promise<Done> {
    const list = this.#records.find(listId);
    if (list === undefined) return err(notFound('This list'));
    if (list.state === 'running' && this.#background.has(listId)) return ok({});
    // it was stopped, and its last call is still on its way
    await this.#background.stop(listId);
    if (this.#records.all().some(({ state }) => state === 'running')) return err(oneAtATime());
    const by = sourceId ?? list.sourceId;
    const management = await asManagement(this.#ports.sources, by, list.managementAccountId);
    if (!management.ok) return management;
    if (this.#records.all().some(({ state }) => state === 'running')) return err(oneAtATime());
    this.#records.patch(listId, ({ error: _error, ...rest }) => ({ ...rest, sourceId: by, state: 'running' }));
    this.#go({ ...list, sourceId: by }, true);
    return ok({});
  }

  /** Takes the list off; its accounts and their records stay. Not while it runs. */
  forget(listId: string): Done {
    const list = this.#records.find(listId);
    if (list === undefined) return err(notFound('This list'));
    if (list.state === 'running' || this.#background.has(listId)) {
      return err(
        appError('not-possible', 'This list is still being worked through.', {
          whatDidNotChange: 'The list stays.',
          whatToDo: 'Stop it first, or wait until it is done.',
        }),
      );
    }
    const saved = this.#records.remove(listId);
    if (!saved.ok) return saved;
    this.#ports.audit({ act: 'account-list.forgotten', subject: listId });
    return ok({});
  }

  /** Newest first. */
  list(): AccountListSummary[] {
    const records = this.#accounts();
    return [...this.#records.all()]
      .sort((a, b) => b.startedAt - a.startedAt)
      .map((list) => {
        const states = this.#results(list, records).map(({ state }) => state);
        const count = (...wanted: readonly string[]) => states.filter((state) => wanted.includes(state)).length;
        return {
          ...{ id: list.id, state: list.state, startedAt: list.startedAt, ready: count('ready') },
          ...{ wanted: states.length - count('there', 'wrong'), failed: count('failed', 'stopped') },
        };
      });
  }

  view(listId: string): Result<AccountListView> {
    const list = this.#records.find(listId);
    if (list === undefined) return err(notFound('This list'));
    const { lines: _lines, ...rest } = list;
    return ok({ ...rest, results: this.#results(list) });
  }

  /** The result of each line as CSV, where the person wants it. Without `path` they chose no place. */
  async save(listId: string): Promise<Result<{ path?: string }>> {
    const list = this.#records.find(listId);
    if (list === undefined) return err(notFound('This list'));
    const rows = this.#results(list).map((one) => [
      ...[String(one.line), one.name, one.email, one.unit.join('/'), one.accessRoleName],
      ...[one.state, one.accountId ?? '', one.why ?? ''],
    ]);
    const head = ['line', 'name', 'email', 'unit', 'access role', 'result', 'account', 'why'];
    const saved = await this.#ports.files.saveFile({ name: 'accounts.csv', text: formatCsv([head, ...rows]) });
    if (!saved.ok) return saved;
    if (saved.value === undefined) return ok({});
    this.#ports.audit({ act: 'account-list.saved', subject: listId });
    return ok({ path: saved.value });
  }

  /** Goes on with the list that ran when the app stopped. After the records of the accounts themselves. */
  catchUp(): void {
    for (const list of this.#records.all()) if (list.state === 'running') this.#go(list);
  }

  stop(): void {
    this.#background.stopAll();
  }

  /** The records of all accounts that were asked for, by their ID. */
  #accounts(): ReadonlyMap<string, SubAccount> {
    return new Map(this.#ports.subAccounts.list().map((one) => [one.id, one]));
  }

  #results(list: AccountList, records = this.#accounts()): ListResult[] {
    return list.lines.map((line) => {
      const { accessRoleName, email, error, name, subAccountId, unit } = line;
      const record = subAccountId === undefined ? undefined : records.get(subAccountId);
      const why = line.why ?? wordsOf(record?.error ?? (record === undefined ? error : undefined));
      const accountId = record?.accountId ?? line.accountId;
      return {
        ...{ line: line.line, name, email, unit, accessRoleName, state: lineState(line, record) },
        ...(why === undefined ? {} : { why }),
        ...(accountId === undefined ? {} : { accountId }),
        ...(record === undefined ? {} : { subAccountId: record.id }),
      };
    });
  }

  #refusal(wanted: number): AppError | undefined {
    const all = this.#records.all();
    if (all.some(({ state }) => state === 'running')) return oneAtATime();
    if (all.length >= mostLists) return tooManyLists();
    const room = mostSubAccounts - this.#ports.subAccounts.list().length;
    return wanted > room ? noRoom(room) : undefined;
  }

  #go(list: AccountList, isResumed = false): void {
    const { id, sourceId } = list;
    if (this.#background.has(id)) return;
    const release = this.#ports.sources.typed.hold(sourceId);
    this.#background.begin(id, async (signal) => {
      setMaxListeners(0, signal);
      try {
        const ended = await makeAccounts({ ...this.#ports, records: this.#records, listId: id, isResumed, signal });
        if (signal.aborted) return;
        const { error } = ended;
        this.#records.patch(id, (one) =>
          error === undefined ? { ...one, state: 'done' } : { ...one, state: 'stopped', error },
        );
        const act = error === undefined ? 'account-list.done' : 'account-list.halted';
        this.#ports.audit({ act, subject: id, ...(error === undefined ? {} : { error: error.kind }) });
      } finally {
        release();
      }
    });
  }
}

function wordsOf(error: SubAccount['error']): string | undefined {
  return error === undefined ? undefined : `${error.message} ${error.whatToDo}`.trim().slice(0, 1000);
}

function onlyManagement() {
  return appError('not-possible', 'Only the management account of an organization makes accounts.', {
    whatDidNotChange: 'Nothing was asked for.',
    whatToDo: 'Choose a source identity in it.',
    remedies: [{ kind: 'choose-source' }],
  });
}

function noPlan() {
  return appError('not-possible', 'This plan is not one of those that were looked at last.', {
    whatDidNotChange: 'Nothing was asked for.',
    whatToDo: 'Make the plan anew, look at it, then confirm.',
  });
}

function nothingToMake() {
  return appError('not-possible', 'No line of this list makes an account.', {
    whatDidNotChange: 'Nothing was asked for.',
    whatToDo: 'Correct the lines that are wrong, and make the plan anew.',
  });
}

function oneAtATime() {
  return appError('not-possible', 'Another list is being worked through.', {
    whatDidNotChange: 'This one was not begun.',
    whatToDo: 'Wait until it is done, or stop it: AWS makes five accounts at a time.',
  });
}

function tooManyLists() {
  return appError('not-possible', `There are ${String(mostLists)} lists already.`, {
    whatDidNotChange: 'Nothing was asked for.',
    whatToDo: 'Take those off that are over.',
  });
}

function noRoom(room: number) {
  return appError('not-possible', `The records have room for ${String(Math.max(0, room))} more accounts.`, {
    whatDidNotChange: 'Nothing was asked for.',
    whatToDo: 'Take sub-accounts off the list that are no longer needed there.',
  });
}
