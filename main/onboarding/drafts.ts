import type { DraftView } from '../../core/contract/onboarding';
import type { Plan } from '../../core/domain/plan';
import { planRole } from '../../core/domain/role-plan';
import { transition, type Draft, type WizardEvent } from '../../core/domain/wizard';
import { findRecipe } from '../../core/recipes/catalog';
import { err, ok, type Result } from '../../core/result';
import type { Operations } from '../operations/operations';
import { planHash } from './plan-hash';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';

/** Wizards that wait for their end at once. */
export const mostDrafts = 100;

type WithDrafts = { readonly drafts: readonly Draft[] };

export type DraftsPorts<Document extends WithDrafts> = Pick<WorkspaceContext, 'clock' | 'publisher'> & {
  readonly document: StoredDocument<Document>;
  readonly operations: Pick<Operations, 'runningFor'>;
};

/** The unfinished wizards on disk: each is the state that its events led to, with what follows from its answers. */
export class Drafts<Document extends WithDrafts> {
  readonly #ports: DraftsPorts<Document>;

  constructor(ports: DraftsPorts<Document>) {
    this.#ports = ports;
  }

  list(): readonly Draft[] {
    return this.#ports.document.read().drafts;
  }

  find(draftId: string): Draft | undefined {
    return this.list().find((draft) => draft.id === draftId);
  }

  get(draftId: string): Result<DraftView> {
    const draft = this.find(draftId);
    return draft === undefined ? err(notFound('This wizard')) : ok(this.view(draft));
  }

  /** Adds it, or puts it in the place of the one that has its ID. */
  keep(draft: Draft): Result<DraftView> {
    if (this.list().length >= mostDrafts && this.find(draft.id) === undefined) {
      return err(
        appError('not-possible', `There are ${mostDrafts} unfinished wizards already.`, {
          whatToDo: 'Finish one, or discard one, then begin another.',
        }),
      );
    }
    const saved = this.#update((drafts) => [...drafts.filter(({ id }) => id !== draft.id), draft]);
    return saved.ok ? ok(this.view(draft)) : saved;
  }

  remove(draftId: string): Result<Record<string, never>> {
    const saved = this.#update((drafts) => drafts.filter(({ id }) => id !== draftId));
    return saved.ok ? ok({}) : saved;
  }

  /** All of the events, or none: saved once, when every one of them was possible. */
  apply(draftId: string, ...events: readonly WizardEvent[]): Result<DraftView> {
    const draft = this.find(draftId);
    if (draft === undefined) return err(notFound('This wizard'));
    let { state } = draft;
    for (const event of events) {
      const next = transition(state, event);
      if (!next.ok) return next;
      state = next.value;
    }
    const changed: Draft = { ...draft, state, updatedAt: this.#ports.clock.now() };
    const saved = this.#update((drafts) => drafts.map((one) => (one.id === draftId ? changed : one)));
    return saved.ok ? ok(this.view(changed)) : saved;
  }

  /** Undefined before there are answers enough. */
  plan(draft: Draft): Plan | undefined {
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

  view(draft: Draft): DraftView {
    const plan = this.plan(draft);
    const operationId = this.#ports.operations.runningFor(draft.id);
    return {
      draft,
      ...(plan && { plan, planHash: planHash(plan) }),
      ...(operationId === undefined ? {} : { operationId }),
    };
  }

  #update(change: (drafts: readonly Draft[]) => readonly Draft[]): Result<unknown> {
    const saved = this.#ports.document.update((document) => ({ ...document, drafts: change(document.drafts) }));
    if (saved.ok) this.#ports.publisher.changed('drafts', 'app');
    return saved;
  }
}
