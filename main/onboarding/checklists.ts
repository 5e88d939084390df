import { findRecipe } from '../../core/recipes/catalog';
import { err, ok, type Result } from '../../core/result';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';

/** What is ticked off of the recipes that are checklists, by the recipe's ID. */
type Ticked = { readonly ticked?: Readonly<Record<string, string[]>> | undefined };

export function isChecklist(recipeId: string): boolean {
  return findRecipe(recipeId)?.checklist !== undefined;
}

export const makesNothing = appError('not-possible', 'This recipe is a list of things to do. It makes nothing.', {
  whatToDo: 'Tick them off as you do them, then choose another recipe.',
});

/** Recipes that are done by a person, entry by entry. */
export class Checklists<Document extends Ticked> {
  readonly #document: StoredDocument<Document>;
  readonly #publisher: WorkspaceContext['publisher'];

  constructor({
    document,
    publisher,
  }: Pick<WorkspaceContext, 'publisher'> & { readonly document: StoredDocument<Document> }) {
    this.#document = document;
    this.#publisher = publisher;
  }

  /** The entries that are done. */
  get(recipeId: string): Result<{ ticked: string[] }> {
    return ok({ ticked: [...(this.#document.read().ticked?.[recipeId] ?? [])] });
  }

  /** Ticks one entry off, or takes the tick away. */
  tick(recipeId: string, entryId: string, isDone: boolean): Result<{ ticked: string[] }> {
    const entries = findRecipe(recipeId)?.checklist;
    if (entries?.some(({ id }) => id === entryId) !== true) return err(notFound('This entry'));
    const before = this.#document.read().ticked ?? {};
    const others = (before[recipeId] ?? []).filter((id) => id !== entryId);
    const ticked = isDone ? [...others, entryId] : others;
    const kept = this.#document.update((document) => ({ ...document, ticked: { ...before, [recipeId]: ticked } }));
    if (!kept.ok) return kept;
    this.#publisher.changed('drafts');
    return ok({ ticked });
  }
}
