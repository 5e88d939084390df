import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import type { Snapshot } from '../../../core/contract/app';
import { accountAnswersSchema, type AccountAnswers, type Draft } from '../../../core/domain/wizard';
import { useDefaultRegion } from '../../app/default-region';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { FormTextField } from '../../ui/form-field';
import { Stack } from '../../ui/layout';
import type { AccountPart } from './account-part';
import type { StepProps } from './step-props';

const practiceAccount: AccountAnswers = { name: 'Practice production', accountId: '222233334444', region: 'eu-west-1' };
const noAccount: AccountAnswers = { name: '', accountId: '', region: 'eu-west-1' };

/** An account that exists: its ID is typed. */
export function useExistingAccount(
  { view, act, isBusy, error }: StepProps,
  snapshot: Snapshot | undefined,
): AccountPart & { readonly submit: () => Promise<void>; readonly fieldError: string | undefined } {
  const { answers } = view.draft.state;
  const isFromRequest = view.draft.origin === 'request';
  const defaultRegion = useDefaultRegion();
  const form = useForm<AccountAnswers>({
    resolver: zodResolver(accountAnswersSchema),
    values: typed(answers.account) ?? proposed(view.draft, snapshot, defaultRegion),
    // what is being typed is not replaced when main sends the draft again
    resetOptions: { keepDirtyValues: true },
  });
  const submit = form.handleSubmit((account) => act({ kind: 'choose-account', account }).then(() => undefined));
  const fieldError = error?.field === 'accountId' ? `${error.message} ${error.whatToDo}` : undefined;
  return {
    submit,
    fieldError,
    foot: 'Nothing is created in this step.',
    actions: (
      <Button
        variant="primary"
        trailingIcon="arrow-right"
        busy={isBusy ? { label: isFromRequest ? 'Saving' : 'Asking AWS who we are' } : undefined}
        onPress={() => void submit()}
      >
        Continue
      </Button>
    ),
    right: undefined,
    left: (
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
    ),
  };
}

/** What was typed for an account that exists; one that was asked for is not typed. */
function typed(account: Draft['state']['answers']['account']): AccountAnswers | undefined {
  if (account === undefined || account.subAccountId !== undefined) return undefined;
  const { accountId, name, region } = account;
  return { accountId, name, region };
}

/** To begin with: what it was begun for, or the request says; otherwise, for an owner, the account that is called from. */
function proposed(
  { origin, suggestedAccount, state }: Draft,
  snapshot: Snapshot | undefined,
  defaultRegion: string | undefined,
): AccountAnswers {
  const start = snapshot?.workspace === 'practice' ? practiceAccount : noAccount;
  const called = snapshot?.source?.identity?.accountId;
  const own = origin === 'own' || called === state.answers.trusted?.accountId ? undefined : called;
  return {
    name: suggestedAccount?.name ?? start.name,
    accountId: suggestedAccount?.accountId ?? own ?? start.accountId,
    region: suggestedAccount?.region ?? defaultRegion ?? start.region,
  };
}
