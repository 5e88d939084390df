import { identityName } from '../../../core/domain/trust-words';
import { useNavigate } from 'react-router';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { Columns, Stack } from '../../ui/layout';
import { Page, WizardFooter } from '../../ui/page';
import { Text } from '../../ui/text';
import { showToast } from '../../ui/toast';
import styles from './hand-back-step.module.css';
import { SendReply } from './send-reply';
import type { StepProps } from './step-props';
import { TrustedCard } from './trusted-card';

/** The end for somebody who was asked: the role's ARN goes back to whoever it lets in. Only they can test it. */
export function HandBackStep({ view, act, error }: StepProps) {
  const { draft, plan } = view;
  const { answers } = draft.state;
  const { trusted, account, options, creation } = answers;
  const finish = useAct('onboarding', 'finish');
  const navigate = useNavigate();
  const roleArn = answers.roleArn ?? plan?.roleArn;
  const made = creation?.state === 'done';
  const end = async () => {
    const answer = await finish.run({
      draftId: draft.id,
      name: account?.name ?? 'Connection',
      durationSeconds: 3600,
      reviewInMonths: 4,
    });
    if (answer === undefined) return;
    showToast({
      title: `${account?.name ?? 'The role'} is in your connections`,
      detail: 'Revoke it there at any time.',
    });
    void navigate(`/connections/${answer.connectionId}`, { replace: true });
  };
  const remedy = useRemedy({ retry: () => void end(), roleName: options?.roleName });
  if (trusted === undefined || roleArn === undefined) return null;
  const who = identityName(trusted.arn);
  const shown = error ?? finish.error;
  const unfinished = made || creation?.state === 'ready' ? undefined : 'The role has not been made to the end';

  return (
    <Page
      title="Hand the role back"
      lead={
        made ? `The role exists. ${who} learns of it from you.` : `Once the role exists, ${who} learns of it from you.`
      }
      focusKey="hand-back"
      footer={
        <WizardFooter
          back={<Button onPress={() => void act({ kind: 'go-back' })}>Back</Button>}
          actions={
            <Button
              variant="primary"
              busy={finish.busy ? { label: 'Saving' } : undefined}
              disabledReason={unfinished}
              onPress={() => void end()}
            >
              I sent it, finish
            </Button>
          }
        >
          Finishing keeps a record of the role here, so that you can take it back.
        </WizardFooter>
      }
    >
      <Columns layout="side-right">
        <Stack gap="md">
          <SendReply draftId={draft.id} roleArn={roleArn} isMade={made} disabledReason={unfinished} />
          <Card title="What happens next" padding="md">
            <ol className={styles['next']}>
              <li>You send the reply to whoever sent you the request.</li>
              <li>They open it, and test the role. Only they can: the role lets in nobody else.</li>
              <li>Here it is in your connections as “Not tested”. Revoke it there when it is no longer needed.</li>
            </ol>
          </Card>
          {shown !== undefined && (
            <ErrorPanel error={shown} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
          )}
        </Stack>
        <Stack gap="md">
          <TrustedCard
            trusted={trusted}
            externalId={options?.useExternalId === true ? draft.externalId : undefined}
            isFromRequest
            onCopy={copyText}
          />
          <Text tone="muted" size="sm">
            They know the external ID already: it came with their request.
          </Text>
        </Stack>
      </Columns>
    </Page>
  );
}
