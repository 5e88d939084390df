import { canBePutBack, canBeUndone, type Removal, type RemovalStep } from '../../../core/domain/identity-acts';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CheckList, type CheckState } from '../../ui/check-list';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { stepName } from './identity-words';

/** Each step as it goes, on and back. */
export function RemovalAct({ one }: { readonly one: Removal }) {
  const { error, id, isUndo, mode, state, steps } = one;
  const resume = useAct('identities', 'resume');
  const undo = useAct('identities', 'undo');
  const goOn = () => void resume.run({ actId: id });
  const remedy = useRemedy({ retry: goOn });
  const lost = steps.some(({ what, state: at }) => at === 'kept' || (at === 'done' && !canBePutBack(what)));
  return (
    <Stack gap="md">
      {error !== undefined && (
        <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
      )}
      {[resume.error, undo.error].map(
        (failure) =>
          failure !== undefined && (
            <ErrorPanel
              key={failure.message}
              error={failure}
              onRemedy={remedy}
              onCopyDetail={copyText}
              emphasis="secondary"
            />
          ),
      )}
      {state === 'done' && mode === 'deactivate' && (
        <Note tone="info" title="Nothing of it works any more.">
          Everything that it has stays. Put it back whenever it is needed again.
        </Note>
      )}
      {state === 'undone' && lost && (
        <Note tone="warning" title="Not everything came back.">
          What was deleted for good is marked below. Make it anew where it is needed.
        </Note>
      )}
      <Row>
        {state === 'stopped' && (
          <Button variant="primary" icon="play" busy={resume.busy ? { label: 'Asking AWS' } : undefined} onPress={goOn}>
            Go on
          </Button>
        )}
        {canBeUndone(one) && !isUndo && (
          <Button
            icon="undo"
            busy={undo.busy ? { label: 'Asking AWS' } : undefined}
            onPress={() => void undo.run({ actId: id })}
          >
            Put it back
          </Button>
        )}
      </Row>
      <Card title="Step by step" subtitle="Times are AWS’s">
        <CheckList
          label="Steps"
          rows={steps.map((step, index) => ({
            id: String(index),
            name: stepName(step),
            state: looks[step.state],
            reason: reasonOf(step),
          }))}
        />
      </Card>
    </Stack>
  );
}

const looks: Readonly<Record<RemovalStep['state'], CheckState>> = {
  waiting: 'not-run',
  begun: 'running',
  done: 'passed',
  undone: 'cancelled',
  kept: 'warning',
};

function reasonOf({ at, state }: RemovalStep): string {
  if (state === 'kept') return 'could not be put back';
  if (at === undefined) return '';
  return state === 'undone' ? `put back at ${formatClock(at)}` : `at ${formatClock(at)}`;
}
