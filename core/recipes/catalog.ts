import { custom } from './custom';
import { deploymentService } from './deployment-service';
import type { Recipe } from './recipe';

/** In the order in which they are offered. */
export const recipes: readonly Recipe[] = [deploymentService, custom];

export function findRecipe(id: string): Recipe | undefined {
  return recipes.find((recipe) => recipe.id === id);
}
