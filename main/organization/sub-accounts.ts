import { setMaxListeners } from 'node:events';
import { isUnderWay, mostSubAccounts, type SubAccount, type SubAccountWish } from '../../core/domain/sub-account';
import { err, ok, type Result } from '../../core/result';
import { validateCreateAccount } from '../aws/validate';
import { Background } from '../platform/background';
import type { Sources } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { asManagement, type Management } from './management';
import { sameEmail, SubAccountRecords, type RecordsPorts } from './records';
import { requestAccount } from './request-account';
import type { Beginning } from './run';
import { enterAccount, moveIntoUnit } from './settle-account';

export type SubAccountsPorts = RecordsPorts & Pick<WorkspaceContext, 'audit' | 'newId'> & { readonly sources: Sources };

type Done = Result<Record<string, never>>;

/** Accounts that are made through AWS Organizations: each wish is asked for once, followed to its end, and gone on with. */
export class SubAccounts {
  readonly #ports: SubAccountsPorts;
  readonly #records: SubAccountRecords;
  readonly #background = new Background();
  /** addresses that are about to be asked for: two clicks are one wish */
  readonly #beginning = new Set<string>();

  constructor(ports: SubAccountsPorts) {
    this.#ports = ports;
    this.#records = new SubAccountRecords(ports);
  }

  /** Newest first. */
  list(): SubAccount[] {
    return [...this.#records.all()].sort((a, b) => b.startedAt - a.startedAt);
  }

  find(subAccountId: string): SubAccount | undefined {
    return this.#records.find(subAccountId);
  }

  /**
   * Asks AWS for an account, once, and goes on in the background. Refused before anything is asked: what AWS would not take,
   * a caller outside of the management account, and an address that is being asked for already. `id` is what its record is
   * called where somebody wrote that down before.
   */
  async create(
    sourceId: string,
    wish: SubAccountWish,
    id = this.#ports.newId(),
  ): Promise<Result<{ subAccountId: string }>> {
    const { accessRoleName: roleName, email, name } = wish;
    const invalid = validateCreateAccount({ email, name, roleName, tags: [] });
    if (invalid !== undefined) return err(invalid);
    const key = email.toLowerCase();
    const known = this.#records.all().find((one) => one.state !== 'failed' && sameEmail(one.wish.email, email));
    if (known !== undefined || this.#beginning.has(key)) return err(askedAlready(email));
    if (this.#records.all().length >= mostSubAccounts) return err(tooMany());
    this.#beginning.add(key);
    try {
      const management = await asManagement(this.#ports.sources, sourceId);
      if (!management.ok) return management;
      const subAccount = this.#records.blank(id, wish, sourceId, management.value.identity.accountId);
      const saved = this.#records.add(subAccount);
      if (!saved.ok) return saved;
      this.#go(subAccount, management.value, 'ask');
      return ok({ subAccountId: subAccount.id });
    } finally {
      this.#beginning.delete(key);
    }
  }

  /**
   * Goes on where it stopped. What was asked for is looked for before AWS is asked again. `sourceId`: another one of the same
   * management account than asked for it, which stands in the record from then on, also of one that is ready.
   */
  async resume(subAccountId: string, sourceId?: string): Promise<Done> {
    const one = this.find(subAccountId);
    if (one === undefined) return err(notFound('This sub-account'));
    const by = sourceId ?? one.sourceId;
    if (this.#background.has(subAccountId) || (one.state === 'ready' && by === one.sourceId)) return ok({});
    if (one.state === 'failed') {
      return err(
        appError('not-possible', 'AWS ended this request: there is nothing to go on with.', {
          whatToDo: 'Correct what AWS did not take, and ask for the account anew.',
        }),
      );
    }
    const management = await asManagement(this.#ports.sources, by, one.managementAccountId);
    if (!management.ok) return management;
    if (one.state !== 'ready') this.#go({ ...one, sourceId: by }, management.value, 'look-then-ask');
    else {
      const kept = this.#records.patch(subAccountId, (record) => ({ ...record, sourceId: by }));
      if (!kept.ok) return kept;
    }
    return ok({});
  }

  /** Resolves once nothing is being done for it any more: it is ready, or why it is not stands in its record. */
  async whenStill(subAccountId: string): Promise<void> {
    await this.#background.whenClosed(subAccountId);
  }

  /** Takes the record off the list; what AWS made stays. Not while something is being done for it. */
  forget(subAccountId: string): Done {
    const one = this.find(subAccountId);
    if (one === undefined) return err(notFound('This sub-account'));
    if (isUnderWay(one) || this.#background.has(subAccountId)) {
      return err(
        appError('not-possible', 'This account is still being made.', {
          whatToDo: 'Wait until it is there or has stopped: its record is what keeps it from being made twice.',
        }),
      );
    }
    const saved = this.#records.remove(subAccountId);
    if (!saved.ok) return saved;
    this.#ports.audit({ act: 'sub-account.forgotten', subject: one.wish.name, subAccountId });
    return ok({});
  }

  /** Goes on by itself with what was under way when the app stopped. Once, when the window stands. */
  async catchUp(): Promise<void> {
    for (const one of this.#records.all()) {
      if (!isUnderWay(one) || this.#background.has(one.id)) continue;
      const management = await asManagement(this.#ports.sources, one.sourceId, one.managementAccountId);
      if (management.ok) this.#go(one, management.value, 'look');
      else this.#records.patch(one.id, (record) => ({ ...record, state: 'stopped', error: management.error }));
    }
  }

  stop(): void {
    this.#background.stopAll();
  }

  #go(subAccount: SubAccount, management: Management, beginning: Beginning): void {
    const { id, sourceId } = subAccount;
    if (this.#background.has(id)) return;
    this.#records.patch(id, ({ error: _error, ...one }) => ({ ...one, sourceId, state: whereItStands(one) }));
    const release = this.#ports.sources.typed.hold(sourceId);
    this.#background.begin(id, async (signal) => {
      // each of many calls listens to it
      setMaxListeners(0, signal);
      const run = {
        ...this.#ports,
        ...{ management, beginning, signal },
        find: () => this.find(id),
        patch: (change: (one: SubAccount) => SubAccount) => this.#records.patch(id, change),
        isTaken: (requestId: string) =>
          this.#records.all().some((other) => other.id !== id && other.requestId === requestId),
      };
      try {
        if ((await requestAccount(run)) && (await moveIntoUnit(run))) await enterAccount(run);
      } finally {
        release();
      }
    });
  }
}

/** What is done next, by what is known of it. */
function whereItStands({ accountId, events, requestId, wish }: SubAccount): SubAccount['state'] {
  if (accountId === undefined) return requestId === undefined ? 'asking' : 'making';
  return wish.unitId !== undefined && !events.some(({ what }) => what === 'moved') ? 'moving' : 'entering';
}

function askedAlready(email: string) {
  return appError('already-exists', `An account with ${email} was asked for already.`, {
    whatDidNotChange: 'It was not asked for again.',
    whatToDo: 'Look at how it goes in the list. One address can have one account only.',
    field: 'email',
  });
}

function tooMany() {
  return appError('not-possible', `There are ${String(mostSubAccounts)} sub-accounts in the records already.`, {
    whatDidNotChange: 'Nothing was asked for.',
    whatToDo: 'Take those off the list that are no longer needed there, then ask again.',
  });
}
