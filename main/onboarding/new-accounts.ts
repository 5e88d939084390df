import type { DraftView } from '../../core/contract/onboarding';
import type { SubAccount, SubAccountWish } from '../../core/domain/sub-account';
import type { AccountAnswers } from '../../core/domain/wizard';
import { err, ok, type Result } from '../../core/result';
import type { SubAccounts } from '../organization/sub-accounts';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import type { Drafts } from './drafts';
import type { DraftsDocument } from './onboarding';

export type NewAccountsPorts = Pick<WorkspaceContext, 'newId'> & {
  readonly drafts: Drafts<DraftsDocument>;
  readonly subAccounts: Pick<SubAccounts, 'create' | 'find'>;
};

/** The accounts of their own that wizards ask AWS for: one for each wizard. */
export class NewAccounts {
  readonly #ports: NewAccountsPorts;
  /** two clicks are one wish */
  readonly #asking = new Map<string, Promise<Result<DraftView>>>();

  constructor(ports: NewAccountsPorts) {
    this.#ports = ports;
  }

  /**
   * Asks AWS for the account, unless this wizard has one that AWS did not refuse for good. What the account is called in the
   * records is in the draft before that: an app that ends in between has asked for nothing, or finds what it asked for.
   */
  async ask(draftId: string, sourceId: string, wish: SubAccountWish): Promise<Result<DraftView>> {
    const asking = this.#asking.get(draftId) ?? this.#ask(draftId, sourceId, wish);
    this.#asking.set(draftId, asking);
    return await asking.finally(() => this.#asking.delete(draftId));
  }

  /** Whether the account that was answered is the one that AWS made for this wish. */
  confirm({ accountId, subAccountId }: AccountAnswers & { subAccountId?: string | undefined }): Result<unknown> {
    if (subAccountId === undefined) return ok(undefined);
    const subAccount = this.#ports.subAccounts.find(subAccountId);
    if (subAccount === undefined) return err(notFound('This sub-account'));
    if (subAccount.accountId === accountId) return ok(undefined);
    return err(
      appError('not-possible', 'AWS has not made this account yet.', {
        whatDidNotChange: 'Your answers are as they were.',
        whatToDo: 'Wait until it is there, or choose an account that exists.',
      }),
    );
  }

  async #ask(draftId: string, sourceId: string, wish: SubAccountWish): Promise<Result<DraftView>> {
    const { drafts, newId, subAccounts } = this.#ports;
    const draft = drafts.find(draftId);
    if (draft === undefined) return err(notFound('This wizard'));
    const bound = draft.state.answers.subAccountId;
    const known = bound === undefined ? undefined : subAccounts.find(bound);
    if (known !== undefined && !isOver(known)) return ok(drafts.view(draft));
    const subAccountId = bound === undefined || known !== undefined ? newId() : bound;
    const written = drafts.apply(draftId, { kind: 'take-sub-account', subAccountId });
    if (!written.ok) return written;
    const asked = await subAccounts.create(sourceId, wish, subAccountId);
    return asked.ok ? drafts.get(draftId) : asked;
  }
}

/** AWS refused it for good: only a new wish helps. */
function isOver({ state }: SubAccount): boolean {
  return state === 'failed';
}
