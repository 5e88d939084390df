import type { AppError } from '../../../core/app-error';
import type { DraftView } from '../../../core/contract/onboarding';
import type { WizardAct } from '../../../core/domain/wizard';

/** What every step gets. Answers live in main: a step sends an act and draws what comes back. */
export interface StepProps {
  readonly view: DraftView;
  /** True when main accepted it. */
  readonly act: (act: WizardAct) => Promise<boolean>;
  readonly isBusy: boolean;
  /** Why the last act was refused. */
  readonly error: AppError | undefined;
}
