import { z } from 'zod';
import type { AppError } from '../../core/app-error';
import type { DraftView } from '../../core/contract/onboarding';
import type { Operation } from '../../core/contract/operations';
import type { Connection } from '../../core/domain/connection';
import { addMonths } from '../../core/domain/calendar';
import { toReceipt, type JournalEntry, type Plan } from '../../core/domain/plan';
import { planRole } from '../../core/domain/role-plan';
import {
  draftSchema,
  hasMadeThings,
  newWizardState,
  transition,
  type Creation,
  type Draft,
  type WizardAct,
  type WizardEvent,
} from '../../core/domain/wizard';
import { parseRoleArn } from '../../core/domain/arn';
import { findRecipe } from '../../core/recipes/catalog';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import { readWithTargetEyes } from '../connections/target-eyes';
import type { Operations } from '../operations/operations';
import type { Sessions } from '../sessions/sessions';
import type { Sources } from '../sources/sources';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import { applyPlan, undoPlan, type JournalPorts } from './create-role';
import { planHash } from './plan-hash';

export const draftsDocumentSchema = z.strictObject({ drafts: z.array(draftSchema).max(100) });
export type DraftsDocument = z.infer<typeof draftsDocumentSchema>;

type CreationOperation = Extract<Operation, { kind: 'creation' }>;
type CreationSteps = CreationOperation['steps'];

export type OnboardingPorts = WorkspaceContext & {
  readonly document: StoredDocument<DraftsDocument>;
  readonly operations: Operations;
  readonly sources: Sources;
  readonly connections: Connections;
  readonly sessions: Sessions;
};

/** The wizard: drafts on disk, the role made from the plan, the test, and the connection at the end. */
export class Onboarding {
  readonly #ports: OnboardingPorts;

  constructor(ports: OnboardingPorts) {
    this.#ports = ports;
  }

  /** Creations that were running when the app stopped are marked as stopped: their journal says how far they came. */
  recover(): void {
    for (const draft of this.drafts()) {
      const { creation } = draft.state.answers;
      if (creation?.state !== 'running') continue;
      const { way, sourceId, journal } = creation;
      this.#apply(draft.id, { kind: 'creation', creation: { way, state: 'stopped', sourceId, journal } });
    }
  }

  drafts(): readonly Draft[] {
    return this.#ports.document.read().drafts;
  }

  start(): Result<DraftView> {
    const now = this.#ports.clock.now();
    // SECURITY(S-22): the external ID is made here by a CSPRNG, once for each draft; nobody types or reuses one
    const draft: Draft = {
      id: this.#ports.newId(),
      externalId: this.#ports.newId(),
      onboardingId: this.#ports.newId(),
      createdAt: now,
      updatedAt: now,
      state: newWizardState(),
    };
    const saved = this.#ports.document.update(({ drafts }) => ({ drafts: [...drafts, draft] }));
    if (!saved.ok) return saved;
    this.#changed();
    return ok(this.#view(draft));
  }

  get(draftId: string): Result<DraftView> {
    const draft = this.#find(draftId);
    return draft === undefined ? err(notFound('This wizard')) : ok(this.#view(draft));
  }

  /** One act of the person. Who is trusted is asked of AWS before an account is accepted. */
  async act(draftId: string, act: WizardAct): Promise<Result<DraftView>> {
    if (act.kind === 'choose-account') {
      const trusted = await this.#learnTrusted(draftId);
      if (!trusted.ok) return trusted;
      if (trusted.value.accountId === act.account.accountId) {
        return err(
          appError('invalid-input', 'This is the account you are calling from.', {
            whatDidNotChange: 'Your answers are as they were.',
            whatToDo: 'Type the ID of the target account, the one that will own the role.',
            field: 'accountId',
          }),
        );
      }
    }
    if (act.kind === 'set-role' && parseRoleArn(act.roleArn) === undefined) {
      return err(appError('invalid-input', 'This is not the ARN of a role.', { field: 'roleArn' }));
    }
    return this.#apply(draftId, act);
  }

  discard(draftId: string): Result<Record<string, never>> {
    const draft = this.#find(draftId);
    if (draft === undefined) return ok({});
    if (hasMadeThings(draft.state.answers.creation)) {
      return err(
        appError('not-possible', 'This wizard made things in the account that nothing else remembers.', {
          whatDidNotChange: 'The wizard and its journal are kept.',
          whatToDo: 'Undo what it made, or finish it.',
        }),
      );
    }
    return this.#remove(draftId);
  }

  createRole(draftId: string, sourceId: string): Result<{ operationId: string }> {
    return this.#changeAccount(draftId, sourceId, false);
  }

  undoCreation(draftId: string): Result<{ operationId: string }> {
    const creation = this.#find(draftId)?.state.answers.creation;
    if (creation === undefined || creation.state === 'ready' || creation.state === 'running') {
      return err(appError('not-possible', 'There is nothing to undo.'));
    }
    return this.#changeAccount(draftId, creation.sourceId, true);
  }

  testConnection(draftId: string, justMade: boolean): Result<{ operationId: string }> {
    const draft = this.#find(draftId);
    if (draft === undefined) return err(notFound('This wizard'));
    const { roleArn, options, recipeId, account, creation } = draft.state.answers;
    const role = roleArn === undefined ? undefined : parseRoleArn(roleArn);
    if (roleArn === undefined || role === undefined || options === undefined || account === undefined) {
      return err(
        appError('not-possible', 'There is no role to test yet.', { whatToDo: 'Paste the role’s ARN first.' }),
      );
    }
    const plan = this.#plan(draft);
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
        mustAllow: findRecipe(recipeId ?? '')?.checks.mustAllow ?? [],
        ...(createStep === undefined ? {} : { expectedTrust: createStep.trustPolicy }),
        eyes: () => readWithTargetEyes(this.#ports.sources, role.accountId, role.roleName, targetSourceId),
      },
      (test) => {
        this.#apply(draftId, { kind: 'tested', test });
      },
    );
  }

  /** Records the connection first, then opens a session; without a session the connection still stands. */
  async finish(
    draftId: string,
    input: { readonly name: string; readonly durationSeconds: number; readonly reviewInMonths: number | undefined },
  ): Promise<Result<{ connectionId: string; sessionId?: string }>> {
    const draft = this.#find(draftId);
    if (draft === undefined) return err(notFound('This wizard'));
    const { answers } = draft.state;
    const role = answers.roleArn === undefined ? undefined : parseRoleArn(answers.roleArn);
    const selected = this.#ports.sources.selected();
    const tested = answers.test?.state === 'passed' || answers.test?.state === 'warned';
    if (
      !tested ||
      role === undefined ||
      answers.roleArn === undefined ||
      answers.options === undefined ||
      selected === undefined
    ) {
      return err(
        appError('not-possible', 'The connection has not passed its test.', {
          whatDidNotChange: 'The wizard is as it was.',
          whatToDo: 'Test the connection first.',
        }),
      );
    }
    const { creation } = answers;
    const plan = this.#plan(draft);
    const journal = creation === undefined || creation.state === 'ready' ? [] : creation.journal;
    const connection: Connection = {
      id: this.#ports.newId(),
      name: input.name,
      roleArn: answers.roleArn,
      roleName: role.roleName,
      accountId: role.accountId,
      partition: role.partition,
      region: answers.account?.region ?? selected.source.region,
      ...(answers.options.useExternalId ? { externalId: draft.externalId } : {}),
      recipeId: answers.recipeId ?? 'custom',
      sourceId: selected.source.id,
      ...(creation === undefined || creation.state === 'ready' ? {} : { targetSourceId: creation.sourceId }),
      madeBy: creation?.way === 'automatic' && creation.state === 'done' ? 'automatic' : 'console',
      createdAt: this.#ports.clock.now(),
      maxSessionDuration: answers.options.maxSessionDuration,
      status: 'working',
      ...(answers.test && { lastTest: answers.test }),
      receipt: plan === undefined ? [] : toReceipt(plan, journal),
      ...(input.reviewInMonths === undefined
        ? {}
        : { reviewAt: addMonths(this.#ports.clock.now(), input.reviewInMonths) }),
    };
    const added = this.#ports.connections.add(connection);
    if (!added.ok) return added;
    const removed = this.#remove(draftId);
    if (!removed.ok) return removed;
    const session = await this.#ports.sessions.start(connection, input.durationSeconds);
    return ok({ connectionId: connection.id, ...(session.ok ? { sessionId: session.value.id } : {}) });
  }

  #changeAccount(draftId: string, sourceId: string, undo: boolean): Result<{ operationId: string }> {
    const running = this.#ports.operations.runningFor(draftId);
    if (running !== undefined) return ok({ operationId: running });
    const draft = this.#find(draftId);
    const plan = draft === undefined ? undefined : this.#plan(draft);
    const before = draft?.state.answers.creation;
    if (draft === undefined || plan === undefined || before === undefined) return err(notFound('This plan'));
    const clients = this.#ports.sources.clients(sourceId);
    if (!clients.ok) return clients;
    let journal: readonly JournalEntry[] = before.state === 'ready' ? [] : before.journal;
    const startedAt = this.#ports.clock.now();
    const startedMono = this.#ports.clock.monotonic();
    const record = (creation: Creation) => this.#apply(draftId, { kind: 'creation', creation });
    const marked = record({ way: 'automatic', state: 'running', sourceId, journal: [...journal] });
    if (!marked.ok) return marked;
    let steps: CreationSteps = plan.steps.map((step) => ({ step, state: 'waiting' as const }));
    const operation = (id: string, patch: Partial<CreationOperation>): CreationOperation => ({
      kind: 'creation',
      id,
      subjectId: draftId,
      startedAt,
      undo,
      state: 'running',
      steps,
      ...patch,
    });
    const operationId = this.#ports.operations.start(
      (id) => operation(id, {}),
      async (control) => {
        const ports: JournalPorts = {
          clock: this.#ports.clock,
          signal: control.signal,
          write: (entry) => {
            journal = [...journal, entry];
            return record({ way: 'automatic', state: 'running', sourceId, journal: [...journal] });
          },
          progress: (stepId, state, tookMs) => {
            steps = steps.map((one) =>
              one.step.id === stepId ? { step: one.step, state, ...(tookMs === undefined ? {} : { tookMs }) } : one,
            );
            control.update(operation(control.id, {}));
          },
        };
        const outcome = undo
          ? await undoPlan(plan, journal, clients.value, ports)
          : await applyPlan(plan, journal, clients.value, ports);
        this.#settleCreation(draftId, {
          outcome,
          undo,
          sourceId,
          journal,
          plan,
          tookMs: this.#ports.clock.monotonic() - startedMono,
        });
        control.update(
          operation(
            control.id,
            outcome.ok
              ? { state: 'done' }
              : outcome.error.kind === 'cancelled'
                ? { state: 'cancelled' }
                : { state: 'failed', error: outcome.error },
          ),
        );
      },
    );
    return ok({ operationId });
  }

  #settleCreation(
    draftId: string,
    result: {
      readonly outcome: Result<void, AppError | Cancelled>;
      readonly undo: boolean;
      readonly sourceId: string;
      readonly journal: readonly JournalEntry[];
      readonly plan: Plan;
      readonly tookMs: number;
    },
  ): void {
    const { outcome, undo, sourceId, plan, tookMs } = result;
    const journal = [...result.journal];
    const kept = { way: 'automatic' as const, sourceId, journal };
    const audit = (act: string) => this.#ports.audit({ act, subject: plan.roleArn, sourceId });
    if (outcome.ok && undo) {
      audit('role.undone');
      this.#apply(draftId, { kind: 'creation', creation: { way: 'automatic', state: 'ready' } });
    } else if (outcome.ok) {
      audit('role.created');
      this.#apply(draftId, { kind: 'creation', creation: { ...kept, state: 'done', tookMs } });
      this.#apply(draftId, { kind: 'set-role', roleArn: plan.roleArn });
    } else if (outcome.error.kind === 'cancelled') {
      audit('role.creation-stopped');
      this.#apply(draftId, { kind: 'creation', creation: { ...kept, state: 'stopped' } });
    } else {
      audit('role.creation-failed');
      this.#apply(draftId, { kind: 'creation', creation: { ...kept, state: 'failed', error: outcome.error } });
    }
  }

  async #learnTrusted(draftId: string): Promise<Result<{ readonly accountId: string }>> {
    const selected = this.#ports.sources.selected();
    const identity = await this.#ports.sources.identity(selected?.source.id ?? '');
    if (!identity.ok) return identity;
    const { accountId, arn, partition } = identity.value;
    const applied = this.#apply(draftId, { kind: 'trusted-known', trusted: { accountId, arn, partition } });
    return applied.ok ? ok({ accountId }) : applied;
  }

  #apply(draftId: string, event: WizardEvent): Result<DraftView> {
    const draft = this.#find(draftId);
    if (draft === undefined) return err(notFound('This wizard'));
    const next = transition(draft.state, event);
    if (!next.ok) return next;
    const changed: Draft = { ...draft, state: next.value, updatedAt: this.#ports.clock.now() };
    const saved = this.#ports.document.update(({ drafts }) => ({
      drafts: drafts.map((one) => (one.id === draftId ? changed : one)),
    }));
    if (!saved.ok) return saved;
    this.#changed();
    return ok(this.#view(changed));
  }

  #remove(draftId: string): Result<Record<string, never>> {
    const saved = this.#ports.document.update(({ drafts }) => ({ drafts: drafts.filter(({ id }) => id !== draftId) }));
    if (!saved.ok) return saved;
    this.#changed();
    return ok({});
  }

  #find(draftId: string): Draft | undefined {
    return this.drafts().find((draft) => draft.id === draftId);
  }

  #plan(draft: Draft): Plan | undefined {
    const { recipeId, account, trusted, options } = draft.state.answers;
    const recipe = recipeId === undefined ? undefined : findRecipe(recipeId);
    if (recipe === undefined || account === undefined || trusted === undefined || options === undefined)
      return undefined;
    return planRole({
      recipe,
      account,
      trusted,
      options,
      externalId: draft.externalId,
      onboardingId: draft.onboardingId,
    });
  }

  #view(draft: Draft): DraftView {
    const plan = this.#plan(draft);
    const operationId = this.#ports.operations.runningFor(draft.id);
    return {
      draft,
      ...(plan && { plan, planHash: planHash(plan) }),
      ...(operationId === undefined ? {} : { operationId }),
    };
  }

  #changed(): void {
    this.#ports.publisher.changed('drafts', 'app');
  }
}
