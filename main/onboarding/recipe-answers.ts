import type { AppError } from '../../core/app-error';
import { wrongTrust } from '../../core/domain/trust-check';
import type { Draft, OptionsAnswers } from '../../core/domain/wizard';
import { wrongAnswer } from '../../core/recipes/answers';
import { findRecipe } from '../../core/recipes/catalog';
import { appError } from '../workspace-context';

/**
 * What is wrong with the answers to a recipe's own questions and about trust, whose rules the contract does not know:
 * they depend on the recipe, the accounts and the external ID of the draft.
 */
export function wrongOptions(draft: Draft | undefined, options: OptionsAnswers): AppError | undefined {
  if (draft === undefined) return undefined;
  const { account, recipeId, trusted } = draft.state.answers;
  if (account !== undefined && trusted !== undefined) {
    const wrong = wrongTrust({ accountId: account.accountId, trusted, options, externalId: draft.externalId });
    if (wrong !== undefined) {
      return appError('invalid-input', wrong.message, {
        whatDidNotChange: 'Your answers are as they were.',
        whatToDo: 'Change the answer, then go on.',
        field: wrong.field,
      });
    }
  }
  const parameters = new Map((findRecipe(recipeId ?? '')?.parameters ?? []).map((one) => [one.id, one]));
  for (const [id, answer] of Object.entries(options.parameters)) {
    const parameter = parameters.get(id);
    const message = parameter === undefined ? 'This recipe does not ask that.' : wrongAnswer(parameter, answer);
    if (message === undefined) continue;
    return appError('invalid-input', message, {
      whatDidNotChange: 'Your answers are as they were.',
      whatToDo: 'Change the answer, then go on.',
      field: `parameters.${id}`,
    });
  }
  return undefined;
}
