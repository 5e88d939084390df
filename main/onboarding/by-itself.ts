import type { AppError } from '../../core/app-error';
import type { OperationByItself } from '../../core/contract/operations';
import type { Act } from '../../core/domain/activity-words';
import { guardRailOf, type ByGuardRail, type ByItself, type ByWish } from '../../core/domain/by-itself';
import { isSameGuardRail, type GuardRail } from '../../core/domain/guard-rails';
import { isUnderWay, type SubAccount } from '../../core/domain/sub-account';
import type { Answers, Draft } from '../../core/domain/wizard';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { OperationControl, Operations } from '../operations/operations';
import type { GuardRails } from '../organization/guard-rails';
import { asManagement } from '../organization/management';
import type { SubAccounts } from '../organization/sub-accounts';
import { isStopped } from '../platform/background';
import type { Sources } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import type { Drafts } from './drafts';
import type { DraftsDocument, Onboarding } from './onboarding';

export type ByItselfPorts = Pick<WorkspaceContext, 'audit' | 'clock' | 'newId'> & {
  readonly drafts: Drafts<DraftsDocument>;
  readonly operations: Operations;
  readonly sources: Sources;
  readonly subAccounts: SubAccounts;
  readonly guardRails: Pick<GuardRails, 'attach' | 'list' | 'takeOff'>;
  /** past what is refused to a person while it runs */
  readonly onboarding: Pick<Onboarding, 'createRole' | 'record' | 'testConnection'>;
};

type Outcome<T = unknown> = Result<T, AppError | Cancelled>;
type Way = {
  readonly draftId: string;
  readonly signal: AbortSignal;
  readonly isAt: (at: ByItself['at']) => Result<unknown>;
};

/**
 * What follows once an account of the organization is chosen and the plan is accepted: the account is entered by its access
 * role, the plan carried out, tested, and the connection recorded. Each part asks first what holds, so that it is always
 * gone again from the beginning: after a crash, a refusal or a person's stop, nothing is made twice.
 */
export class ByItselfRuns {
  readonly #ports: ByItselfPorts;
  #isStopping = false;

  constructor(ports: ByItselfPorts) {
    this.#ports = ports;
  }

  /**
   * Begins it, or goes on with it, in the background. `sourceId`: another one of the management account than asked for the
   * account, which stands in the account's record from then on.
   */
  start(draftId: string, { guardRails, withTest }: ByWish, sourceId?: string): Result<{ operationId: string }> {
    const { clock, drafts, newId, operations } = this.#ports;
    const draft = drafts.find(draftId);
    if (draft === undefined) return err(notFound('This wizard'));
    const { account, byItself, creation } = draft.state.answers;
    if (account?.subAccountId === undefined || creation === undefined) return err(notReady());
    const { subAccountId } = account;
    const running = this.#running(subAccountId);
    if (running?.draftId === draftId) return ok({ operationId: running.id });
    if (running !== undefined || operations.runningFor(draftId) !== undefined) return err(busy());
    const connectionId = byItself?.connectionId ?? newId();
    const startedAt = clock.now();
    const begunAt = byItself?.begunAt ?? startedAt;
    const begun = { state: 'running' as const, withTest, guardRails, connectionId, begunAt };
    const isAt = (at: ByItself['at']) => drafts.apply(draftId, { kind: 'by-itself', byItself: { ...begun, at } });
    const marked = isAt('entering');
    if (!marked.ok) return marked;
    this.#log('connection.begun', draft);
    const operation = (id: string): OperationByItself => ({
      ...{ kind: 'by-itself', id, subjectId: subAccountId, draftId, startedAt, state: 'running' },
    });
    const operationId = operations.start(operation, async (control) => {
      const outcome = await this.#go({ draftId, isAt, signal: control.signal }, { guardRails, withTest }, sourceId);
      // the record says `running`: the next start goes on
      if (this.#isStopping) return;
      this.#settle(draft, outcome, control, operation(control.id));
    });
    return ok({ operationId });
  }

  /** Goes on by itself with what was under way when the app ended. Once, when the accounts themselves are gone on with. */
  catchUp(): void {
    for (const { id, state } of this.#ports.drafts.list()) {
      const { byItself } = state.answers;
      if (byItself?.state !== 'running') continue;
      const begun = this.start(id, byItself);
      if (!begun.ok) this.#fail(id, begun.error);
    }
  }

  /**
   * Takes those guard rails off that it attached itself: what somebody else had attached already was only found. How each
   * of them goes stands in its record.
   */
  async takeGuardRailsOff({ state }: Draft): Promise<void> {
    const { guardRails, subAccounts } = this.#ports;
    const { account, byItself } = state.answers;
    const one = subAccounts.find(account?.subAccountId ?? '');
    if (one === undefined || byItself?.begunAt === undefined) return;
    const since = byItself.begunAt;
    const wanted = byItself.guardRails.flatMap((kind) => railOf(kind, state.answers, one) ?? []);
    const ours = guardRails
      .list()
      .filter(({ startedAt, targetId }) => targetId === account?.accountId && startedAt >= since)
      .filter(({ steps }) => !steps.some(({ what, state: stands }) => what === 'attach' && stands === 'found'))
      .filter(({ guardRail, state: stands }) => {
        return stands !== 'detached' && wanted.some((other) => isSameGuardRail(guardRail, other));
      });
    await guardRails.takeOff(
      ours.map(({ id }) => id),
      one.sourceId,
    );
  }

  /** The app ends: what is under way is broken off, and gone on with at the next start. */
  stop(): void {
    this.#isStopping = true;
  }

  async #go(way: Way, { guardRails, withTest }: ByWish, sourceId?: string): Promise<Outcome<string>> {
    const entered = await this.#enter(way, sourceId);
    if (!entered.ok) return entered;
    const created = await this.#create(way, entered.value);
    if (!created.ok) return created;
    if (withTest) {
      const tested = await this.#test(way);
      if (!tested.ok) return tested;
    }
    const guarded = await this.#guard(way, guardRails);
    if (!guarded.ok) return guarded;
    if (way.signal.aborted) return err({ kind: 'cancelled' });
    const marked = way.isAt('recording');
    if (!marked.ok) return marked;
    const recorded = this.#ports.onboarding.record(way.draftId, { withoutTest: !withTest });
    return recorded.ok ? ok(recorded.value.connectionId) : recorded;
  }

  /** Waits for the access role, and makes a source identity of it. Its id. */
  async #enter({ draftId, signal }: Way, anotherId: string | undefined): Promise<Outcome<string>> {
    const { sources, subAccounts } = this.#ports;
    const account = this.#answers(draftId)?.account;
    const subAccountId = account?.subAccountId ?? '';
    if (anotherId !== undefined) {
      const taken = await subAccounts.resume(subAccountId, anotherId);
      if (!taken.ok) return taken;
    }
    const one = await this.#untilReady(subAccountId, signal);
    if (!one.ok) return one;
    const { accountId, managementAccountId, sourceId, state, wish, error } = one.value;
    if (state !== 'ready') return err(error ?? notThereYet());
    if (account === undefined || accountId !== account.accountId) return err(notReady());
    // who manages it is asked anew: the profile behind the source may be another one's by now
    const management = await asManagement(sources, sourceId, managementAccountId);
    if (signal.aborted) return err({ kind: 'cancelled' });
    if (!management.ok) return management;
    const { accessRoleName: roleName, name: label } = wish;
    const added = await sources.addMemberRole({
      ...{ throughId: sourceId, accountId, roleName, label, region: account.region },
    });
    return added.ok ? ok(added.value.source.id) : added;
  }

  async #untilReady(subAccountId: string, signal: AbortSignal): Promise<Outcome<SubAccount>> {
    const { subAccounts } = this.#ports;
    const before = subAccounts.find(subAccountId);
    if (before === undefined) return err(gone());
    if (before.state !== 'ready' && !isUnderWay(before)) {
      const resumed = await subAccounts.resume(subAccountId);
      if (!resumed.ok) return resumed;
    }
    await Promise.race([subAccounts.whenStill(subAccountId), aborted(signal)]);
    if (signal.aborted) return err({ kind: 'cancelled' });
    const after = subAccounts.find(subAccountId);
    return after === undefined ? err(gone()) : ok(after);
  }

  async #create({ draftId, isAt, signal }: Way, sourceId: string): Promise<Outcome> {
    const marked = isAt('creating');
    if (!marked.ok || this.#answers(draftId)?.creation?.state === 'done') return marked;
    const begun = this.#ports.onboarding.createRole(draftId, sourceId);
    if (!begun.ok) return begun;
    await this.#ended(begun.value.operationId, signal);
    const creation = this.#answers(draftId)?.creation;
    if (creation?.state === 'done') return ok(undefined);
    return err(creation?.state === 'failed' ? creation.error : { kind: 'cancelled' });
  }

  async #test({ draftId, isAt, signal }: Way): Promise<Outcome> {
    const marked = isAt('testing');
    if (!marked.ok || hasPassed(this.#answers(draftId))) return marked;
    const begun = this.#ports.onboarding.testConnection(draftId, true);
    if (!begun.ok) return begun;
    await this.#ended(begun.value.operationId, signal);
    if (signal.aborted) return err({ kind: 'cancelled' });
    const answers = this.#answers(draftId);
    if (hasPassed(answers)) return ok(undefined);
    // called off in its own step
    if (answers?.test?.state === 'cancelled') return err({ kind: 'cancelled' });
    return err(answers?.test?.error ?? notPassed());
  }

  /** What is attached already is found. The access role is excepted: by it the role is taken back. */
  async #guard({ draftId, isAt, signal }: Way, guardRails: readonly ByGuardRail[]): Promise<Outcome> {
    for (const kind of guardRails) {
      if (signal.aborted) return err({ kind: 'cancelled' });
      const marked = isAt('guarding');
      if (!marked.ok) return marked;
      const answers = this.#answers(draftId);
      const one = this.#ports.subAccounts.find(answers?.account?.subAccountId ?? '');
      const guardRail = railOf(kind, answers, one);
      if (one === undefined || answers?.account === undefined || guardRail === undefined) return err(gone());
      const { accountId: targetId } = answers.account;
      const attached = await this.#ports.guardRails.attach({ sourceId: one.sourceId, targetId, guardRail }, signal);
      if (isStopped(signal)) return err({ kind: 'cancelled' });
      if (!attached.ok) return attached;
      const { error, state } = attached.value;
      if (state !== 'attached') return err(error ?? notAttached());
    }
    return ok(undefined);
  }

  /** Resolves when it has ended; a stop of the whole stops it too. */
  async #ended(operationId: string, signal: AbortSignal): Promise<void> {
    const { operations } = this.#ports;
    const cancel = (): void => {
      operations.cancel(operationId);
    };
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    await operations.whenEnded(operationId);
    signal.removeEventListener('abort', cancel);
  }

  #settle(
    draft: Draft,
    outcome: Outcome<string>,
    control: OperationControl<OperationByItself>,
    operation: OperationByItself,
  ): void {
    if (outcome.ok) {
      this.#log('connection.made', draft, { connectionId: outcome.value });
      control.update({ ...operation, state: 'done', connectionId: outcome.value });
      return;
    }
    const isStopped = outcome.error.kind === 'cancelled';
    if (outcome.error.kind === 'cancelled') this.#patch(draft.id, (one) => ({ ...one, state: 'stopped' }));
    else this.#fail(draft.id, outcome.error);
    this.#log(isStopped ? 'connection.stopped' : 'connection.failed', draft, { error: outcome.error.kind });
    control.update({ ...operation, state: isStopped ? 'cancelled' : 'failed' });
  }

  #fail(draftId: string, error: AppError): void {
    this.#patch(draftId, (one) => ({ ...one, state: 'failed', error }));
  }

  #patch(draftId: string, change: (one: ByItself) => ByItself): void {
    const byItself = this.#answers(draftId)?.byItself;
    if (byItself !== undefined) this.#ports.drafts.apply(draftId, { kind: 'by-itself', byItself: change(byItself) });
  }

  #answers(draftId: string): Answers | undefined {
    return this.#ports.drafts.find(draftId)?.state.answers;
  }

  #running(subAccountId: string): OperationByItself | undefined {
    return this.#ports.operations
      .list()
      .find((one): one is OperationByItself => one.kind === 'by-itself' && one.subjectId === subAccountId);
  }

  #log(act: Act, { id, state }: Draft, details: Readonly<Record<string, string>> = {}): void {
    this.#ports.audit({ act, subject: state.answers.account?.accountId ?? '', draftId: id, ...details });
  }
}

function railOf(kind: ByGuardRail, answers: Answers | undefined, one: SubAccount | undefined): GuardRail | undefined {
  const { account, options } = answers ?? {};
  if (account === undefined || one === undefined || options === undefined) return undefined;
  return guardRailOf(kind, {
    role: { path: options.path, name: options.roleName },
    accessRoleName: one.wish.accessRoleName,
    region: account.region,
  });
}

function hasPassed(answers: Answers | undefined): boolean {
  return answers?.test?.state === 'passed' || answers?.test?.state === 'warned';
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function notReady(): AppError {
  return appError('not-possible', 'This wizard is not for an account that Sallyport asked for.', {
    whatDidNotChange: 'Nothing was created.',
    whatToDo: 'Choose credentials of the account instead.',
  });
}

function busy(): AppError {
  return appError('not-possible', 'Something is being done in this account already.', {
    whatToDo: 'Wait until that has ended, or stop it.',
  });
}

function gone(): AppError {
  return appError('not-possible', 'This account was taken off the list of those that were asked for.', {
    whatDidNotChange: 'The account stays as it is.',
    whatToDo: 'Choose credentials of the account instead.',
  });
}

function notThereYet(): AppError {
  return appError('not-possible', 'AWS takes longer than a quarter of an hour for this account.', {
    whatDidNotChange: 'Nothing was created in it.',
    whatToDo: 'Go on: it is looked at again.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

function notPassed(): AppError {
  return appError('not-possible', 'The role is there, and its test did not pass.', {
    whatDidNotChange: 'The role stays as it was made.',
    whatToDo: 'Look at the test: it says which check failed, and what helps.',
  });
}

function notAttached(): AppError {
  return appError('not-possible', 'A guard rail was not attached.', {
    whatDidNotChange: 'The role stays as it was made.',
    whatToDo: 'Go on, or look at the guard rails of the account.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}
