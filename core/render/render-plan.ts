import type { Plan } from '../domain/plan';
import type { Rendering, RenderingForm } from './rendering';

/** A plan in the words of one tool. Pure: the same plan gives the same bytes. */
export function renderPlan(plan: Plan, form: RenderingForm): Rendering {
  throw new Error(`No rendering ${form} of ${plan.roleArn} yet.`);
}
