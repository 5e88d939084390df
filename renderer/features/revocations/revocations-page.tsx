import { useNavigate, useSearchParams } from 'react-router';
import type { Revocation } from '../../../core/domain/revocation';
import { useNowEvery } from '../../app/clock';
import { StoreProblems } from '../../app/store-problems';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { formatMoment } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { Page } from '../../ui/page';
import { AccountId, Text, TwoLine } from '../../ui/text';
import { RevocationState } from './revocation-state';
import styles from './revoke-many.module.css';
import { RevokeManyDialog } from './revoke-many-dialog';
import { wayWords } from './way-words';

/** Every access that was taken back, newest first. */
export function RevocationsPage() {
  const asked = useAsk('revocations', 'revocation', 'list', {});
  const problems = useAsk('app', 'app', 'getSnapshot', {}).data?.problems ?? [];
  const hasConnections = useAsk('connections', 'connections', 'list', {}).data?.connections.some(
    ({ status }) => status !== 'closing' && status !== 'revoked',
  );
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const now = useNowEvery(60_000);
  const revocations = asked.data?.revocations ?? [];
  const isVirtual = revocations.length > 40;
  const columns: TableColumn<Revocation>[] = [
    {
      id: 'connection',
      header: 'Connection',
      isRowHeader: true,
      render: ({ connectionName, accountId, roleName }) => (
        <TwoLine
          title={<b>{connectionName}</b>}
          detail={
            <>
              <AccountId id={accountId} /> · {roleName}
            </>
          }
        />
      ),
    },
    { id: 'way', header: 'How', width: 11, render: ({ way }) => wayWords[way].name },
    { id: 'state', header: 'State', width: 14, render: (revocation) => <RevocationState revocation={revocation} /> },
    {
      id: 'blocked',
      header: 'New sessions blocked',
      width: 10,
      render: ({ blockedSince }) =>
        blockedSince === undefined ? <Text tone="muted">still possible</Text> : formatMoment(blockedSince, now),
    },
    {
      id: 'dead',
      header: 'Last credential dead by',
      width: 11,
      render: ({ deadBy }) =>
        deadBy === undefined ? <Text tone="muted">not known yet</Text> : formatMoment(deadBy.at, now),
    },
  ];
  return (
    <Page
      title="Revocations"
      lead="What was taken back, when, and what proves it."
      focusKey="revocations"
      actions={
        hasConnections === true ? (
          <Button variant="danger-quiet" icon="door-shut" onPress={() => setSearch({ many: '1' })}>
            Take back many…
          </Button>
        ) : undefined
      }
    >
      <Stack gap="md">
        <StoreProblems problems={problems} />
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} />}
        {asked.data !== undefined && revocations.length === 0 && (
          <EmptyState title="Nothing was taken back yet">
            Revoke a connection on its page. The record with its two clocks and its proof then stands here.
          </EmptyState>
        )}
        {revocations.length > 0 && (
          <Card padding="none">
            <div className={styles['items']} data-virtual={isVirtual || undefined}>
              <DataTable
                label="Revocations"
                columns={columns}
                items={revocations}
                keyOf={({ id }) => id}
                rowHeight="tall"
                isVirtual={isVirtual}
                onOpen={(id) => void navigate(`/revocations/${id}`)}
              />
            </div>
          </Card>
        )}
      </Stack>
      {search.get('many') !== null && (
        <RevokeManyDialog
          onClose={() => setSearch({})}
          onStarted={(batchId) => void navigate(`/revocations/batch/${batchId}`)}
        />
      )}
    </Page>
  );
}
