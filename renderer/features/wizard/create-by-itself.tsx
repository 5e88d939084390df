import { useState } from 'react';
import { byGuardRails, guardRailOf, type ByGuardRail, type ByItself } from '../../../core/domain/by-itself';
import type { Check, TestResult } from '../../../core/domain/check';
import { isSameGuardRail, type GuardRail, type GuardRailRecord } from '../../../core/domain/guard-rails';
import type { SubAccount } from '../../../core/domain/sub-account';
import { hasMadeThings, type Answers } from '../../../core/domain/wizard';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useOperationOn } from '../../ipc/operations';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CheckList, type CheckRow, type CheckState } from '../../ui/check-list';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { AccountId, VisuallyHidden } from '../../ui/text';
import { useCheckRows } from '../diagnosis';
import { AskAsCard, GuardRailPreviewDialog, useAskAs } from '../organization';
import { planRows } from './plan-rows';
import type { StepProps } from './step-props';

interface CreateByItselfProps extends StepProps {
  readonly subAccount: SubAccount;
  /** The person has other credentials of the account. */
  readonly onChooseCredentials: () => void;
}

const railWords: Readonly<Record<ByGuardRail, string>> = {
  role: 'Protect this role',
  stay: 'Deny leaving the organization',
  regions: 'Allow only its Region',
};

const railDetails: Readonly<Record<ByGuardRail, string>> = {
  role: 'A service control policy on this account: nobody but its access role changes or deletes it.',
  stay: 'A service control policy on this account: only the management account takes it out.',
  regions: 'A service control policy on this account: other Regions are refused, global services go on.',
};

/** For an account of the organization: one button does everything that is left, each line written down as it goes. */
export function CreateByItself({ view, act, isBusy, subAccount, onChooseCredentials }: CreateByItselfProps) {
  const { draft, plan } = view;
  const { answers } = draft.state;
  const { account, byItself, creation } = answers;
  const snapshot = useAsk('app', 'app', 'getSnapshot', {}).data;
  const records = useAsk('guard-rail-records', 'guardRails', 'list', {}).data?.records ?? [];
  const whole = useOperationOn('by-itself', subAccount.id);
  const creating = useOperationOn('creation', draft.id);
  const testing = useOperationOn('test', draft.id);
  const start = useAct('onboarding', 'createByItself');
  const undo = useAct('onboarding', 'undoCreation');
  const [previewed, setPreviewed] = useState<ByGuardRail>();
  const [wish, setWish] = useState({ withTest: byItself?.withTest ?? true, guardRails: byItself?.guardRails ?? [] });
  const running = byItself?.state === 'running' && whole?.state === 'running';
  const undoing = creating?.state === 'running' && creating.undo;
  const askAs = useAskAs(subAccount.sourceId, subAccount.managementAccountId);
  const run = () => void start.run({ draftId: draft.id, ...wish, sourceId: askAs.otherId });
  const remedy = useRemedy({
    retry: run,
    editRole: () => void act({ kind: 'go-to', step: 'options' }),
    roleName: answers.options?.roleName,
  });
  // what a test waits for stands under it, with “Ask now”; the whole is cancelled below
  const waiting = useCheckRows(testing?.state === 'running' ? testing.checks : [], testing).flatMap((row) =>
    row.wait === undefined ? [] : [{ ...row, wait: { ...row.wait, onCancel: undefined } }],
  );
  if (plan === undefined || creation === undefined || account === undefined) return null;
  const error = start.error ?? undo.error ?? (byItself?.state === 'failed' ? byItself.error : undefined);
  const deployer = snapshot?.source?.label ?? 'this computer';
  const isWrongAtTest = byItself?.state === 'failed' && byItself.at === 'testing' && answers.test !== undefined;
  const { options } = answers;
  const railOf = (kind: ByGuardRail) =>
    options &&
    guardRailOf(kind, {
      role: { path: options.path, name: options.roleName },
      accessRoleName: subAccount.wish.accessRoleName,
      region: account.region,
    });
  const previewedRail = previewed && railOf(previewed);
  const rails = byGuardRails.filter((kind) => wish.guardRails.includes(kind));
  const rows: CheckRow[] = [
    enterRow(subAccount, byItself),
    ...planRows(plan, creation, creating?.state === 'running' ? creating : undefined),
    ...(wish.withTest ? [testRow(answers, deployer, testing?.state === 'running' ? testing.checks : undefined)] : []),
    ...waiting,
    ...rails.map((kind) => railRow(kind, railOf(kind), account.accountId, records, byItself)),
    { id: 'record', name: 'Write down the connection', reason: account.name, state: stateAt('recording', byItself) },
  ];

  return (
    <Page
      title="Create and test"
      lead={
        <>
          In {account.name} <AccountId id={plan.accountId} />, entered by its access role.
        </>
      }
      focusKey="create"
      footer={
        <WizardFooter
          back={
            <Button isDisabled={running} onPress={() => void act({ kind: 'go-back' })}>
              Back
            </Button>
          }
          actions={
            <>
              {hasMadeThings(creation) && !running && (
                <Button
                  variant="danger-quiet"
                  icon="undo"
                  busy={undo.busy || undoing ? { label: 'Undoing' } : undefined}
                  onPress={() => void undo.run({ draftId: draft.id })}
                >
                  Undo what was made
                </Button>
              )}
              {isWrongAtTest && (
                <Button
                  trailingIcon="arrow-right"
                  busy={isBusy ? { label: 'Saving' } : undefined}
                  onPress={() => void act({ kind: 'role-exists' })}
                >
                  Look at the test
                </Button>
              )}
              <Button
                variant="primary"
                icon="bolt"
                busy={running || start.busy ? { label: 'Working', since: whole?.startedAt } : undefined}
                disabledReason={undoing ? 'It is being undone' : undefined}
                onPress={run}
              >
                {byItself === undefined ? (wish.withTest ? 'Create and test' : 'Create') : 'Go on'}
              </Button>
            </>
          }
        >
          {running
            ? 'You can leave, or quit: it goes on, and makes nothing twice.'
            : byItself === undefined
              ? 'Nothing exists in the account yet.'
              : 'What is marked as done exists in the account.'}
        </WizardFooter>
      }
    >
      <Stack gap="md">
        {error !== undefined && !running && (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {byItself?.state === 'stopped' && !running && (
          <Note tone="warning" title="This was stopped.">
            What is marked as done exists. “Go on” does the rest, and makes nothing twice.
          </Note>
        )}
        {!running && (askAs.isGone || (byItself?.state === 'failed' && byItself.at !== 'testing')) && (
          <AskAsCard askAs={askAs} />
        )}
        <Card title="Besides the role" padding="md">
          <Stack gap="md">
            <Checkbox
              isSelected={wish.withTest}
              isDisabled={running}
              onChange={(withTest) => setWish({ ...wish, withTest })}
              detail={`${deployer} enters by the new role. What the test opens is dropped at once.`}
            >
              Test the connection
            </Checkbox>
            {byGuardRails.map((kind) => (
              <Row key={kind} align="start" justify="between">
                <Checkbox
                  isSelected={wish.guardRails.includes(kind)}
                  isDisabled={running}
                  onChange={(isOn) =>
                    setWish({
                      ...wish,
                      guardRails: byGuardRails.filter((one) => (one === kind ? isOn : wish.guardRails.includes(one))),
                    })
                  }
                  detail={railDetails[kind]}
                >
                  {railWords[kind]}
                </Checkbox>
                <Button variant="link" size="sm" onPress={() => setPreviewed(kind)}>
                  <span>What it would refuse</span> <VisuallyHidden>: {railWords[kind]}</VisuallyHidden>
                </Button>
              </Row>
            ))}
            <Row>
              <Button variant="link" isDisabled={running} onPress={onChooseCredentials}>
                Create it with other credentials…
              </Button>
            </Row>
          </Stack>
        </Card>
        <Card
          title="Journal"
          subtitle={`${formatQuantity(rows.length - waiting.length, 'line')}, each written down before it is done`}
          padding="none"
        >
          <CheckList label="Everything that is done" rows={rows} />
        </Card>
        {previewed !== undefined && previewedRail !== undefined && (
          <GuardRailPreviewDialog
            sourceId={askAs.choice.sourceId ?? subAccount.sourceId}
            targetId={account.accountId}
            guardRail={previewedRail}
            onClose={() => setPreviewed(undefined)}
          />
        )}
        {running && (
          <Progress
            label={stageWords[byItself.at]}
            since={whole.startedAt}
            onCancel={() => void client.operations.cancel({ operationId: whole.id })}
          />
        )}
      </Stack>
    </Page>
  );
}

const stageWords: Readonly<Record<ByItself['at'], string>> = {
  entering: 'Entering the account',
  creating: 'Creating the role',
  testing: 'Testing the connection',
  guarding: 'Attaching guard rails',
  recording: 'Writing down the connection',
};

const testLooks: Readonly<Record<TestResult['state'], CheckState>> = {
  ...{ passed: 'passed', warned: 'warning', failed: 'failed', cancelled: 'cancelled' },
};

/** Of the stage that it stands at. What comes before it has its own record. */
function stateAt(stage: ByItself['at'], byItself: ByItself | undefined): CheckState {
  if (byItself?.at !== stage) return 'not-run';
  return byItself.state === 'running' ? 'running' : byItself.state === 'failed' ? 'failed' : 'cancelled';
}

function enterRow({ state, wish }: SubAccount, byItself: ByItself | undefined): CheckRow {
  const isIn = byItself !== undefined && byItself.at !== 'entering';
  return {
    id: 'enter',
    name: 'Enter the account',
    reason: isIn || state === 'ready' ? `by ${wish.accessRoleName}` : 'its access role does not let in yet',
    state: isIn ? 'passed' : stateAt('entering', byItself),
  };
}

/** `running`: the checks of a test that goes on now. */
function testRow({ byItself, test }: Answers, deployer: string, running: readonly Check[] | undefined): CheckRow {
  const state = stateAt('testing', byItself);
  const shown: CheckState =
    running !== undefined || state === 'running' || test === undefined
      ? running === undefined
        ? state
        : 'running'
      : testLooks[test.state];
  const checks = running ?? test?.checks;
  const passed = checks?.filter((check) => check.state === 'passed').length ?? 0;
  return {
    id: 'test',
    name: 'Test the connection',
    reason: checks === undefined ? `from ${deployer}` : `${String(passed)} of ${String(checks.length)} checks passed`,
    state: shown,
  };
}

function railRow(
  kind: ByGuardRail,
  wanted: GuardRail | undefined,
  accountId: string,
  records: readonly GuardRailRecord[],
  byItself: ByItself | undefined,
): CheckRow {
  const record = records.find(
    ({ guardRail, targetId }) => targetId === accountId && wanted !== undefined && isSameGuardRail(guardRail, wanted),
  );
  const looks: Readonly<Record<GuardRailRecord['state'], CheckState>> = {
    ...{ attaching: 'running', attached: 'passed', detaching: 'running', detached: 'not-run', stopped: 'failed' },
  };
  return {
    id: `rail-${kind}`,
    name: railWords[kind],
    reason: 'a service control policy on the account',
    state: record === undefined ? stateAt('guarding', byItself) : looks[record.state],
  };
}
