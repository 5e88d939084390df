import { useState } from 'react';
import type { Snapshot } from '../../../core/contract/app';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDuration } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { Setting } from './sections';
import styles from './diagnostics-card.module.css';

/** Which version this is, and what to send to whoever helps: seen before it is copied. */
export function DiagnosticsCard({ snapshot }: { readonly snapshot: Snapshot }) {
  const diagnose = useAct('settings', 'diagnose');
  const [text, setText] = useState<string>();
  const look = () => void diagnose.run({}).then((answer) => setText(answer?.text));
  return (
    <Card title="Diagnostics" padding="md">
      <Stack gap="md">
        <Facts
          facts={[
            { term: 'Version', value: `Sallyport ${snapshot.version}` },
            { term: 'AWS’s clock', value: clockWords(snapshot.clockOffset) },
          ]}
        />
        <Text as="p" tone="muted" size="sm">
          For whoever helps you: versions, states, counts and the last failures by their kind. No secret, no account ID,
          no ARN, no name, no path.
        </Text>
        <Setting id="diagnostics">
          <Row>
            <Button icon="info" busy={diagnose.busy ? { label: 'Looking' } : undefined} onPress={look}>
              Show the diagnostics…
            </Button>
          </Row>
        </Setting>
        {diagnose.error !== undefined && <ErrorPanel error={diagnose.error} onRemedy={look} isBare />}
      </Stack>
      {text !== undefined && (
        <Dialog
          isOpen
          title="Diagnostics"
          description="This, and nothing else, is what is copied."
          escape="safe"
          width="lg"
          onClose={() => setText(undefined)}
          footer={<CopyButton what="diagnostics" label="Copy the diagnostics" onCopy={() => copyText(text)} />}
        >
          <pre className={styles['text']} role="region" aria-label="Diagnostics as text" tabIndex={0}>
            {text}
          </pre>
        </Dialog>
      )}
    </Card>
  );
}

function clockWords(offset: number | undefined): string {
  if (offset === undefined) return 'AWS has not answered yet in this run';
  const seconds = Math.abs(offset) / 1000;
  if (seconds < 1) return 'agrees with this computer’s';
  const difference = seconds < 60 ? `${seconds.toFixed(1)} s` : formatDuration(Math.abs(offset));
  return `${difference} ${offset > 0 ? 'ahead of' : 'behind'} this computer’s`;
}
