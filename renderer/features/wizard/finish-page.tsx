import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { addMonths } from '../../../core/domain/calendar';
import { findRecipe } from '../../../core/recipes/catalog';
import { wizardSteps } from '../../../core/domain/wizard-steps';
import { FrameSide } from '../../app/frame';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { SessionClock } from '../../ui/big-clock';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock, formatDate } from '../../ui/format';
import { BadgeIcon } from '../../ui/icon';
import { Columns, Grow, Row, Stack } from '../../ui/layout';
import { Page, WizardFooter } from '../../ui/page';
import { CodeBlock } from '../../ui/policy-view';
import { Select } from '../../ui/select';
import { Stepper } from '../../ui/stepper';
import { Text, TwoLine } from '../../ui/text';
import { showToast } from '../../ui/toast';
import { isLive } from '../../../core/domain/session';
import { plainRequest } from '../../../core/domain/session-request';
import { useNow } from '../../app/clock';
import { ReceiptCard } from '../connections';
import { HandOn } from './hand-on';

const stepNames = ['Recipe', 'Account', 'Options', 'Review', 'Create', 'Test connection'] as const;
const reviewChoices = [1, 2, 3, 4, 6, 12] as const;
/** Connected: an open session, what was made and how to undo it, and when to look at it again. */
export function FinishPage() {
  const { connectionId = '' } = useParams();
  const navigate = useNavigate();
  const asked = useAsk('connections', 'connections', 'get', { connectionId });
  const sessions = useAsk('sessions', 'sessions', 'list', {}).data?.sessions ?? [];
  const now = useNow();
  const [error, setError] = useState<Awaited<ReturnType<typeof client.handoff.openConsole>>>();
  const review = useAct('connections', 'setReview');
  const start = useAct('sessions', 'start');
  const remedy = useRemedy({ retry: () => void startSession() });
  const connection = asked.data?.connection;
  const session = sessions.find((one) => one.connectionId === connectionId && isLive(one, now));
  const startSession = () =>
    start.run({
      connectionId,
      request: plainRequest(Math.min(3600, connection?.maxSessionDuration ?? 3600)),
      renewal: 'off',
    });

  if (connection === undefined) {
    return (
      <Page title="Connected">
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} />}
      </Page>
    );
  }
  const checks = connection.lastTest?.checks ?? [];
  const good = checks.filter(({ state }) => state === 'passed' || state === 'warned').length;
  const month = reviewChoices.find(
    (months) => Math.abs(addMonths(connection.createdAt, months) - (connection.reviewAt ?? 0)) < 86_400_000 * 3,
  );
  const failure = start.error ?? (error?.ok === false ? error.error : undefined);

  return (
    <>
      <FrameSide>
        <Stepper
          steps={[
            ...wizardSteps.map((id, index) => ({
              id,
              name: stepNames[index] ?? id,
              state: 'done' as const,
              detail: detailOf(id, connection),
            })),
            { id: 'finish', name: 'Finish', state: 'current' as const, detail: 'Connected' },
          ]}
          leaveLabel="Leave the wizard"
          saved={`Finished ${formatClock(connection.createdAt)}. The draft is gone.`}
          onLeave={() => void navigate('/sessions')}
        />
      </FrameSide>
      <Page
        title={`Connected to ${connection.name}`}
        lead={
          connection.lastTest === undefined
            ? 'The role is made and written down here without a secret. It was not tested yet.'
            : `The role answers${connection.externalId === undefined ? '' : ', refuses callers without the external ID'}, and is written down here without a secret.`
        }
        actions={
          connection.lastTest === undefined ? undefined : (
            <Chip tone="success" icon="check-circle">
              {good} of {checks.length} checks
            </Chip>
          )
        }
        focusKey="finish"
        footer={
          <WizardFooter
            actions={
              <>
                <Button onPress={() => void navigate('/connect')}>Connect another</Button>
                <Button variant="primary" onPress={() => void navigate('/sessions')}>
                  Done
                </Button>
              </>
            }
          >
            The connection is saved. It holds no secrets.
          </WizardFooter>
        }
      >
        <Stack gap="md">
          <Columns layout="even">
            {session === undefined ? (
              <Card title="No session yet" padding="md">
                <Stack gap="md">
                  {failure !== undefined && (
                    <ErrorPanel error={failure} onRemedy={remedy} onCopyDetail={copyText} isBare />
                  )}
                  <Row>
                    <Button
                      icon="play"
                      busy={start.busy ? { label: 'Starting' } : undefined}
                      onPress={() => void startSession()}
                    >
                      Start a session
                    </Button>
                  </Row>
                </Stack>
              </Card>
            ) : (
              <SessionClock
                title="Session open"
                issuedAt={session.issuedAt}
                expiresAt={session.expiresAt}
                name={connection.name}
              >
                <Button
                  icon="external"
                  onPress={() =>
                    void client.handoff.openConsole({ sessionId: session.id }).then((answer) => {
                      setError(answer);
                      if (answer.ok && answer.value.opened === 'practice') {
                        showToast({
                          title: 'The sandbox has no console page',
                          detail: 'The sign-in itself was granted.',
                          icon: 'sandbox',
                        });
                      }
                    })
                  }
                >
                  Open console
                </Button>
                <CopyButton
                  what="environment"
                  label="Copy environment"
                  size="md"
                  onCopy={async () => {
                    const answer = await client.handoff.copyEnvironment({ sessionId: session.id, shell: 'bash' });
                    return answer.ok ? { ok: true } : { ok: false, message: answer.error.message };
                  }}
                />
              </SessionClock>
            )}
            <Card
              title="Use it from tools"
              padding="none"
              foot={
                <Text tone="muted" size="sm">
                  The clipboard is cleared after 30 s. The screen never shows the keys.
                </Text>
              }
            >
              <CodeBlock
                label="How to use the session in a shell"
                text={[
                  '# 1. Copy environment, then paste it into bash or zsh',
                  '# 2. Every AWS tool in that shell is now the role:',
                  'aws sts get-caller-identity',
                ].join('\n')}
              />
            </Card>
          </Columns>
          <HandOn connection={connection} />
          <ReceiptCard
            connection={connection}
            now={now}
            onUndo={() => void navigate(`/connections/${connectionId}?undo=1`)}
          />
          <Card padding="md">
            <Row gap="md">
              <BadgeIcon name="calendar" />
              <Grow>
                <TwoLine
                  title={
                    connection.reviewAt === undefined
                      ? 'No review is planned'
                      : `Look at this again on ${formatDate(connection.reviewAt)}`
                  }
                  detail="A review asks one question: is it still needed as it is?"
                />
              </Grow>
              <Select
                label="Review"
                hideLabel
                size="sm"
                options={reviewChoices.map((months) => ({
                  value: String(months),
                  label: months === 1 ? 'In 1 month' : `In ${months} months`,
                }))}
                value={month === undefined ? null : String(month)}
                onChange={(value) =>
                  void review.run({ connectionId, reviewAt: addMonths(connection.createdAt, Number(value)) })
                }
              />
            </Row>
          </Card>
        </Stack>
      </Page>
    </>
  );
}

function detailOf(
  step: (typeof wizardSteps)[number],
  connection: {
    readonly recipeId: string;
    readonly name: string;
    readonly maxSessionDuration: number;
    readonly externalId?: string | undefined;
    readonly madeBy: string;
    readonly receipt: readonly unknown[];
    readonly lastTest?: unknown;
  },
): string | undefined {
  switch (step) {
    case 'recipe':
      return findRecipe(connection.recipeId)?.title;
    case 'account':
      return connection.name;
    case 'options':
      return `External ID ${connection.externalId === undefined ? 'off' : 'on'}, ${connection.maxSessionDuration / 3600} h sessions`;
    case 'review':
      return 'Accepted';
    case 'create':
      return connection.madeBy === 'automatic' ? `${connection.receipt.length} things made` : 'By hand in the console';
    case 'test':
      return connection.lastTest === undefined ? 'Not tested' : 'Passed';
  }
}
