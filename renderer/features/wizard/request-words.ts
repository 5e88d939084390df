import type { ConnectionRequest } from '../../../core/domain/connection-request';
import { previewPlan, type PlanPreview } from '../../../core/domain/plan-preview';
import { planRole } from '../../../core/domain/role-plan';
import { findRecipe } from '../../../core/recipes/catalog';

/** What a request asks for, as the review will say it. Where it names no account, its place is held by twelve zeros. */
export function previewRequest(request: ConnectionRequest): PlanPreview | undefined {
  const recipe = findRecipe(request.recipeId);
  if (recipe === undefined) return undefined;
  const { options, requester: trusted, externalId, account } = request;
  const plan = planRole({
    recipe,
    account: { name: '', region: '', accountId: account?.accountId ?? '000000000000' },
    trusted,
    options,
    externalId,
    onboardingId: externalId,
  });
  return previewPlan(recipe, plan, options, trusted);
}
