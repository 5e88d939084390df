import type { ReactNode } from 'react';
import { Button } from '../../ui/button';
import { Page, WizardFooter } from '../../ui/page';
import { AccountId } from '../../ui/text';
import type { StepProps } from './step-props';

interface CreateByHandPageProps extends Pick<StepProps, 'view' | 'act' | 'isBusy'> {
  readonly title: string;
  /** Before the account's name: “5 steps, by somebody who may create roles in”. */
  readonly lead: string;
  /** What the person says when it exists: “I made it”. */
  readonly made: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The page on which a person makes the role outside of Sallyport, and says when it exists. AWS is asked in the test. */
export function CreateByHandPage({ view, act, isBusy, title, lead, made, actions, children }: CreateByHandPageProps) {
  const { origin, state } = view.draft;
  const { account } = state.answers;
  return (
    <Page
      title={title}
      lead={
        <>
          {lead} {account?.name} {account === undefined ? null : <AccountId id={account.accountId} />}.
        </>
      }
      actions={actions}
      focusKey="create"
      footer={
        <WizardFooter
          back={<Button onPress={() => void act({ kind: 'go-back' })}>Back</Button>}
          actions={
            <Button
              variant="primary"
              trailingIcon="arrow-right"
              busy={isBusy ? { label: 'Saving' } : undefined}
              onPress={() => void act({ kind: 'role-exists' })}
            >
              {origin === 'request' ? made : `${made}, test it`}
            </Button>
          }
        >
          Sallyport changes nothing here. You can leave and come back.
        </WizardFooter>
      }
    >
      {children}
    </Page>
  );
}
