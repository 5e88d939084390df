import { useState } from 'react';
import type { HealthOperation } from '../../../core/contract/operations';
import { currentTime, useNow } from '../../app/clock';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { formatElapsed, formatTaken } from '../../ui/format';
import { Grow, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { ProgressBar } from '../../ui/progress';
import { Text } from '../../ui/text';
import { useHealth } from './health-notices';
import { progressWords, resultWords } from './health-words';

interface HealthPanelProps {
  readonly onShowFailing: (() => void) | undefined;
  readonly onAgain: () => void;
}

/** A round of tests that runs, or how the last one ended. */
export function HealthPanel({ onAgain, onShowFailing }: HealthPanelProps) {
  const operation = useHealth();
  const [dismissed, setDismissed] = useState<string>();
  if (operation === undefined) return null;
  if (operation.state === 'running') return <RunningRound operation={operation} />;
  if (operation.id === dismissed) return null;
  const { error, failed, finishedAt, startedAt, unaskedError } = operation;
  return (
    <Stack gap="md">
      <Note
        tone={failed > 0 ? 'danger' : operation.unasked > 0 || operation.state === 'cancelled' ? 'warning' : 'success'}
        title={resultWords(operation)}
        action={
          <>
            {failed > 0 && onShowFailing !== undefined && (
              <Button variant="link" onPress={onShowFailing}>
                Show the failing
              </Button>
            )}
            {failed > 0 && onShowFailing !== undefined && ' · '}
            <Button variant="link" onPress={() => setDismissed(operation.id)}>
              Dismiss
            </Button>
          </>
        }
      >
        Took {formatTaken((finishedAt ?? currentTime()) - startedAt)}.
      </Note>
      {unaskedError !== undefined && <ErrorPanel error={unaskedError} onRemedy={onAgain} emphasis="secondary" />}
      {error !== undefined && <ErrorPanel error={error} onRemedy={onAgain} emphasis="secondary" />}
    </Stack>
  );
}

interface TestButtonProps {
  readonly children: string;
  readonly disabledReason: string | undefined;
  readonly onPress: () => void;
}

/** Tests what the page shows; busy for as long as a round runs. */
export function TestButton({ children, disabledReason, onPress }: TestButtonProps) {
  const operation = useHealth();
  const busy = operation?.state === 'running' ? { label: 'Testing', since: operation.startedAt } : undefined;
  return (
    <Button icon="refresh" busy={busy} disabledReason={disabledReason} onPress={onPress}>
      {children}
    </Button>
  );
}

function RunningRound({ operation }: { readonly operation: HealthOperation }) {
  const cancel = useAct('operations', 'cancel');
  const now = useNow();
  const { atOnce, done, id, startedAt, throttledUntil, total } = operation;
  return (
    <Card padding="sm">
      <Stack gap="sm">
        <Row gap="md">
          <Text weight="medium" numeric>
            {progressWords(operation)}
          </Text>
          <Text tone="muted" numeric>
            {formatElapsed(now - startedAt)}
          </Text>
          <Grow>
            <Text tone="muted" size="sm">
              {paceWords(atOnce, throttledUntil, now)}
            </Text>
          </Grow>
          <Button size="sm" onPress={() => void cancel.run({ operationId: id })}>
            Cancel
          </Button>
        </Row>
        <ProgressBar label="Connections tested" share={total === 0 ? 1 : done / total} tone="live" width="fill" />
      </Stack>
    </Card>
  );
}

/** Nothing while all goes at its usual pace. */
function paceWords(atOnce: number, throttledUntil: number | undefined, now: number): string {
  if (throttledUntil !== undefined && throttledUntil > now) return 'AWS asked for fewer calls: waiting a moment.';
  return atOnce < 16 ? `AWS asked for fewer calls: ${String(atOnce)} at a time.` : '';
}
