import type { AppError } from '../../core/app-error';
import type { OptionsAnswers } from '../../core/domain/wizard';
import { wrongAnswer } from '../../core/recipes/answers';
import { findRecipe } from '../../core/recipes/catalog';
import { appError } from '../workspace-context';

/** What is wrong with the answers to a recipe's own questions, whose rules the contract does not know. */
export function wrongOptions(recipeId: string | undefined, options: OptionsAnswers): AppError | undefined {
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
