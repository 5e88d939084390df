import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Check } from '../../../core/domain/check';
import { readRoleReference } from '../../../core/domain/role-reference';
import { requestPath } from '../../app/places';
import { sentText } from '../../app/sent-file';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useOperationOn } from '../../ipc/operations';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CheckList } from '../../ui/check-list';
import { ErrorPanel } from '../../ui/error-panel';
import { Columns, Stack } from '../../ui/layout';
import { Page, WizardFooter } from '../../ui/page';
import { Mono } from '../../ui/text';
import { accessRoleStepId } from '../../../core/domain/role-plan';
import { ChecksSummary, TestFailure, useCheckRows } from '../diagnosis';
import { TrustWatch } from '../permissions';
import { PasteRole } from './paste-role';
import type { StepProps } from './step-props';
import { WaitForRole } from './wait-for-role';
import { TrustedCard } from './trusted-card';

/** Paste whatever there is, and see the role tested. A failure takes the page over and says why. */
export function TestStep({ view, act, isBusy, error }: StepProps) {
  const { draft } = view;
  const { answers } = draft.state;
  const operation = useOperationOn('test', draft.id);
  const test = useAct('onboarding', 'testConnection');
  const finish = useAct('onboarding', 'finish');
  const navigate = useNavigate();
  const [isChanging, setChanging] = useState(answers.roleArn === undefined);
  const running = operation?.state === 'running';
  const result = running ? undefined : answers.test;
  const checks = (running ? operation.checks : (result?.checks ?? [])) as readonly Check[];
  const rows = useCheckRows(checks, operation);
  const failed = result?.state === 'failed';
  const role = view.plan?.steps.find(({ id }) => id === accessRoleStepId);
  const passed = result?.state === 'passed' || result?.state === 'warned';

  const failure = error ?? test.error ?? finish.error;

  const run = async (again = false) => {
    setChanging(false);
    await test.run({ draftId: draft.id, justMade: true, again });
  };
  const remedy = useRemedy({
    retry: () => void run(),
    editRole: () => setChanging(true),
    roleName: answers.options?.roleName,
  });
  const openReply = (text: string) => void navigate(requestPath, { state: sentText(text) });
  const take = async (roleArn: string): Promise<void> => {
    if (await act({ kind: 'set-role', roleArn })) await run();
  };
  const end = async () => {
    const answer = await finish.run({
      draftId: draft.id,
      name: answers.account?.name ?? 'Connection',
      durationSeconds: Math.min(3600, answers.options?.maxSessionDuration ?? 3600),
      reviewInMonths: 4,
    });
    if (answer !== undefined) void navigate(`/connect/done/${answer.connectionId}`, { replace: true });
  };

  const footer = (
    <WizardFooter
      back={
        <Button isDisabled={running} onPress={() => void act({ kind: 'go-back' })}>
          Back
        </Button>
      }
      actions={
        <>
          {result !== undefined && !failed && (
            <Button icon="refresh" onPress={() => void run()}>
              Test again
            </Button>
          )}
          {passed || running || result !== undefined || answers.roleArn === undefined ? (
            <Button
              variant="primary"
              busy={finish.busy ? { label: 'Opening a session' } : undefined}
              disabledReason={passed ? undefined : running ? 'The test is still running' : 'The test has not passed'}
              onPress={() => void end()}
            >
              Finish
            </Button>
          ) : (
            <Button
              variant="primary"
              icon="play"
              busy={isBusy || test.busy ? { label: 'Starting' } : undefined}
              onPress={() => void run()}
            >
              Test connection
            </Button>
          )}
        </>
      }
    >
      {running ? (
        'You can leave now. The test goes on, and its result is kept.'
      ) : failed && result.error?.requestId !== undefined ? (
        <>
          Request ID <Mono>{result.error.requestId}</Mono>
        </>
      ) : (
        'Sessions opened by the test are dropped at once.'
      )}
    </WizardFooter>
  );

  if (failed && !isChanging) {
    return (
      <Page
        title="Paste the role and test"
        lead={
          <>
            <Mono>{answers.roleArn}</Mono>{' '}
            <Button variant="link" onPress={() => setChanging(true)}>
              Change
            </Button>
          </>
        }
        actions={
          <Button icon="refresh" onPress={() => void run()}>
            Test again
          </Button>
        }
        focusKey="test-failed"
        footer={footer}
      >
        <TestFailure
          subjectId={draft.id}
          result={result}
          rows={rows}
          roleArn={answers.roleArn ?? ''}
          onRemedy={remedy}
          onFixed={() => void run(true)}
          onGoOn={() => void run(true)}
          onTakeRole={(roleArn) => void take(roleArn)}
        />
      </Page>
    );
  }

  return (
    <Page
      title="Paste the role and test"
      lead="Paste whatever the console, a script or a colleague gave you. The role is picked out of it."
      focusKey="test"
      footer={footer}
    >
      <Stack gap="md">
        <Columns layout="side-right">
          <PasteRole
            roleArn={answers.roleArn}
            plannedArn={view.plan?.roleArn}
            externalId={draft.externalId}
            onReply={openReply}
            isDisabled={running}
            read={(text) =>
              readRoleReference(text, {
                ...(answers.trusted === undefined
                  ? {}
                  : { callerAccountId: answers.trusted.accountId, callerPartition: answers.trusted.partition }),
                ...(answers.account === undefined ? {} : { knownAccountId: answers.account.accountId }),
              })
            }
            onTake={(arn) => void take(arn)}
          />
          <TrustedCard
            trusted={answers.trusted}
            externalId={answers.options?.useExternalId === true ? draft.externalId : undefined}
            onCopy={copyText}
          />
        </Columns>
        {view.plan !== undefined && answers.roleArn === undefined && !running && (
          <WaitForRole roleArn={view.plan.roleArn} onWait={(arn) => void take(arn)} />
        )}
        {failure !== undefined && (
          <ErrorPanel error={failure} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {role?.kind === 'create-role' && (
          <TrustWatch trust={role.trustPolicy} maxSessionDuration={role.maxSessionDuration} />
        )}
        {rows.length > 0 && (
          <Card
            title="Test connection"
            subtitle={<ChecksSummary checks={checks} operation={operation} />}
            padding="none"
            actions={
              running ? (
                <Button size="sm" onPress={() => void client.operations.cancel({ operationId: operation.id })}>
                  Cancel
                </Button>
              ) : undefined
            }
          >
            <CheckList label="Checks of the connection" rows={rows} />
          </Card>
        )}
      </Stack>
    </Page>
  );
}
