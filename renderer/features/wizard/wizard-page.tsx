import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { furthestStep, type CreationWay, type WizardAct } from '../../../core/domain/wizard';
import { wizardSteps, type WizardStep } from '../../../core/domain/wizard-steps';
import { findRecipe } from '../../../core/recipes/catalog';
import { FrameSide } from '../../app/frame';
import { useAct, useAsk } from '../../ipc/queries';
import { useOperationOn } from '../../ipc/operations';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock } from '../../ui/format';
import { Page } from '../../ui/page';
import { Stepper, type WizardStep as StepperStep } from '../../ui/stepper';
import type { DraftView } from '../../../core/contract/onboarding';
import { AccountStep } from './account-step';
import { CreateStep } from './create-step';
import { HandBackStep } from './hand-back-step';
import { OptionsStep } from './options-step';
import { RecipeStep } from './recipe-step';
import { ReviewStep } from './review-step';
import { useStepAddress } from './step-address';
import { stepNames } from './step-names';
import type { StepProps } from './step-props';
import { TestStep } from './test-step';

const wayNames: Readonly<Record<CreationWay, string>> = {
  automatic: 'With credentials of the account',
  console: 'By hand in the console',
  cli: 'With a script',
  cloudformation: 'With a stack',
  terraform: 'With Terraform',
};

/** One wizard: where it is, and the page of that step. */
export function WizardPage({ draftId }: { readonly draftId: string }) {
  const asked = useAsk('drafts', 'onboarding', 'getDraft', { draftId });
  const change = useAct('onboarding', 'act');
  const navigate = useNavigate();
  // an answer of `act` is newer than the one asked before it
  const [latest, setLatest] = useState<DraftView>();
  const view = newer(asked.data, latest);
  const test = useOperationOn('test', draftId);
  const act = async (event: WizardAct): Promise<boolean> => {
    const next = await change.run({ draftId, act: event });
    if (next !== undefined) setLatest(next);
    return next !== undefined;
  };
  const subAccountId = view?.draft.state.answers.account?.subAccountId;
  const whole = useOperationOn('by-itself', subAccountId);
  const recordedId = whole?.draftId === draftId ? whole.connectionId : undefined;
  useEffect(() => {
    if (recordedId !== undefined) void navigate(`/connect/done/${recordedId}`, { replace: true });
  }, [navigate, recordedId]);
  useStepAddress(view?.draft, (step) => act({ kind: 'go-to', step }));

  if (view === undefined) {
    return (
      <Page title="Connect an account">
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} />}
      </Page>
    );
  }

  const props: StepProps = { view, act, isBusy: change.busy, error: change.error };

  return (
    <>
      <FrameSide>
        <Stepper
          steps={stepperSteps(view, test?.state === 'failed', (step) => void act({ kind: 'go-to', step }))}
          saved={`Saved ${formatClock(view.draft.updatedAt)}. You can leave and come back.`}
          onLeave={() => void navigate('/sessions')}
        />
      </FrameSide>
      <CurrentStep {...props} />
    </>
  );
}

function newer(asked: DraftView | undefined, latest: DraftView | undefined): DraftView | undefined {
  if (asked === undefined || latest === undefined) return asked ?? latest;
  return latest.draft.updatedAt > asked.draft.updatedAt ? latest : asked;
}

function CurrentStep(props: StepProps) {
  switch (props.view.draft.state.step) {
    case 'recipe':
      return <RecipeStep {...props} />;
    case 'account':
      return <AccountStep {...props} />;
    case 'options':
      return <OptionsStep {...props} />;
    case 'review':
      return <ReviewStep {...props} />;
    case 'create':
      return <CreateStep {...props} />;
    case 'test':
      return props.view.draft.origin === 'request' ? <HandBackStep {...props} /> : <TestStep {...props} />;
  }
}

function stepperSteps(view: DraftView, testFailed: boolean, onGo: (step: WizardStep) => void): StepperStep[] {
  const { step: current, answers } = view.draft.state;
  const position = wizardSteps.indexOf(current);
  const furthest = wizardSteps.indexOf(furthestStep(answers));
  const steps: StepperStep[] = wizardSteps.map((step, index) => {
    const failed = step === 'test' && (testFailed || answers.test?.state === 'failed');
    const state =
      failed && index <= position ? 'failed' : index === position ? 'current' : index < position ? 'done' : 'later';
    return {
      id: step,
      name: step === 'test' && view.draft.origin === 'request' ? 'Hand back' : stepNames[step],
      detail: detailOf(step, view),
      state,
      ...(index !== position && index <= furthest ? { onGo: () => onGo(step) } : {}),
    };
  });
  return [...steps, { id: 'finish', name: 'Finish', state: 'later' }];
}

function detailOf(step: WizardStep, { draft }: DraftView): string | undefined {
  const { origin } = draft;
  const { step: current, answers } = draft.state;
  switch (step) {
    case 'recipe':
      return answers.recipeId === undefined ? 'What they may do' : findRecipe(answers.recipeId)?.title;
    case 'account':
      return answers.account?.name ?? (answers.subAccountId === undefined ? undefined : 'One of its own, asked for');
    case 'options':
      return answers.options === undefined
        ? undefined
        : `External ID ${answers.options.useExternalId ? 'on' : 'off'}, ${answers.options.maxSessionDuration / 3600} h sessions`;
    case 'review':
      return current === 'review' ? 'What will be created' : answers.creation === undefined ? undefined : 'Accepted';
    case 'create':
      if (answers.creation === undefined) return undefined;
      if (answers.creation.state === 'done') return 'Made, written down';
      if (answers.creation.state === 'failed') return 'Stopped by an error';
      return answers.creation.way === 'automatic' && answers.account?.subAccountId !== undefined
        ? 'By its access role'
        : wayNames[answers.creation.way];
    case 'test':
      if (origin === 'request') return 'Its ARN goes to them';
      if (answers.test === undefined) return current === 'test' ? 'Paste the role and test' : undefined;
      return answers.test.state === 'failed'
        ? 'Stopped'
        : `${answers.test.checks.filter(({ state }) => state === 'passed').length} passed`;
  }
}
