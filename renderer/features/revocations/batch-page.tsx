import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { Revocation } from '../../../core/domain/revocation';
import { useNow } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock, formatElapsed, formatMoment } from '../../ui/format';
import { Icon, type Tone } from '../../ui/icon';
import type { IconName } from '../../ui/icon-names';
import { Grow, Row, Stack } from '../../ui/layout';
import { Page } from '../../ui/page';
import { ProgressBar } from '../../ui/progress';
import { Spinner } from '../../ui/ring';
import { Text } from '../../ui/text';
import { batchCounts, batchWords, type BatchCounts, type BatchItem } from './many-words';
import { RevocationState } from './revocation-state';
import styles from './revoke-many.module.css';
import { wayWords } from './way-words';

const looks: Readonly<
  Record<
    Exclude<BatchItem['state'], 'running'>,
    { readonly name: IconName; readonly tone: Tone; readonly word: string }
  >
> = {
  waiting: { name: 'circle-dashed', tone: 'muted', word: 'Waits' },
  closed: { name: 'door-shut', tone: 'success', word: 'Closed' },
  failed: { name: 'x-circle', tone: 'danger', word: 'Stopped half-way' },
  left: { name: 'minus-circle', tone: 'muted', word: 'Not begun' },
};

/** Each with its own record, which knows more than whether it is closed. */
function columnsWith(records: ReadonlyMap<string, Revocation>): readonly TableColumn<BatchItem>[] {
  const recordOf = ({ revocationId }: BatchItem) => records.get(revocationId ?? '');
  return [
    { id: 'name', header: 'Connection', isRowHeader: true, width: 18, render: ({ name }) => <b>{name}</b> },
    {
      id: 'state',
      header: 'Result',
      width: 15,
      render: (item) => {
        const record = recordOf(item);
        return record === undefined ? <ItemState state={item.state} /> : <RevocationState revocation={record} />;
      },
    },
    {
      id: 'blocked',
      header: 'New sessions blocked',
      width: 10,
      render: (item) => {
        const since = recordOf(item)?.blockedSince;
        return since === undefined ? null : <Text numeric>{formatClock(since)}</Text>;
      },
    },
    {
      id: 'why',
      header: 'Why',
      render: ({ error }) => (error === undefined ? null : <Text tone="muted">{error.message}</Text>),
    },
  ];
}

/** Many that are taken back together: how far they are, each with its result and its own record. */
export function BatchPage({ batchId }: { readonly batchId: string }) {
  const asked = useAsk('revocations', 'revocation', 'batch', { batchId });
  const revocations = useAsk('revocations', 'revocation', 'list', {}).data?.revocations;
  const columns = useMemo(
    () => columnsWith(new Map((revocations ?? []).map((revocation) => [revocation.id, revocation]))),
    [revocations],
  );
  const stop = useAct('revocation', 'stopBatch');
  const stopAll = () => void stop.run({ batchId });
  const remedy = useRemedy({ retry: stopAll });
  const navigate = useNavigate();
  const batch = asked.data;
  if (batch === undefined) {
    return (
      <Page title="Taken back together">
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => void navigate('/revocations')} />}
      </Page>
    );
  }
  const counts = batchCounts(batch.items);
  const isOver = counts.over === counts.total;
  const open = (connectionId: string) => {
    const revocationId = batch.items.find((item) => item.connectionId === connectionId)?.revocationId;
    void navigate(revocationId === undefined ? `/connections/${connectionId}` : `/revocations/${revocationId}`);
  };
  const isVirtual = batch.items.length > 40;
  return (
    <Page
      title="Taken back together"
      mark={
        isOver ? (
          <BatchChip counts={counts} />
        ) : (
          <Chip tone="info" icon="hourglass">
            {batch.isStopping ? 'Stopping' : 'Closing now'}
          </Chip>
        )
      }
      lead={`${wayWords[batch.way].name}. Each has a record of its own, with its clocks and its proof.`}
      crumbs={[{ label: 'Revocations', onGo: () => void navigate('/revocations') }, { label: 'Together' }]}
      focusKey={batchId}
    >
      <Stack gap="md">
        {stop.error !== undefined && (
          <ErrorPanel error={stop.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        <Card padding="sm">
          <Stack gap="sm">
            <Row gap="md">
              <Text weight="medium" numeric>
                {batchWords(counts)}
              </Text>
              <Since at={batch.startedAt} isOver={isOver} />
              <Grow />
              {!isOver && (
                <Button
                  size="sm"
                  icon="stop"
                  busy={stop.busy ? { label: 'Stopping' } : undefined}
                  disabledReason={batch.isStopping ? 'No more are begun; those that run end' : undefined}
                  onPress={stopAll}
                >
                  Stop
                </Button>
              )}
            </Row>
            <ProgressBar
              label="Connections taken back"
              share={counts.total === 0 ? 1 : counts.over / counts.total}
              tone="live"
              width="fill"
            />
          </Stack>
        </Card>
        <Card padding="none">
          <div className={styles['items']} data-virtual={isVirtual || undefined}>
            <DataTable
              label="Taken back together"
              columns={columns}
              items={batch.items}
              keyOf={({ connectionId }) => connectionId}
              isVirtual={isVirtual}
              onOpen={open}
            />
          </div>
        </Card>
      </Stack>
    </Page>
  );
}

/** Green only where nothing is left to do. */
function BatchChip({ counts }: { readonly counts: BatchCounts }) {
  const { failed, left } = counts;
  return (
    <Chip
      tone={failed > 0 ? 'danger' : left > 0 ? 'warning' : 'success'}
      icon={failed > 0 ? 'x-circle' : left > 0 ? 'alert' : 'door-shut'}
    >
      {batchWords(counts)}
    </Chip>
  );
}

function Since({ at, isOver }: { readonly at: number; readonly isOver: boolean }) {
  const now = useNow();
  return (
    <Text tone="muted" numeric>
      {isOver ? `Begun ${formatMoment(at, now)}` : formatElapsed(now - at)}
    </Text>
  );
}

function ItemState({ state }: { readonly state: BatchItem['state'] }) {
  if (state === 'running') {
    return (
      <Row gap="xs">
        <Spinner size="xs" /> Closing now
      </Row>
    );
  }
  const { name, tone, word } = looks[state];
  return (
    <Row gap="xs">
      <Icon name={name} size="sm" tone={tone} /> {word}
    </Row>
  );
}
