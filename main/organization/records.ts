import { z } from '../../core/zod';
import { mostSubAccounts, subAccountSchema, type SubAccount, type SubAccountWish } from '../../core/domain/sub-account';
import type { Result } from '../../core/result';
import type { DocumentSpec } from '../store/document';
import type { StoredDocument, WorkspaceContext } from '../workspace-context';

const subAccountsDocumentSchema = z.strictObject({ subAccounts: z.array(subAccountSchema).max(mostSubAccounts) });
export type SubAccountsDocument = z.infer<typeof subAccountsDocumentSchema>;

export const subAccountsDocument: DocumentSpec<SubAccountsDocument> = {
  name: 'sub-accounts',
  schema: subAccountsDocumentSchema,
  version: 1,
  migrations: [],
  empty: { subAccounts: [] },
};

export type RecordsPorts = Pick<WorkspaceContext, 'clock' | 'publisher'> & {
  readonly document: StoredDocument<SubAccountsDocument>;
};

/** AWS's addresses differ by more than upper and lower case. */
export function sameEmail(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The records of the accounts that were asked for, and the one place where they change. */
export class SubAccountRecords {
  readonly #ports: RecordsPorts;

  constructor(ports: RecordsPorts) {
    this.#ports = ports;
  }

  all(): readonly SubAccount[] {
    return this.#ports.document.read().subAccounts;
  }

  find(subAccountId: string): SubAccount | undefined {
    return this.all().find(({ id }) => id === subAccountId);
  }

  /** A record of nothing asked yet. */
  blank(id: string, wish: SubAccountWish, sourceId: string, managementAccountId: string): SubAccount {
    const { clock } = this.#ports;
    return { id, wish, sourceId, managementAccountId, state: 'asking', startedAt: clock.now(), events: [] };
  }

  add(subAccount: SubAccount): Result<unknown> {
    return this.#update((all) => [...all, subAccount]);
  }

  patch(subAccountId: string, change: (one: SubAccount) => SubAccount): Result<unknown> {
    return this.#update((all) => all.map((one) => (one.id === subAccountId ? change(one) : one)));
  }

  remove(subAccountId: string): Result<unknown> {
    return this.#update((all) => all.filter(({ id }) => id !== subAccountId));
  }

  #update(change: (all: readonly SubAccount[]) => SubAccount[]): Result<unknown> {
    const saved = this.#ports.document.update(({ subAccounts }) => ({ subAccounts: change(subAccounts) }));
    this.#ports.publisher.changed('sub-accounts');
    return saved;
  }
}
