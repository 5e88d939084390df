import { z } from '../../core/zod';
import { externalIdSchema, idSchema } from '../../core/domain/limits';
import type { Plan } from '../../core/domain/plan';
import { planRole } from '../../core/domain/role-plan';
import { accountAnswersSchema, optionsAnswersSchema, trustedSchema, type Trusted } from '../../core/domain/wizard';
import { answersOf, firstWrongAnswer } from '../../core/recipes/answers';
import { findRecipe, recipes } from '../../core/recipes/catalog';
import { err, ok, type Result } from '../../core/result';

/** What a file of parameters may say; whatever it leaves out is the recipe's own. */
const parametersSchema = z.strictObject({
  account: accountAnswersSchema,
  trusted: trustedSchema,
  externalId: externalIdSchema,
  onboardingId: idSchema,
  options: optionsAnswersSchema.omit({ parameters: true }).partial().default({}),
  parameters: optionsAnswersSchema.shape.parameters,
});

export type ReadPlan = { readonly plan: Plan; readonly trusted: Trusted };

/** The plan of a recipe with the answers in a text of JSON. Errors are words for the person who wrote it. */
export function readPlan(recipeId: string, text: string): Result<ReadPlan, string> {
  const recipe = findRecipe(recipeId);
  if (recipe === undefined) {
    return err(`There is no recipe “${recipeId}”. There are: ${recipes.map(({ id }) => id).join(', ')}.`);
  }
  if (recipe.checklist !== undefined) return err(`The recipe “${recipeId}” is a checklist: it makes nothing.`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('The parameters are not JSON.');
  }
  const parsed = parametersSchema.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ message, path }) => `${path.join('.') || 'parameters'}: ${message}`);
    return err(issues.join('\n'));
  }
  const { account, externalId, onboardingId, options, parameters, trusted } = parsed.data;
  const asked = new Set((recipe.parameters ?? []).map(({ id }) => id));
  const unknown = Object.keys(parameters).find((id) => !asked.has(id));
  if (unknown !== undefined) return err(`parameters.${unknown}: this recipe does not ask that.`);
  const known = { accountId: account.accountId, region: account.region, trustedAccountId: trusted.accountId };
  const wrong = firstWrongAnswer(recipe, answersOf(recipe, parameters, { ...known, partition: trusted.partition }));
  if (wrong !== undefined) return err(`parameters.${wrong.id}: ${wrong.message}`);
  const all = {
    ...recipe.defaults,
    managedPolicies: [...recipe.defaults.managedPolicies],
    useExternalId: true,
    onlyThisIdentity: false,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    parameters,
  };
  const plan = planRole({ recipe, account, trusted, options: all, externalId, onboardingId });
  return ok({ plan, trusted });
}
