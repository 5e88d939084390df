import { accountFoundation } from './account-foundation';
import { codeDeploy } from './codedeploy';
import { custom } from './custom';
import { deploymentService } from './deployment-service';
import { identities } from './identities';
import { readOnlyAudit } from './read-only-audit';
import type { Recipe } from './recipe';
import { protonServiceRoles, serviceRoles } from './service-roles';
import { zappa } from './zappa';

/** In the order in which they are offered. */
export const recipes: readonly Recipe[] = [
  deploymentService,
  codeDeploy,
  zappa,
  serviceRoles,
  readOnlyAudit,
  identities,
  accountFoundation,
  custom,
  protonServiceRoles,
];

export function findRecipe(id: string): Recipe | undefined {
  return recipes.find((recipe) => recipe.id === id);
}
