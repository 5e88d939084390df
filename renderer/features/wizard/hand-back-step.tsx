import { useNavigate } from 'react-router';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { Columns, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { ReadOnlyField } from '../../ui/text-field';
import { Text } from '../../ui/text';
import { showToast } from '../../ui/toast';
import styles from './hand-back-step.module.css';
import { whoAsks } from './request-words';
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
  const who = whoAsks(trusted.arn);
  const shown = error ?? finish.error;

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
              disabledReason={
                creation?.state === 'failed' || creation?.state === 'stopped' || creation?.state === 'running'
                  ? 'The role has not been made to the end'
                  : undefined
              }
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
          <Card title="Send it back to them" padding="md">
            <Stack gap="md">
              <ReadOnlyField
                label="ARN of the role"
                value={roleArn}
                help="It is no secret: without being who the role trusts, nobody can do anything with it."
                onCopy={() => copyText(roleArn)}
              />
              {!made && (
                <Note tone="warning" title="Sallyport did not make this role.">
                  This is the ARN that it has when it was made as reviewed. Compare it with the role’s page.
                </Note>
              )}
            </Stack>
          </Card>
          <Card title="What happens next" padding="md">
            <ol className={styles['next']}>
              <li>You send the ARN to whoever sent you the request.</li>
              <li>They paste it into their wizard and test it. Only they can: the role lets in nobody else.</li>
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
