import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import type { Snapshot } from '../../../core/contract/app';
import { accountAnswersSchema, type AccountAnswers, type Draft } from '../../../core/domain/wizard';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { FormTextField } from '../../ui/form-field';
import { Columns, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { Text } from '../../ui/text';
import type { StepProps } from './step-props';
import { TrustedCard } from './trusted-card';

const practiceAccount: AccountAnswers = { name: 'Practice production', accountId: '222233334444', region: 'eu-west-1' };
const noAccount: AccountAnswers = { name: '', accountId: '', region: 'eu-west-1' };

/** Which account will own the role. Who is trusted stands beside it: computed, never typed. */
export function AccountStep({ view, act, isBusy, error }: StepProps) {
  const snapshot = useAsk('app', 'app', 'getSnapshot', {}).data;
  const { answers } = view.draft.state;
  const isPractice = snapshot?.workspace === 'practice';
  const isFromRequest = view.draft.origin === 'request';
  const form = useForm<AccountAnswers>({
    resolver: zodResolver(accountAnswersSchema),
    values: answers.account ?? proposed(view.draft, snapshot),
    // what is being typed is not replaced when main sends the draft again
    resetOptions: { keepDirtyValues: true },
  });
  const identify = useAct('sources', 'identify');
  const source = isFromRequest ? undefined : snapshot?.source;
  // what is known to be wrong with the source identity is said before anything is typed in vain
  const trouble = error ?? source?.error;
  const remedy = useRemedy({
    retry: () => void (error === undefined && source !== undefined ? identify.run({ sourceId: source.id }) : submit()),
  });
  const submit = form.handleSubmit((account) => act({ kind: 'choose-account', account }).then(() => undefined));
  const fieldError = error?.field === 'accountId' ? `${error.message} ${error.whatToDo}` : undefined;

  return (
    <Page
      title={isFromRequest ? 'Which of your accounts may they enter?' : 'Which account do they enter?'}
      lead="The target account owns the role and can take it back at any time."
      focusKey="account"
      footer={
        <WizardFooter
          back={<Button onPress={() => void act({ kind: 'go-back' })}>Back</Button>}
          actions={
            <Button
              variant="primary"
              trailingIcon="arrow-right"
              busy={isBusy ? { label: isFromRequest ? 'Saving' : 'Asking AWS who we are' } : undefined}
              onPress={() => void submit()}
            >
              Continue
            </Button>
          }
        >
          Nothing is created in this step.
        </WizardFooter>
      }
    >
      <Columns layout="side-right">
        <Card title="Target account" padding="md">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <Stack gap="lg">
              <FormTextField
                control={form.control}
                name="name"
                label="Name"
                help="Yours to choose. It names the connection in every list."
                maxLength={80}
              />
              <FormTextField
                control={form.control}
                name="accountId"
                label="Account ID"
                help="Twelve digits. It stands at the top right of the AWS console."
                // the console shows 1234-5678-9012 and people paste spaces
                tidy={(text) => text.replaceAll(/[\s-]/g, '')}
                refusal={fieldError}
                inputMode="numeric"
                mono
                maxLength={32}
              />
              <FormTextField
                control={form.control}
                name="region"
                label="Region"
                help="Where sessions of this connection start. Roles themselves belong to no Region."
                errorWords="A Region looks like eu-west-1."
                mono
                maxLength={32}
              />
              {/* Enter in a field goes on */}
              <button type="submit" hidden />
            </Stack>
          </form>
        </Card>
        <Stack gap="md">
          <TrustedCard
            trusted={answers.trusted ?? snapshot?.source?.identity}
            externalId={view.draft.externalId}
            isFromRequest={isFromRequest}
            onCopy={copyText}
          />
          {!isFromRequest && snapshot !== undefined && snapshot.source === undefined && (
            <Note
              tone="warning"
              title="No source identity yet."
              action={
                <Button variant="link" onPress={() => remedy({ kind: 'choose-source' })}>
                  Choose one
                </Button>
              }
            >
              Sallyport must know who the role will trust.
            </Note>
          )}
          {isPractice && (
            <Note tone="info" title="Practice production is a pretend account.">
              It is on this computer, and refuses what AWS refuses.
            </Note>
          )}
          {trouble !== undefined && fieldError === undefined && (
            <ErrorPanel error={trouble} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
          )}
          <Text tone="muted" size="sm">
            A wrong account ID hands nothing to anybody: the role is made in the account whose credentials make it.
          </Text>
        </Stack>
      </Columns>
    </Page>
  );
}

/** To begin with: what the request says; otherwise, for an owner, the account that is called from. */
function proposed({ origin, suggestedAccount, state }: Draft, snapshot: Snapshot | undefined): AccountAnswers {
  const start = snapshot?.workspace === 'practice' ? practiceAccount : noAccount;
  if (origin === 'own') return start;
  const called = snapshot?.source?.identity?.accountId;
  const own = called === state.answers.trusted?.accountId ? undefined : called;
  return {
    name: suggestedAccount?.name ?? start.name,
    accountId: suggestedAccount?.accountId ?? own ?? start.accountId,
    region: suggestedAccount?.region ?? start.region,
  };
}
