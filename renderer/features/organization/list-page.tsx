import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AccountListView } from '../../../core/contract/account-lists';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Chip, type ChipTone } from '../../ui/chip';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDate, formatQuantity } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page } from '../../ui/page';
import { showToast } from '../../ui/toast';
import { LineStateMark } from './account-list-words';
import { AskAsCard } from './ask-as-card';
import { LinesTable } from './lines-table';
import { useAskAs } from './use-ask-as';

const looks: Readonly<Record<AccountListView['state'], { readonly word: string; readonly tone: ChipTone }>> = {
  running: { word: 'Running', tone: 'info' },
  stopped: { word: 'Stopped', tone: 'warning' },
  done: { word: 'Done', tone: 'plain' },
};

/** A list that was begun: how each line stands, to be stopped and gone on with. */
export function ListPage({ listId }: { readonly listId: string }) {
  const asked = useAsk('sub-accounts', 'accountLists', 'get', { listId });
  const navigate = useNavigate();
  if (asked.data !== undefined) return <Known list={asked.data} />;
  return (
    <Page title="Many sub-accounts">
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} onRemedy={() => void navigate('/organization')} onCopyDetail={copyText} />
      )}
    </Page>
  );
}

function Known({ list }: { readonly list: AccountListView }) {
  const { error, id, managementAccountId, results, sourceId, startedAt, state } = list;
  const navigate = useNavigate();
  const stop = useAct('accountLists', 'stop');
  const resume = useAct('accountLists', 'resume');
  const save = useAct('accountLists', 'save');
  const forget = useAct('accountLists', 'forget');
  const askAs = useAskAs(sourceId, managementAccountId);
  const [isForgetting, setForgetting] = useState(false);
  const goOn = () => void resume.run({ listId: id, sourceId: askAs.otherId });
  const remedy = useRemedy({ retry: goOn });
  const back = () => void navigate(`/organization?source=${encodeURIComponent(sourceId)}`);
  const takeOff = () => void forget.run({ listId: id }).then((answer) => answer !== undefined && back());
  const forgetRemedy = useRemedy({ retry: takeOff });
  const failed = stop.error ?? resume.error ?? save.error;
  const count = (...states: readonly string[]) => results.filter((one) => states.includes(one.state)).length;
  const wanted = results.length - count('there', 'wrong');
  const left = count('waiting', 'stopped');
  // refused before AWS was asked: nothing of them was begun
  const refused = results.filter((one) => one.state === 'failed' && one.subAccountId === undefined).length;
  const look = looks[state];
  return (
    <Page
      title={`${formatQuantity(wanted, 'sub-account')} of ${formatDate(startedAt)}`}
      mark={<Chip tone={look.tone}>{look.word}</Chip>}
      lead={`${String(count('ready'))} ready, ${String(count('making', 'entering'))} under way, ${String(left)} to come, ${String(count('failed'))} not made.`}
      crumbs={[{ label: 'Organization', onGo: back }, { label: 'Many sub-accounts' }]}
      focusKey={id}
      actions={
        <>
          <Button
            icon="download"
            busy={save.busy ? { label: 'Saving' } : undefined}
            onPress={() =>
              void save.run({ listId: id }).then((answer) => {
                if (answer?.path !== undefined)
                  showToast({ title: 'The result is saved', detail: answer.path, icon: 'check' });
              })
            }
          >
            Save as CSV…
          </Button>
          {state === 'running' ? (
            <Button
              icon="stop"
              busy={stop.busy ? { label: 'Stopping' } : undefined}
              onPress={() => void stop.run({ listId: id })}
            >
              Begin no more
            </Button>
          ) : (
            <>
              <Button icon="trash" onPress={() => setForgetting(true)}>
                Take it off…
              </Button>
              {left + refused > 0 && (
                <Button
                  variant="primary"
                  icon="play"
                  busy={resume.busy ? { label: 'Asking AWS' } : undefined}
                  onPress={goOn}
                >
                  {left > 0 ? 'Go on' : 'Try those that were refused'}
                </Button>
              )}
            </>
          )}
        </>
      }
    >
      <Stack gap="md">
        {failed !== undefined && (
          <ErrorPanel error={failed} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {error !== undefined && (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {state === 'stopped' && <AskAsCard askAs={askAs} />}
        {state === 'running' && (
          <Note tone="info" title="It goes on by itself.">
            You may leave this page, or quit: Sallyport goes on when it runs, and no line is asked for twice.
          </Note>
        )}
        <Card title="Lines" subtitle={formatQuantity(results.length, 'line')}>
          <LinesTable
            label="Lines"
            lines={results}
            state={(line) => <LineStateMark state={line.state} />}
            why={({ accountId, why }) => why ?? accountId ?? ''}
            onOpen={(number) => {
              const subAccountId = results.find(({ line }) => line === number)?.subAccountId;
              if (subAccountId !== undefined) void navigate(`/organization/accounts/${subAccountId}`);
            }}
          />
        </Card>
      </Stack>
      <ConfirmDialog
        isOpen={isForgetting}
        title="Take this list off?"
        description="Its accounts stay, and so do their records: only the list is forgotten."
        losses={[
          'Which line each account came from',
          ...(left > 0 ? [`${formatQuantity(left, 'line')} not asked for yet`] : []),
        ]}
        confirmLabel="Take it off"
        busy={forget.busy ? { label: 'Taking it off' } : undefined}
        onConfirm={takeOff}
        onCancel={() => {
          setForgetting(false);
          forget.reset();
        }}
      >
        {forget.error !== undefined && (
          <ErrorPanel error={forget.error} onRemedy={forgetRemedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
      </ConfirmDialog>
    </Page>
  );
}
