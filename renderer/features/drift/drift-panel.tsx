import { useState } from 'react';
import { useNow } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { useOperationOn } from '../../ipc/operations';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { formatElapsed } from '../../ui/format';
import { Grow, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { ProgressBar } from '../../ui/progress';
import { Text } from '../../ui/text';
import { roundProgress, roundWords } from './drift-words';
import { useDriftRound } from './use-drift-round';

interface LookForDriftButtonProps {
  /** undefined: all of them */
  readonly connectionIds: readonly string[] | undefined;
  readonly disabledReason: string | undefined;
  readonly size?: 'sm' | undefined;
}

/** Looks at the roles that are meant; busy for as long as a round runs. */
export function LookForDriftButton({ connectionIds, disabledReason, size }: LookForDriftButtonProps) {
  const { look } = useDriftRound();
  const operation = useOperationOn('drift', 'drift');
  const isRunning = operation?.state === 'running';
  return (
    <Button
      icon="eye"
      {...(size !== undefined && { size })}
      busy={isRunning ? { label: 'Looking', since: operation.startedAt } : undefined}
      disabledReason={disabledReason}
      onPress={() => void look(connectionIds)}
    >
      Look for drift
    </Button>
  );
}

interface DriftPanelProps {
  readonly onShowDrifted: (() => void) | undefined;
}

/** A round of looks that runs, or how the last one ended, or why none began. */
export function DriftPanel({ onShowDrifted }: DriftPanelProps) {
  const { error, retry } = useDriftRound();
  const remedy = useRemedy({ retry });
  return (
    <>
      {error !== undefined && <ErrorPanel error={error} onRemedy={remedy} emphasis="secondary" />}
      <Round onShowDrifted={onShowDrifted} />
    </>
  );
}

function Round({ onShowDrifted }: DriftPanelProps) {
  const operation = useOperationOn('drift', 'drift');
  const cancel = useAct('operations', 'cancel');
  const { again } = useDriftRound();
  const now = useNow();
  const [dismissed, setDismissed] = useState<string>();
  const remedy = useRemedy({ retry: () => again(operation?.id) });
  if (operation === undefined || operation.id === dismissed) return null;
  const { blind, done, drifted, error, id, startedAt, state, throttledUntil, total, unasked } = operation;
  if (state === 'running') {
    return (
      <Card padding="sm">
        <Stack gap="sm">
          <Row gap="md">
            <Text weight="medium" numeric>
              {roundProgress(operation)}
            </Text>
            <Text tone="muted" numeric>
              {formatElapsed(now - startedAt)}
            </Text>
            <Grow>
              <Text tone="muted" size="sm">
                {throttledUntil !== undefined && throttledUntil > now
                  ? 'AWS asked for fewer calls: waiting a moment.'
                  : ''}
              </Text>
            </Grow>
            <Button size="sm" onPress={() => void cancel.run({ operationId: id })}>
              Cancel
            </Button>
          </Row>
          <ProgressBar label="Roles looked at" share={total === 0 ? 1 : done / total} tone="live" width="fill" />
          {cancel.error !== undefined && (
            <ErrorPanel
              error={cancel.error}
              onRemedy={() => void cancel.run({ operationId: id })}
              emphasis="secondary"
              isBare
            />
          )}
        </Stack>
      </Card>
    );
  }
  return (
    <Stack gap="md">
      <Note
        tone={drifted > 0 || blind + unasked > 0 || state === 'cancelled' ? 'warning' : 'success'}
        title={roundWords(operation)}
        action={
          <>
            {drifted > 0 && onShowDrifted !== undefined && (
              <>
                <Button variant="link" onPress={onShowDrifted}>
                  Show the drifted
                </Button>
                {' · '}
              </>
            )}
            <Button variant="link" onPress={() => setDismissed(id)}>
              Dismiss
            </Button>
          </>
        }
      />
      {error !== undefined && <ErrorPanel error={error} onRemedy={remedy} emphasis="secondary" />}
    </Stack>
  );
}
