import type { StepProps } from './step-props';
import { CreateAutomatically } from './create-automatically';
import { CreateInConsole } from './create-in-console';

/** The role comes into being: by API, or by a person's clicks. */
export function CreateStep(props: StepProps) {
  return props.view.draft.state.answers.creation?.way === 'console' ? (
    <CreateInConsole {...props} />
  ) : (
    <CreateAutomatically {...props} />
  );
}
