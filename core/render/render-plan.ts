import type { Plan } from '../domain/plan';
import { renderBash } from './bash';
import { renderCloudFormation } from './cloudformation';
import { renderPowerShell } from './powershell';
import type { Rendering, RenderingForm } from './rendering';
import { renderStackSet } from './stackset';
import { renderTerraform } from './terraform';
import { whyNotRendered } from './why-not';

const renderers: Readonly<Record<RenderingForm, (plan: Plan) => Rendering>> = {
  bash: renderBash,
  powershell: renderPowerShell,
  cloudformation: renderCloudFormation,
  stackset: renderStackSet,
  terraform: renderTerraform,
};

/**
 * A plan in the words of one tool. Pure: the same plan gives the same bytes. A plan that cannot be written so has no files,
 * and a note that says why.
 */
export function renderPlan(plan: Plan, form: RenderingForm): Rendering {
  const reason = whyNotRendered(plan);
  return reason === undefined ? renderers[form](plan) : { files: [], notes: [reason] };
}
