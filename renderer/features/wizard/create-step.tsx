import { useState } from 'react';
import { useAsk } from '../../ipc/queries';
import type { StepProps } from './step-props';
import { CreateAutomatically } from './create-automatically';
import { CreateByItself } from './create-by-itself';
import { CreateFromFiles } from './create-from-files';
import { CreateInConsole } from './create-in-console';

/** The role comes into being: by API, by a person's clicks, or by a person's own tools. */
export function CreateStep(props: StepProps) {
  const { account, creation } = props.view.draft.state.answers;
  const way = creation?.way;
  const [choosesCredentials, setChoosesCredentials] = useState(false);
  const askedFor = useAsk('sub-accounts', 'organization', 'listAccounts', {});
  // one that was taken off the list is an account like any other
  const subAccount = askedFor.data?.subAccounts.find(({ id }) => id === account?.subAccountId);
  switch (way) {
    case 'console':
      return <CreateInConsole {...props} />;
    case 'cli':
    case 'cloudformation':
    case 'terraform':
      return <CreateFromFiles key={way} {...props} way={way} />;
    default:
      if (account?.subAccountId !== undefined && askedFor.pending) return null;
      return subAccount === undefined || choosesCredentials ? (
        <CreateAutomatically {...props} />
      ) : (
        <CreateByItself {...props} subAccount={subAccount} onChooseCredentials={() => setChoosesCredentials(true)} />
      );
  }
}
