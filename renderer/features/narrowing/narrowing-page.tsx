import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Connection } from '../../../core/domain/connection';
import { mostDaysBack, type NarrowingChoice } from '../../../core/domain/narrowing/usage';
import { currentTime, useNow } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { formatCount, formatMoment, formatQuantity } from '../../ui/format';
import { Grow, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { SegmentedControl } from '../../ui/segmented-control';
import { Select } from '../../ui/select';
import { AccountId, Text } from '../../ui/text';
import { PutBackProgress } from '../drift';
import { BlindSpots } from './blind-spots';
import { NarrowDialog } from './narrow-dialog';
import { PolicyChanges } from './policy-changes';
import { UnusedTable } from './unused-table';
import { obstacleWords, youngWords } from './words';

const dayChoices = [30, 90, 180, 365, mostDaysBack];

/** What a role did not use, what would stop working without it, and the smaller policies. */
export function NarrowingPage({ connectionId }: { readonly connectionId: string }) {
  const asked = useAsk('connections', 'connections', 'get', { connectionId });
  const navigate = useNavigate();
  const connection = asked.data?.connection;
  if (connection !== undefined) return <Known connection={connection} />;
  return (
    <Page title="Narrow a role">
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} onRemedy={() => void navigate('/connections')} onCopyDetail={copyText} />
      )}
    </Page>
  );
}

function Known({ connection }: { readonly connection: Connection }) {
  const { accountId, id: connectionId, name, roleName, status } = connection;
  const navigate = useNavigate();
  const now = useNow();
  const record = useAsk('drift', 'narrowing', 'last', { connectionId }).data?.record;
  const [choice, setChoice] = useState<NarrowingChoice>({ unusedForDays: 90, level: 'services', keep: [] });
  const [since, setSince] = useState(currentTime);
  const [isAsking, setAsking] = useState(false);
  const isClosed = status === 'closing' || status === 'revoked';
  const isRunning = record?.state === 'running' || record?.state === 'undoing';
  // while the role is being changed nothing is made of what was read before
  const wish = { connectionId, choice };
  const asked = useAsk('drift', 'narrowing', 'propose', wish, { enabled: !isClosed && !isRunning });
  const anew = useAct('narrowing', 'propose');
  const [proposal, setProposal] = useState(asked.data);
  if (asked.data !== undefined && asked.data !== proposal) setProposal(asked.data);
  const choose = (part: Partial<NarrowingChoice>) => {
    setSince(currentTime());
    setChoice({ ...choice, ...part });
  };
  const askAgain = async () => {
    setSince(currentTime());
    if ((await anew.run({ ...wish, again: true })) !== undefined) asked.again();
  };
  useEffect(() => () => void client.narrowing.stop({ connectionId }), [connectionId]);
  const isBusy = asked.asking || anew.busy;
  const error = isBusy ? undefined : (anew.error ?? asked.error);
  const remedy = useRemedy({ retry: () => void askAgain() });
  const back = () => void navigate(`/connections/${connectionId}`);
  const isWaiting = isBusy && proposal === undefined;
  const gone = proposal?.unused.filter(({ isKept }) => !isKept).length ?? 0;
  return (
    <Page
      title={`Narrow ${roleName}`}
      lead={
        <>
          To what it used, in <AccountId id={accountId} />. Nothing is changed before you confirm.
        </>
      }
      crumbs={[
        { label: 'Connections', onGo: () => void navigate('/connections') },
        { label: name, onGo: back },
        { label: 'Narrow' },
      ]}
      focusKey={`narrow ${connectionId}`}
      footer={
        <WizardFooter
          back={<Button onPress={back}>Back</Button>}
          actions={
            <Button
              variant="primary"
              size="lg"
              icon="filter"
              disabledReason={
                isClosed
                  ? 'Its access is closed'
                  : isRunning
                    ? 'The role is being changed'
                    : proposal === undefined || isBusy
                      ? 'The proposal is being made'
                      : proposal.obstacle === undefined
                        ? undefined
                        : obstacleWords[proposal.obstacle].reason
              }
              onPress={() => setAsking(true)}
            >
              Narrow the role…
            </Button>
          }
        >
          {proposal === undefined || proposal.changes.length === 0
            ? 'A plan is shown first, and it can be undone.'
            : `${formatQuantity(proposal.changes.length, 'policy changes', 'policies change')}. It can be undone.`}
        </WizardFooter>
      }
    >
      <Stack gap="md">
        {record !== undefined && <PutBackProgress record={record} isCard />}
        {error !== undefined && (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {isClosed && (
          <Note tone="info" title="The access of this connection is closed.">
            There is nothing left to narrow.
          </Note>
        )}
        {isWaiting && (
          <Progress
            label="AWS is making its report of what the role used"
            since={since}
            onCancel={() => void client.narrowing.stop({ connectionId })}
          />
        )}
        {proposal !== undefined && !isClosed && (
          <>
            <Card
              title="What counts as unused"
              padding="md"
              subtitle={`AWS’s report of ${formatMoment(proposal.readAt, now)}, read by ${proposal.readWith}`}
              actions={
                <Button
                  size="sm"
                  icon="refresh"
                  busy={isBusy ? { label: 'Asking AWS', since } : undefined}
                  onPress={() => void askAgain()}
                >
                  Ask AWS again
                </Button>
              }
            >
              <Stack gap="md">
                <Row gap="lg" align="end" wrap>
                  <Select
                    label="Not used for"
                    value={String(choice.unusedForDays)}
                    options={dayChoices.map((days) => ({
                      value: String(days),
                      label: `${String(days)} days`,
                      ...(days === mostDaysBack && { detail: 'As far back as AWS tells' }),
                    }))}
                    onChange={(days) => choose({ unusedForDays: Number(days) })}
                  />
                  <SegmentedControl
                    label="What is taken away"
                    value={choice.level}
                    options={[
                      { value: 'services', label: 'Whole services' },
                      { value: 'actions', label: 'Single actions too' },
                    ]}
                    onChange={(level) => choose({ level })}
                  />
                  <Grow />
                </Row>
                <Text as="p" tone="muted">
                  {proposal.used.length === 0
                    ? 'It used nothing in these days.'
                    : `It used ${proposal.used
                        .map((one) => one.name)
                        .slice(0, 8)
                        .join(
                          ', ',
                        )}${proposal.used.length > 8 ? ` and ${formatCount(proposal.used.length - 8)} more` : ''}: that stays.`}
                </Text>
              </Stack>
            </Card>
            {youngWords(proposal, choice, now) !== undefined && (
              <Note tone="warning" title="The role is younger than that.">
                {youngWords(proposal, choice, now)}
              </Note>
            )}
            {proposal.obstacle !== undefined && (
              <Note
                tone={proposal.obstacle === 'nothing' ? 'info' : 'warning'}
                title={obstacleWords[proposal.obstacle].title}
                action={
                  proposal.obstacle === 'drift' ? (
                    <Button variant="link" onPress={back}>
                      Look at the drift
                    </Button>
                  ) : undefined
                }
              >
                {obstacleWords[proposal.obstacle].words(proposal)}
              </Note>
            )}
            {proposal.unread.length > 0 && (
              <Note tone="warning" title="Not every policy could be read.">
                {`${proposal.unread.join(', ')}: ${proposal.unread.length === 1 ? 'it stays as it is' : 'they stay as they are'}.`}
              </Note>
            )}
            <Card
              title="What would stop working"
              subtitle={`${formatQuantity(gone, 'service or action', 'services and actions')} would be refused`}
              padding="none"
            >
              <UnusedTable
                unused={proposal.unused}
                now={now}
                onKeep={(id, isKept) =>
                  choose({ keep: isKept ? [...choice.keep, id] : choice.keep.filter((one) => one !== id) })
                }
              />
            </Card>
            <BlindSpots />
            <PolicyChanges changes={proposal.changes} />
          </>
        )}
      </Stack>
      {isAsking && proposal !== undefined && (
        <NarrowDialog
          connectionId={connectionId}
          choice={choice}
          proposal={proposal}
          goes={gone}
          onClose={() => setAsking(false)}
        />
      )}
    </Page>
  );
}
