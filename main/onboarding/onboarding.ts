import type { Plan } from '../../core/domain/plan';
import { z } from '../../core/zod';
import type { DraftView } from '../../core/contract/onboarding';
import type { Connection } from '../../core/domain/connection';
import { readConnectionRequest } from '../../core/domain/connection-request';
import { draftSchema, hasMadeThings, newWizardState, type Draft, type WizardAct } from '../../core/domain/wizard';
import { parseRoleArn } from '../../core/domain/arn';
import { findRecipe } from '../../core/recipes/catalog';
import { plainRequest } from '../../core/domain/session-request';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import { readerInTarget, readWithTargetEyes } from '../connections/target-eyes';
import { nothingPromised } from '../connections/test-subject';
import type { Operations } from '../operations/operations';
import type { SubAccounts } from '../organization/sub-accounts';
import type { Sessions } from '../sessions/sessions';
import type { Sources } from '../sources/sources';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import { ByItselfRuns, type ByItselfPorts } from './by-itself';
import { changeAccount } from './change-account';
import { Checklists, isChecklist, makesNothing } from './checklists';
import { Drafts, mostDrafts } from './drafts';
import { NewAccounts } from './new-accounts';
import { newConnection, type FinishInput } from './new-connection';
import { wrongOptions } from './recipe-answers';
import type { Receipts } from './receipts';
import { Replies } from './replies';
import { canStartOver, draftOfRequest, requestTextOf, sameRequest } from './request-drafts';

export const draftsDocumentSchema = z.strictObject({
  drafts: z.array(draftSchema).max(mostDrafts),
  /** what is ticked off of the recipes that are checklists, by the recipe's ID */
  ticked: z.record(z.string().max(64), z.array(z.string().max(64)).max(50)).optional(),
});
export type DraftsDocument = z.infer<typeof draftsDocumentSchema>;

export type OnboardingPorts = WorkspaceContext & {
  readonly document: StoredDocument<DraftsDocument>;
  readonly operations: Operations;
  readonly sources: Sources;
  readonly connections: Connections;
  readonly sessions: Sessions;
  readonly receipts: Pick<Receipts, 'keep'>;
  readonly subAccounts: SubAccounts;
  readonly guardRails: ByItselfPorts['guardRails'];
  /** what the plan says of the role is what was agreed */
  readonly keepAgreement: (connectionId: string, plan: Plan | undefined) => Result<unknown>;
};

/** The wizard: drafts on disk, the role made from the plan, the test, and the connection at the end. */
export class Onboarding {
  readonly checklists: Checklists<DraftsDocument>;
  readonly replies: Replies;
  readonly newAccounts: NewAccounts;
  readonly byItself: ByItselfRuns;
  readonly #drafts: Drafts<DraftsDocument>;
  readonly #ports: OnboardingPorts;

  constructor(ports: OnboardingPorts) {
    this.#ports = ports;
    this.checklists = new Checklists(ports);
    this.#drafts = new Drafts(ports);
    const parts = { ...ports, drafts: this.#drafts };
    this.replies = new Replies(parts);
    this.newAccounts = new NewAccounts(parts);
    const inner: ByItselfPorts['onboarding'] = {
      createRole: (draftId, sourceId) => this.#changeAccount(draftId, sourceId, false),
      record: (draftId, how) => this.record(draftId, how),
      testConnection: (draftId, justMade, again) => this.#test(draftId, justMade, again),
    };
    this.byItself = new ByItselfRuns({ ...parts, onboarding: inner });
  }

  /** Creations that were running when the app stopped are marked as stopped: their journal says how far they came. */
  recover(): void {
    for (const draft of this.drafts()) {
      const { creation } = draft.state.answers;
      if (creation?.state !== 'running') continue;
      const { way, sourceId, journal } = creation;
      this.#drafts.apply(draft.id, { kind: 'creation', creation: { way, state: 'stopped', sourceId, journal } });
    }
  }

  drafts(): readonly Draft[] {
    return this.#drafts.list();
  }

  /** With `subAccountId` for that account of the organization; with `account` for one that is proposed. */
  start(subAccountId?: string, account?: Draft['suggestedAccount']): Result<DraftView> {
    if (subAccountId !== undefined && this.#ports.subAccounts.find(subAccountId) === undefined) {
      return err(notFound('This sub-account'));
    }
    const now = this.#ports.clock.now();
    // SECURITY(S-22): the external ID is made here by a CSPRNG, once for each draft; nobody types or reuses one
    const draft: Draft = {
      id: this.#ports.newId(),
      origin: 'own',
      externalId: this.#ports.newId(),
      onboardingId: this.#ports.newId(),
      createdAt: now,
      updatedAt: now,
      ...(account === undefined ? {} : { suggestedAccount: account }),
      state: newWizardState(subAccountId),
    };
    return this.#drafts.keep(draft);
  }

  /**
   * A connection request becomes a draft at the account step, and nothing else.
   * SECURITY(S-28): main reads the text itself; what the window made of it does not count.
   */
  openRequest(text: string): Result<DraftView> {
    const request = readConnectionRequest(text);
    if (!request.ok) return request;
    const { externalId, requester } = request.value;
    const answered = this.#ports.connections.findByExternalId(externalId);
    if (answered !== undefined) {
      // SECURITY(S-22): one external ID, one role
      return err(
        appError('not-possible', `This request was answered already, with the connection “${answered.name}”.`, {
          whatToDo: 'Look at that connection, or ask for a new request.',
        }),
      );
    }
    const before = sameRequest(this.drafts(), request.value);
    if (before !== undefined && !canStartOver(before)) return ok(this.#drafts.view(before));
    const fresh = { id: this.#ports.newId(), onboardingId: this.#ports.newId(), createdAt: this.#ports.clock.now() };
    const draft = draftOfRequest(request.value, fresh, before);
    const kept = this.#drafts.keep(draft);
    if (kept.ok) this.#ports.audit({ act: 'request.opened', subject: requester.arn, draftId: draft.id });
    return kept;
  }

  /** The text that asks the owner of the account to make what this draft has worked out. */
  requestText(draftId: string): Result<{ text: string }> {
    const draft = this.#drafts.find(draftId);
    return draft === undefined ? err(notFound('This wizard')) : requestTextOf(draft, this.#ports.clock.now());
  }

  get(draftId: string): Result<DraftView> {
    return this.#drafts.get(draftId);
  }

  /** One act of the person. Who is trusted is asked of AWS before an account is accepted. */
  async act(draftId: string, act: WizardAct): Promise<Result<DraftView>> {
    if (this.#isMaking(draftId) && !isLooking(act)) return err(underWay());
    if (act.kind === 'take-sub-account' && this.#ports.subAccounts.find(act.subAccountId) === undefined) {
      return err(notFound('This sub-account'));
    }
    if (act.kind === 'choose-account') {
      const confirmed = this.newAccounts.confirm(act.account);
      if (!confirmed.ok) return confirmed;
      const trusted = await this.#learnTrusted(draftId);
      if (!trusted.ok) return trusted;
      if (trusted.value.accountId === act.account.accountId) {
        return err(
          appError(
            'invalid-input',
            `This is the account ${trusted.value.isRequester ? 'that asks to be let in' : 'you are calling from'}.`,
            {
              whatDidNotChange: 'Your answers are as they were.',
              whatToDo: 'Type the ID of the target account, the one that will own the role.',
              field: 'accountId',
            },
          ),
        );
      }
    }
    if (act.kind === 'choose-recipe' && isChecklist(act.recipeId)) return err(makesNothing);
    if (act.kind === 'set-options') {
      const wrong = wrongOptions(this.#drafts.find(draftId), act.options);
      if (wrong !== undefined) return err(wrong);
    }
    if (act.kind === 'accept-plan') {
      // another account or identity may have been chosen since they were answered
      const draft = this.#drafts.find(draftId);
      const options = draft?.state.answers.options;
      const wrong = options === undefined ? undefined : wrongOptions(draft, options);
      if (wrong !== undefined) return err(wrong);
    }
    if (act.kind === 'set-role' && parseRoleArn(act.roleArn) === undefined) {
      return err(appError('invalid-input', 'This is not the ARN of a role.', { field: 'roleArn' }));
    }
    return this.#drafts.apply(draftId, act);
  }

  discard(draftId: string): Result<Record<string, never>> {
    const draft = this.#drafts.find(draftId);
    if (draft === undefined) return ok({});
    if (this.#isMaking(draftId)) return err(underWay());
    if (hasMadeThings(draft.state.answers.creation)) {
      return err(
        appError('not-possible', 'This wizard made things in the account that nothing else remembers.', {
          whatDidNotChange: 'The wizard and its journal are kept.',
          whatToDo: 'Undo what it made, or finish it.',
        }),
      );
    }
    return this.#drafts.remove(draftId);
  }

  createRole(draftId: string, sourceId: string): Result<{ operationId: string }> {
    return this.#isMaking(draftId) ? err(underWay()) : this.#changeAccount(draftId, sourceId, false);
  }

  /** Takes off too what a run by itself attached to the account. */
  undoCreation(draftId: string, sourceId?: string): Result<{ operationId: string }> {
    if (this.#isMaking(draftId)) return err(underWay());
    const draft = this.#drafts.find(draftId);
    const creation = draft?.state.answers.creation;
    if (draft === undefined || creation === undefined || creation.state === 'ready' || creation.state === 'running') {
      return err(appError('not-possible', 'There is nothing to undo.'));
    }
    const begun = this.#changeAccount(draftId, sourceId ?? creation.sourceId, true);
    if (begun.ok) void this.byItself.takeGuardRailsOff(draft);
    return begun;
  }

  testConnection(draftId: string, justMade: boolean, again = false): Result<{ operationId: string }> {
    return this.#isMaking(draftId) ? err(underWay()) : this.#test(draftId, justMade, again);
  }

  #isMaking(draftId: string): boolean {
    return this.#drafts.find(draftId)?.state.answers.byItself?.state === 'running';
  }

  #test(draftId: string, justMade: boolean, again = false): Result<{ operationId: string }> {
    const draft = this.#drafts.find(draftId);
    if (draft === undefined) return err(notFound('This wizard'));
    if (draft.origin === 'request') {
      return err(
        appError('not-possible', 'This role lets in whoever sent the request, and nobody on this computer.', {
          whatToDo: 'Send its ARN back. They test it where their credentials are.',
        }),
      );
    }
    const { roleArn, options, recipeId, account, creation, test } = draft.state.answers;
    const role = roleArn === undefined ? undefined : parseRoleArn(roleArn);
    if (roleArn === undefined || role === undefined || options === undefined || account === undefined) {
      return err(
        appError('not-possible', 'There is no role to test yet.', { whatToDo: 'Paste the role’s ARN first.' }),
      );
    }
    const plan = this.#drafts.plan(draft);
    const createStep = plan?.steps.find((step) => step.kind === 'create-role');
    const selected = this.#ports.sources.selected();
    const targetSourceId = creation === undefined || creation.state === 'ready' ? undefined : creation.sourceId;
    return this.#ports.connections.runTest(
      selected?.source.id ?? '',
      {
        subjectId: draftId,
        roleArn,
        ...(options.useExternalId ? { externalId: draft.externalId } : {}),
        wantedDuration: selected?.identity?.isRoleSession === true ? 3600 : options.maxSessionDuration,
        justMade,
        ...(again && test !== undefined && { goOnFrom: test }),
        checks: findRecipe(recipeId ?? '')?.checks ?? nothingPromised,
        iamInTarget: async () => (await readerInTarget(this.#ports.sources, role.accountId, targetSourceId))?.iam,
        history: {
          ...(plan && { plannedArn: plan.roleArn }),
          ...(createStep && { plannedTrust: createStep.trustPolicy }),
          madeHere: creation?.state === 'done',
        },
        eyes: () => readWithTargetEyes(this.#ports.sources, roleArn, targetSourceId),
      },
      (test) => {
        this.#drafts.apply(draftId, { kind: 'tested', test });
      },
    );
  }

  /**
   * Records the connection first, then opens a session; without a session the connection still stands. A role that was
   * made for a request is handed back: this computer is not who it trusts, so no session is opened.
   */
  async finish(draftId: string, input: FinishInput): Promise<Result<{ connectionId: string; sessionId?: string }>> {
    if (this.#isMaking(draftId)) return err(underWay());
    const isForSomebodyElse = this.#drafts.find(draftId)?.origin === 'request';
    const recorded = this.#record(draftId, input);
    if (!recorded.ok) return recorded;
    const connection = recorded.value;
    if (isForSomebodyElse) return ok({ connectionId: connection.id });
    const session = await this.#ports.sessions.start(connection, {
      request: plainRequest(input.durationSeconds),
      renewal: 'off',
    });
    return ok({ connectionId: connection.id, ...(session.ok ? { sessionId: session.value.id } : {}) });
  }

  /** Records the connection under the account's own name, and opens nothing. */
  record(draftId: string, { withoutTest }: { readonly withoutTest: boolean }): Result<{ connectionId: string }> {
    const name = this.#drafts.find(draftId)?.state.answers.account?.name ?? 'Connection';
    const recorded = this.#record(draftId, { name, durationSeconds: 3600, reviewInMonths: 4, withoutTest });
    return recorded.ok ? ok({ connectionId: recorded.value.id }) : recorded;
  }

  /** Each part can be done again: a connection that is recorded already is the one. */
  #record(draftId: string, input: FinishInput): Result<Connection> {
    const draft = this.#drafts.find(draftId);
    if (draft === undefined) return err(notFound('This wizard'));
    const made = newConnection({
      id: draft.state.answers.byItself?.connectionId ?? this.#ports.newId(),
      now: this.#ports.clock.now(),
      draft,
      plan: this.#drafts.plan(draft),
      selected: this.#ports.sources.selected()?.source,
      input,
    });
    if (!made.ok) return made;
    const connection = made.value;
    const isKnown = this.#ports.connections.find(connection.id) !== undefined;
    const added = isKnown ? made : this.#ports.connections.add(connection);
    if (!added.ok) return added;
    const kept = this.#ports.receipts.keep(connection.id, this.#drafts.plan(draft), draft.state.answers.creation);
    if (!kept.ok) return kept;
    const agreed = this.#ports.keepAgreement(connection.id, this.#drafts.plan(draft));
    if (!agreed.ok) return agreed;
    const removed = this.#drafts.remove(draftId);
    return removed.ok ? ok(connection) : removed;
  }

  #changeAccount(draftId: string, sourceId: string, undo: boolean): Result<{ operationId: string }> {
    const draft = this.#drafts.find(draftId);
    const plan = draft === undefined ? undefined : this.#drafts.plan(draft);
    const before = draft?.state.answers.creation;
    if (draft === undefined || plan === undefined || before === undefined) return err(notFound('This plan'));
    return changeAccount(
      { ...this.#ports, apply: (event) => this.#drafts.apply(draftId, event) },
      { draftId, sourceId, undo, plan, before },
    );
  }

  /** SECURITY(S-28): in a request's draft the trusted identity is the request's, whoever the owner calls AWS as. */
  async #learnTrusted(draftId: string): Promise<Result<{ readonly accountId: string; readonly isRequester: boolean }>> {
    const draft = this.#drafts.find(draftId);
    if (draft?.origin === 'request') {
      const { trusted } = draft.state.answers;
      return trusted === undefined
        ? err(notFound('This request'))
        : ok({ accountId: trusted.accountId, isRequester: true });
    }
    const selected = this.#ports.sources.selected();
    const identity = await this.#ports.sources.identity(selected?.source.id ?? '');
    if (!identity.ok) return identity;
    const { accountId, arn, partition } = identity.value;
    const applied = this.#drafts.apply(draftId, { kind: 'trusted-known', trusted: { accountId, arn, partition } });
    return applied.ok ? ok({ accountId, isRequester: false }) : applied;
  }
}

/** Going to and fro changes no answer. */
function isLooking({ kind }: WizardAct): boolean {
  return kind === 'go-back' || kind === 'go-to' || kind === 'role-exists';
}

function underWay() {
  return appError('not-possible', 'This is being made at this moment.', {
    whatDidNotChange: 'It goes on with the answers that it was begun with.',
    whatToDo: 'Stop it first, in “Create”.',
  });
}
