import { z } from '../../core/zod';
import { accountListSchema, type AccountList, type ListLine } from '../../core/domain/account-list';
import type { Result } from '../../core/result';
import type { DocumentSpec } from '../store/document';
import type { StoredDocument, WorkspaceContext } from '../workspace-context';

export const mostLists = 50;

const accountListsDocumentSchema = z.strictObject({ lists: z.array(accountListSchema).max(mostLists) });
export type AccountListsDocument = z.infer<typeof accountListsDocumentSchema>;

export const accountListsDocument: DocumentSpec<AccountListsDocument> = {
  name: 'account-lists',
  schema: accountListsDocumentSchema,
  version: 1,
  migrations: [],
  empty: { lists: [] },
};

export type AccountListRecordsPorts = Pick<WorkspaceContext, 'publisher'> & {
  readonly document: StoredDocument<AccountListsDocument>;
};

/** The lists that accounts are made from, and the one place where they change. */
export class AccountListRecords {
  readonly #ports: AccountListRecordsPorts;

  constructor(ports: AccountListRecordsPorts) {
    this.#ports = ports;
  }

  all(): readonly AccountList[] {
    return this.#ports.document.read().lists;
  }

  find(listId: string): AccountList | undefined {
    return this.all().find(({ id }) => id === listId);
  }

  add(list: AccountList): Result<unknown> {
    return this.#update((all) => [...all, list]);
  }

  patch(listId: string, change: (list: AccountList) => AccountList): Result<unknown> {
    return this.#update((all) => all.map((list) => (list.id === listId ? change(list) : list)));
  }

  patchLine(listId: string, line: number, change: Partial<ListLine>): Result<unknown> {
    return this.patch(listId, (list) => ({
      ...list,
      lines: list.lines.map((one) => (one.line === line ? { ...one, ...change } : one)),
    }));
  }

  remove(listId: string): Result<unknown> {
    return this.#update((all) => all.filter(({ id }) => id !== listId));
  }

  #update(change: (all: readonly AccountList[]) => AccountList[]): Result<unknown> {
    const saved = this.#ports.document.update(({ lists }) => ({ lists: change(lists) }));
    // how a line stands follows from the records of its account
    this.#ports.publisher.changed('sub-accounts');
    return saved;
  }
}
