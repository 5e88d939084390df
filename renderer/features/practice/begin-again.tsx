import { useState } from 'react';
import type { ScenarioSummary } from '../../../core/contract/practice';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { RadioGroup } from '../../ui/radio-group';
import { showToast } from '../../ui/toast';
import styles from './practice.module.css';

interface BeginAgainProps {
  /** What the sandbox began with. */
  readonly scenario: string;
  readonly scenarios: readonly ScenarioSummary[];
  readonly onBegun: () => void;
}

/** The scenarios, and the way to start one, which loses what is in the sandbox now. */
export function BeginAgain({ scenario, scenarios, onBegun }: BeginAgainProps) {
  const [chosen, setChosen] = useState(scenario);
  const [isAsking, setAsking] = useState(false);
  const title = scenarios.find(({ name }) => name === chosen)?.title ?? '';
  return (
    <Stack gap="lg">
      <div className={styles['scenarios']}>
        <RadioGroup
          label="Begin with"
          hideLabel
          layout="rows"
          value={chosen}
          onChange={setChosen}
          options={scenarios.map((one) => ({
            value: one.name,
            label: one.name === scenario ? `${one.title} (as now)` : one.title,
            detail: one.description,
          }))}
        />
      </div>
      <Row justify="end">
        <Button variant="danger-quiet" icon="undo" onPress={() => setAsking(true)}>
          Begin again with “{title}”…
        </Button>
      </Row>
      {isAsking ? (
        <ConfirmBeginning name={chosen} title={title} onClose={() => setAsking(false)} onBegun={onBegun} />
      ) : null}
    </Stack>
  );
}

interface ConfirmBeginningProps {
  readonly name: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly onBegun: () => void;
}

function ConfirmBeginning({ name, title, onClose, onBegun }: ConfirmBeginningProps) {
  const begin = useAct('practice', 'begin');
  const snapshot = useAsk('app', 'app', 'getSnapshot', {}).data;
  const counts = snapshot?.counts ?? { connections: 0, sessions: 0, revocations: 0 };
  const drafts = snapshot?.drafts.length ?? 0;
  const counted = [
    counts.connections > 0 ? `${formatQuantity(counts.connections, 'connection')} of the sandbox` : '',
    counts.sessions > 0 ? formatQuantity(counts.sessions, 'open session') : '',
    drafts > 0 ? formatQuantity(drafts, 'saved wizard') : '',
    counts.revocations > 0 ? `${formatQuantity(counts.revocations, 'revocation')} with its proof` : '',
  ].filter((loss) => loss !== '');
  return (
    <ConfirmDialog
      isOpen
      title="Reset the practice sandbox"
      description={`It begins again with “${title}”.`}
      losses={[
        'Every role and policy in the sandbox’s accounts',
        // seen from the AWS workspace there is nothing to count
        ...(snapshot?.workspace === 'practice'
          ? counted
          : ['Its connections, sessions, saved wizards and revocations']),
        'The record of what was done in it',
      ]}
      lossNote="None of it comes back. Real accounts, their connections and their records are not touched."
      confirmLabel="Reset the sandbox"
      busy={begin.busy ? { label: 'Resetting' } : undefined}
      onCancel={() => {
        begin.reset();
        onClose();
      }}
      onConfirm={() =>
        void begin.run({ scenario: name }).then((answer) => {
          if (answer === undefined) return;
          onClose();
          onBegun();
          showToast({ title: 'The sandbox begins again', detail: title, icon: 'sandbox' });
        })
      }
    >
      {begin.error === undefined ? null : (
        <ErrorPanel error={begin.error} onRemedy={() => begin.reset()} onCopyDetail={copyText} isBare />
      )}
    </ConfirmDialog>
  );
}
