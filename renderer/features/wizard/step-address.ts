import { useEffect, useEffectEvent, useRef } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { furthestStep, type Draft, type WizardState } from '../../../core/domain/wizard';
import { wizardSteps, type WizardStep } from '../../../core/domain/wizard-steps';

/** The address of one step of a wizard. */
export function stepPath(draftId: string, step: WizardStep): string {
  return `/connect/${draftId}/${step}`;
}

/** What an address leads to: the step it names, the furthest one when the answers do not allow that, or where the wizard stands. */
export function stepAt(asked: string | undefined, { step, answers }: WizardState): WizardStep {
  const named = wizardSteps.find((one) => one === asked);
  if (named === undefined) return step;
  const furthest = furthestStep(answers);
  return wizardSteps.indexOf(named) > wizardSteps.indexOf(furthest) ? furthest : named;
}

/**
 * Keeps the address and the wizard together. The step is the draft's, and main holds it: when it changes the address
 * follows. An address that somebody goes to only asks for its step, as a press in the list of steps does.
 */
export function useStepAddress(draft: Draft | undefined, goTo: (step: WizardStep) => Promise<boolean>): void {
  const { step: asked } = useParams();
  const { key } = useLocation();
  const navigate = useNavigate();
  const seen = useRef<WizardStep>(undefined);
  const step = draft?.state.step;

  const settle = useEffectEvent(async () => {
    if (draft === undefined) return;
    const { state } = draft;
    const hasMoved = seen.current !== undefined && seen.current !== state.step;
    seen.current = state.step;
    if (asked === state.step) return;
    const wanted = stepAt(asked, state);
    const follow = (replace: boolean) => navigate(stepPath(draft.id, state.step), { replace });
    // an address that leads nowhere is nothing to come back to
    if (hasMoved) await follow(wanted !== asked);
    else if (wanted === state.step || !(await goTo(wanted))) await follow(true);
  });
  useEffect(() => void settle(), [key, step]);
}
