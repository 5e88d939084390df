import { Button } from './button';
import { Icon } from './icon';
import { VisuallyHidden } from './text';
import styles from './stepper.module.css';

export type StepState = 'done' | 'current' | 'failed' | 'later';

export interface WizardStep {
  readonly id: string;
  readonly name: string;
  /** What was chosen, or what is asked. */
  readonly detail?: string | undefined;
  readonly state: StepState;
  /** Goes back to it; only a step that is done has one. */
  readonly onGo?: (() => void) | undefined;
}

interface StepperProps {
  readonly steps: readonly WizardStep[];
  readonly onLeave: () => void;
  readonly leaveLabel?: string | undefined;
  /** “Saved 14:29:51. You can leave and come back.” */
  readonly saved?: string | undefined;
}

const stateWords: Readonly<Record<StepState, string>> = {
  done: 'done',
  current: 'this step',
  failed: 'this step failed',
  later: 'not yet',
};

/** The wizard's side: where we are, what was chosen, and that it is safe to leave. */
export function Stepper({ steps, onLeave, leaveLabel = 'Leave the wizard', saved }: StepperProps) {
  return (
    <div className={styles['stepper']}>
      <div className={styles['back']}>
        <Button variant="ghost" size="sm" icon="arrow-left" onPress={onLeave}>
          {leaveLabel}
        </Button>
      </div>
      <ol className={styles['steps']} aria-label="Steps">
        {steps.map((step, index) => (
          <li
            key={step.id}
            className={styles['step']}
            data-state={step.state}
            aria-current={step.state === 'current' || step.state === 'failed' ? 'step' : undefined}
          >
            <span className={styles['number']} aria-hidden="true">
              {step.state === 'done' ? (
                <Icon name="check" size="xs" />
              ) : step.state === 'failed' ? (
                <Icon name="x" size="xs" />
              ) : (
                index + 1
              )}
            </span>
            <span className={styles['words']}>
              {step.onGo === undefined ? (
                <b>{step.name}</b>
              ) : (
                <button type="button" className={styles['go']} onClick={step.onGo}>
                  {step.name}
                </button>
              )}
              <VisuallyHidden>, {stateWords[step.state]}</VisuallyHidden>
              {step.detail === undefined ? null : <small>{step.detail}</small>}
            </span>
          </li>
        ))}
      </ol>
      {saved === undefined ? null : (
        <p className={styles['saved']}>
          <Icon name="check" size="sm" />
          <span>{saved}</span>
        </p>
      )}
    </div>
  );
}
