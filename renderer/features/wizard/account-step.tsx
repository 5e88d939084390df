import { useState } from 'react';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { Columns, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { RadioGroup } from '../../ui/radio-group';
import { Text } from '../../ui/text';
import { useExistingAccount } from './existing-account';
import { useNewAccount } from './new-account';
import type { StepProps } from './step-props';
import { TrustedCard } from './trusted-card';

type AccountKind = 'existing' | 'new';

/** Which account will own the role: one that exists, or one of its own. Who is trusted stands beside it: computed, never typed. */
export function AccountStep(props: StepProps) {
  const { view, act, error } = props;
  const snapshot = useAsk('app', 'app', 'getSnapshot', {}).data;
  const { answers } = view.draft.state;
  const isPractice = snapshot?.workspace === 'practice';
  const isFromRequest = view.draft.origin === 'request';
  const boundId = answers.account === undefined ? answers.subAccountId : answers.account.subAccountId;
  const [chosen, setChosen] = useState<AccountKind>();
  const kind = isFromRequest ? 'existing' : (chosen ?? (boundId === undefined ? 'existing' : 'new'));
  const existing = useExistingAccount(props, snapshot);
  const fresh = useNewAccount(props, kind === 'new');
  const part = kind === 'new' ? fresh : existing;
  const identify = useAct('sources', 'identify');
  const source = isFromRequest ? undefined : snapshot?.source;
  // what is known to be wrong with the source identity is said before anything is typed in vain
  const trouble = error ?? source?.error;
  const remedy = useRemedy({
    retry: () =>
      void (error === undefined && source !== undefined ? identify.run({ sourceId: source.id }) : existing.submit()),
  });

  return (
    <Page
      title={isFromRequest ? 'Which of your accounts may they enter?' : 'Which account do they enter?'}
      lead="The target account owns the role and can take it back at any time."
      focusKey="account"
      footer={
        <WizardFooter back={<Button onPress={() => void act({ kind: 'go-back' })}>Back</Button>} actions={part.actions}>
          {part.foot}
        </WizardFooter>
      }
    >
      <Stack gap="md">
        {!isFromRequest && (
          <RadioGroup<AccountKind>
            label="Target account"
            hideLabel
            layout="cards"
            value={kind}
            onChange={setChosen}
            options={[
              {
                value: 'existing',
                label: 'An account that exists',
                icon: 'account',
                detail: 'You have its ID. What else is in it is behind the role’s permissions alone.',
              },
              {
                value: 'new',
                label: 'A new dedicated sub-account',
                icon: 'tree',
                detail:
                  'Made through your organization. The account is the wall: AdministratorAccess belongs in one of these.',
              },
            ]}
          />
        )}
        <Columns layout="side-right">
          <Stack gap="md">{part.left}</Stack>
          <Stack gap="md">
            {part.right}
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
            {isPractice && kind === 'existing' && (
              <Note tone="info" title="Practice production is a pretend account.">
                It is on this computer, and refuses what AWS refuses.
              </Note>
            )}
            {trouble !== undefined && existing.fieldError === undefined && (
              <ErrorPanel error={trouble} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
            )}
            {kind === 'existing' && (
              <Text tone="muted" size="sm">
                A wrong account ID hands nothing to anybody: the role is made in the account whose credentials make it.
              </Text>
            )}
          </Stack>
        </Columns>
      </Stack>
    </Page>
  );
}
