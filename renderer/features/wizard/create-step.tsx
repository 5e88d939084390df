import type { StepProps } from './step-props';
import { CreateAutomatically } from './create-automatically';
import { CreateFromFiles } from './create-from-files';
import { CreateInConsole } from './create-in-console';

/** The role comes into being: by API, by a person's clicks, or by a person's own tools. */
export function CreateStep(props: StepProps) {
  const way = props.view.draft.state.answers.creation?.way;
  switch (way) {
    case 'console':
      return <CreateInConsole {...props} />;
    case 'cli':
    case 'cloudformation':
    case 'terraform':
      return <CreateFromFiles key={way} {...props} way={way} />;
    default:
      return <CreateAutomatically {...props} />;
  }
}
