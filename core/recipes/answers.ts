import type { Recipe, RecipeParameter } from './recipe';
import { fill, holds, type TemplateValues } from './template';

/** A question that is asked with these answers; one that hangs on another answer may not be. */
export function isAsked(parameter: RecipeParameter, values: TemplateValues): boolean {
  return holds(parameter.when, values);
}

/** What is wrong with an answer, in words; `undefined` when it can be used. */
export function wrongAnswer(parameter: RecipeParameter, answer: string): string | undefined {
  switch (parameter.kind) {
    case 'text':
      return new RegExp(`^(?:${parameter.pattern})$`).test(answer) ? undefined : parameter.patternWords;
    case 'choice':
      return parameter.options.some(({ value }) => value === answer) ? undefined : 'Choose one of these.';
    case 'toggle':
      return answer === 'yes' || answer === 'no' ? undefined : 'Answer yes or no.';
  }
}

/**
 * Every answer of a recipe: what was given, and what is suggested for the rest. Suggestions may be made of what is
 * known, such as the account's ID.
 */
export function answersOf(recipe: Recipe, given: TemplateValues, known: TemplateValues): TemplateValues {
  const answers: Record<string, string> = {};
  for (const parameter of recipe.parameters ?? []) {
    const answer = Object.hasOwn(given, parameter.id) ? given[parameter.id] : undefined;
    answers[parameter.id] = answer ?? fill(parameter.default, { ...known, ...answers });
  }
  return answers;
}

/** The first answer that cannot be used, among those that are asked for. */
export function firstWrongAnswer(
  recipe: Recipe,
  answers: TemplateValues,
): { readonly id: string; readonly message: string } | undefined {
  for (const parameter of recipe.parameters ?? []) {
    if (!isAsked(parameter, answers)) continue;
    const message = wrongAnswer(parameter, answers[parameter.id] ?? '');
    if (message !== undefined) return { id: parameter.id, message };
  }
  return undefined;
}
