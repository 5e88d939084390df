import { useState } from 'react';
import { useNavigate } from 'react-router';
import { hasMadeThings, type Creation } from '../../../core/domain/wizard';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useOperationOn } from '../../ipc/operations';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CheckList } from '../../ui/check-list';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity, formatTaken } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { RadioGroup } from '../../ui/radio-group';
import { Select } from '../../ui/select';
import { AccountId, Text, groupAccountId } from '../../ui/text';
import { planRows } from './plan-rows';
import type { StepProps } from './step-props';
import { TypedKey, useHeldKey } from './typed-key';

type CredentialsKind = 'source' | 'typed';
const needsCredentials = 'Credentials of the target account are needed';

/** Makes the plan with credentials of the target account; each step is on disk before it is done. */
export function CreateAutomatically({ view, act, isBusy }: StepProps) {
  const { draft, plan } = view;
  const { answers } = draft.state;
  const creation = answers.creation;
  const asked = useAsk('sources', 'sources', 'list', {});
  const sources = asked.data?.sources ?? [];
  const suggested =
    sources.find(({ identity }) => identity?.accountId === answers.account?.accountId) ??
    sources.find(({ selected, source }) => !selected && source.kind === 'sandbox' && source.identity === 'owner') ??
    sources.find(({ selected, source }) => !selected && source.kind !== 'member-role');
  const used = creation !== undefined && creation.state !== 'ready' ? creation.sourceId : undefined;
  const isKnown = sources.some(({ source }) => source.id === used);
  const [chosenId, setChosenId] = useState<string>();
  const [chosenKind, setChosenKind] = useState<CredentialsKind>();
  const operation = useOperationOn('creation', draft.id);
  const create = useAct('onboarding', 'createRole');
  const undo = useAct('onboarding', 'undoCreation');
  const running = operation?.state === 'running';
  const typed = useHeldKey(running || create.busy || undo.busy);
  // what was made with a typed key is gone on with, or taken back, with that key typed again
  const kind = chosenKind ?? (asked.data !== undefined && used !== undefined && !isKnown ? 'typed' : 'source');
  const sourceId = kind === 'typed' ? typed.held?.sourceId : (chosenId ?? (isKnown ? used : suggested?.source.id));
  const navigate = useNavigate();
  const run = async () => {
    if (sourceId === undefined) return;
    typed.spend();
    if ((await create.run({ draftId: draft.id, sourceId })) === undefined) typed.forget();
  };
  const takeBack = async () => {
    if (sourceId === undefined) return;
    typed.spend();
    if ((await undo.run({ draftId: draft.id, sourceId })) === undefined) typed.forget();
  };
  const remedy = useRemedy({
    retry: () => void run(),
    editRole: () => void act({ kind: 'go-to', step: 'options' }),
    roleName: answers.options?.roleName,
  });
  if (plan === undefined || creation === undefined) return null;
  const error = create.error ?? undo.error ?? (creation.state === 'failed' ? creation.error : undefined);
  const done = creation.state === 'done';

  return (
    <Page
      title="Create the role"
      lead={
        <>
          In {answers.account?.name} <AccountId id={plan.accountId} />, with credentials of that account.
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
                  busy={undo.busy ? { label: 'Undoing' } : undefined}
                  disabledReason={sourceId === undefined ? needsCredentials : undefined}
                  onPress={() => void takeBack()}
                >
                  Undo what was made
                </Button>
              )}
              {!done && !running && (
                <Button onPress={() => void act({ kind: 'role-exists' })}>I have the role already</Button>
              )}
              {done ? (
                <Button
                  variant="primary"
                  trailingIcon="arrow-right"
                  busy={isBusy ? { label: 'Saving' } : undefined}
                  onPress={() => void act({ kind: 'role-exists' })}
                >
                  {draft.origin === 'request' ? 'Hand it back' : 'Test the connection'}
                </Button>
              ) : (
                <Button
                  variant="primary"
                  icon="bolt"
                  busy={
                    running || create.busy
                      ? { label: operation?.undo === true ? 'Undoing' : 'Creating', since: operation?.startedAt }
                      : undefined
                  }
                  disabledReason={sourceId === undefined ? needsCredentials : undefined}
                  onPress={() => void run()}
                >
                  {creation.state === 'ready' ? 'Create the role' : 'Go on'}
                </Button>
              )}
            </>
          }
        >
          {footWords(creation, running)}
        </WizardFooter>
      }
    >
      <Stack gap="md">
        {error !== undefined && !running && (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {creation.state === 'stopped' && !running && (
          <Note tone="warning" title="This was broken off.">
            What is marked as done exists. “Go on” makes the rest, and makes nothing twice.
          </Note>
        )}
        <Card title="With" padding="md">
          <Stack gap="lg">
            <RadioGroup<CredentialsKind>
              label="Credentials of the target account"
              value={kind}
              onChange={(next) => {
                if (next === 'source') typed.forget();
                setChosenKind(next);
              }}
              isDisabled={running}
              options={[
                { value: 'source', label: 'Ones that Sallyport has', detail: 'A profile, or an access key of yours.' },
                {
                  value: 'typed',
                  label: 'A key typed once',
                  detail: 'For this creation only. A temporary one is best, and nothing of it is kept.',
                },
              ]}
            />
            {kind === 'typed' && answers.account !== undefined ? (
              <TypedKey
                account={answers.account}
                held={typed.held}
                onHold={typed.hold}
                onForget={typed.forget}
                isDisabled={running}
              />
            ) : (
              <>
                <Select
                  label="Source identity"
                  help="It is used for these calls only. The account is confirmed before anything is made."
                  options={sources.map(({ source, identity }) => ({
                    value: source.id,
                    label: source.label,
                    detail:
                      identity === undefined
                        ? undefined
                        : `${identity.name} in ${groupAccountId(identity.accountId).join(' ')}`,
                  }))}
                  value={sourceId ?? null}
                  onChange={setChosenId}
                  isDisabled={running || (hasMadeThings(creation) && isKnown)}
                  placeholder="Choose a source"
                />
                <Row>
                  <Button variant="link" onPress={() => void navigate('/settings')}>
                    Add a profile or an access key…
                  </Button>
                </Row>
              </>
            )}
          </Stack>
        </Card>
        <Card
          title="Journal"
          subtitle={
            done
              ? `${formatQuantity(plan.steps.length, 'step')} done in ${formatTaken(creation.tookMs)}`
              : `${formatQuantity(plan.steps.length, 'step')}, each written down before it is done`
          }
          padding="none"
        >
          <CheckList label="Steps of the plan" rows={planRows(plan, creation, running ? operation : undefined)} />
        </Card>
        {running && (
          <Progress
            label={operation.undo ? 'Undoing, newest first' : 'Creating'}
            since={operation.startedAt}
            onCancel={() => void client.operations.cancel({ operationId: operation.id })}
          />
        )}
        {done && (
          <Text tone="muted" size="sm">
            The role’s ARN is filled in for you in the next step.
          </Text>
        )}
      </Stack>
    </Page>
  );
}

function footWords(creation: Creation, running: boolean): string {
  if (running) return 'You can leave. It goes on, and the journal is kept.';
  switch (creation.state) {
    case 'ready':
      return 'Nothing exists yet.';
    case 'done':
      return 'The role exists. Everything made is on the receipt.';
    default:
      return 'What is marked as done exists in the account.';
  }
}
