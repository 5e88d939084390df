import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { Columns, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { AccountWishCards } from './account-wish-cards';
import { AskForAccountDialog } from './ask-for-account-dialog';
import { BeforeAfter } from './before-after';
import { useAccountWish } from './use-account-wish';
import { useSourceChoice } from './use-source-choice';

/** What is wished for, why, whether it can be had, and the one button that asks AWS. */
export function NewAccountPage() {
  const navigate = useNavigate();
  const [address] = useSearchParams();
  const choice = useSourceChoice();
  const { sourceId } = choice;
  const account = useAccountWish(choice, address.get('unit') ?? undefined);
  const { asked, notYet, view, wish } = account;
  const [isAsking, setAsking] = useState(false);
  const create = useAct('organization', 'createAccount');
  const remedy = useRemedy({ retry: asked.again });

  const run = async () => {
    if (sourceId === undefined || wish === undefined) return;
    const answer = await create.run({ sourceId, wish });
    if (answer === undefined) return;
    account.clear();
    void navigate(`/organization/accounts/${answer.subAccountId}`);
  };
  const close = () => {
    setAsking(false);
    create.reset();
  };
  return (
    <Page
      title="New sub-account"
      lead="An AWS account of its own, made through your organization."
      crumbs={[{ label: 'Organization', onGo: () => void navigate('/organization') }, { label: 'New sub-account' }]}
      focusKey="new-sub-account"
      footer={
        <WizardFooter
          back={<Button onPress={() => void navigate('/organization')}>Back</Button>}
          actions={
            <Button variant="primary" size="lg" icon="send" disabledReason={notYet} onPress={() => setAsking(true)}>
              Ask AWS for this account…
            </Button>
          }
        >
          {wish === undefined || notYet === undefined
            ? 'Nothing is made before you confirm.'
            : `${notYet}. Nothing is made before you confirm.`}
        </WizardFooter>
      }
    >
      <Stack gap="md">
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={remedy} onCopyDetail={copyText} />}
        {choice.asked.data !== undefined && choice.sources.length === 0 && (
          <Note
            tone="warning"
            title="No source identity yet."
            action={
              <Button variant="link" onPress={() => void navigate('/settings')}>
                Add one in the settings
              </Button>
            }
          >
            Accounts are made as somebody in the management account.
          </Note>
        )}
        {asked.data !== undefined && view === undefined && (
          <Note
            tone="warning"
            title="This source does not manage an organization."
            action={
              <Button variant="link" onPress={() => void navigate('/organization')}>
                Look at the organization
              </Button>
            }
          >
            Accounts are made from the management account.
          </Note>
        )}
        <Columns layout="side-right">
          <Stack gap="md">
            <AccountWishCards account={account} />
          </Stack>
          <Stack>
            <Card title="Why an account of its own" padding="md">
              <BeforeAfter name={account.form.name} />
            </Card>
          </Stack>
        </Columns>
      </Stack>
      <AskForAccountDialog
        wish={wish}
        isOpen={isAsking}
        isBusy={create.busy}
        error={create.error}
        onAsk={() => void run()}
        onCancel={close}
      />
    </Page>
  );
}
