import { useState } from 'react';
import type { BatchWay, PlannedRevocation } from '../../../core/contract/revocation';
import { wayFacts } from '../../../core/domain/revocation-ways';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk, useForgetOnClose } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Progress } from '../../ui/progress';
import { RadioGroup } from '../../ui/radio-group';
import { AccountId, Text, TwoLine } from '../../ui/text';
import { batchButton, batchWays, countsOf, planWords, scopeOf, type ScopeWish } from './many-words';
import styles from './revoke-many.module.css';
import { ScopeChoice } from './scope-choice';
import { wayWords } from './way-words';

interface RevokeManyDialogProps {
  /** What is chosen when it opens; everything where it is left out. */
  readonly scope?: ScopeWish | undefined;
  readonly onClose: () => void;
  readonly onStarted: (batchId: string) => void;
}

/** Takes back many at once. The plan is shown first: who does each, and what nobody here may do. */
export function RevokeManyDialog({ onClose, onStarted, scope: first = { kind: 'everything' } }: RevokeManyDialogProps) {
  const [wish, setWish] = useState<ScopeWish>(first);
  const [way, setWay] = useState<BatchWay>('step-by-step');
  const [openedAt] = useState(() => currentTime());
  const scope = scopeOf(wish);
  const asked = useAsk(
    'revocations',
    'revocation',
    'plan',
    { scope: scope ?? { kind: 'everything' } },
    { enabled: scope !== undefined },
  );
  useForgetOnClose('revocations', 'revocation', 'plan');
  const revoke = useAct('revocation', 'revokeMany');
  const planned = scope === undefined ? undefined : asked.data?.planned;
  const counts = countsOf(planned ?? []);

  const confirm = async () => {
    if (asked.data === undefined) return;
    const answer = await revoke.run({ planId: asked.data.planId, way });
    if (answer !== undefined) onStarted(answer.batchId);
  };
  const remedy = useRemedy({ retry: () => asked.again() });
  const revokeRemedy = useRemedy({ retry: () => void confirm() });

  return (
    <Dialog
      isOpen
      width="lg"
      role="alertdialog"
      escape="safe"
      onClose={onClose}
      title="Take back many"
      description="Each is done in its own account and keeps a record of its own. Nothing is touched before you confirm."
      footer={
        <>
          <span className={styles['foot']}>
            {planned !== undefined && <Text tone="muted">{planWords(counts)}</Text>}
          </span>
          <Button size="lg" autoFocus onPress={onClose}>
            Cancel
          </Button>
          <Button
            size="lg"
            variant="danger"
            busy={revoke.busy ? { label: 'Starting' } : undefined}
            disabledReason={
              planned === undefined
                ? 'There is no plan yet'
                : counts.can === 0
                  ? 'There is nothing that somebody here may take back'
                  : undefined
            }
            onPress={() => void confirm()}
          >
            {batchButton(way, counts.can)}
          </Button>
        </>
      }
    >
      <Stack gap="lg">
        <ScopeChoice wish={wish} onChange={setWish} />
        <RadioGroup<BatchWay>
          label="How"
          layout="cards"
          options={batchWays.map((one) => ({
            value: one,
            label: wayWords[one].name,
            detail: wayFacts[one].canBeUndone ? wayWords[one].detail : `${wayWords[one].detail}. Cannot be undone`,
          }))}
          value={way}
          onChange={setWay}
        />
        {asked.error !== undefined && (
          <ErrorPanel error={asked.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {revoke.error !== undefined && (
          <ErrorPanel error={revoke.error} onRemedy={revokeRemedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {scope === undefined ? (
          <Text tone="muted">Choose what they have in common.</Text>
        ) : (
          planned === undefined && asked.error === undefined && <Progress label="Making the plan" since={openedAt} />
        )}
        {planned !== undefined && <Plan planned={planned} />}
        {counts.cannot > 0 && (
          <Note tone="warning" title={`${formatQuantity(counts.cannot, 'is', 'are')} left out.`}>
            Nobody here may do it. Revoke each on its page, and ask its owner.
          </Note>
        )}
      </Stack>
    </Dialog>
  );
}

const columns: readonly TableColumn<PlannedRevocation>[] = [
  {
    id: 'connection',
    header: 'Connection',
    isRowHeader: true,
    render: ({ accountId, name, roleName }) => (
      <TwoLine
        title={<b>{name}</b>}
        detail={
          <>
            <AccountId id={accountId} /> · {roleName}
          </>
        }
      />
    ),
  },
  {
    id: 'who',
    header: 'Done by',
    render: ({ doneBy, performer, problem }) =>
      performer === undefined ? (
        <TwoLine title={<Text tone="warning">Left out</Text>} detail={problem} />
      ) : (
        <TwoLine title={doneBy} />
      ),
  },
  {
    id: 'sessions',
    header: 'Open here',
    width: 6.5,
    align: 'end',
    render: ({ ownSessions }) => <Text numeric>{ownSessions === 0 ? 'none' : ownSessions}</Text>,
  },
];

/** Those that are left out stand first: they are what somebody must know. */
function Plan({ planned }: { readonly planned: readonly PlannedRevocation[] }) {
  const isVirtual = planned.length > 40;
  const ordered = [...planned].sort(
    (a, b) =>
      Number(a.performer !== undefined) - Number(b.performer !== undefined) ||
      a.name.localeCompare(b.name, undefined, { numeric: true }),
  );
  return (
    <div className={styles['plan']} data-virtual={isVirtual || undefined}>
      <DataTable
        label="What would be done"
        columns={columns}
        items={ordered}
        keyOf={({ connectionId }) => connectionId}
        rowHeight="tall"
        isVirtual={isVirtual}
        empty="No connection of these is open."
      />
    </div>
  );
}
