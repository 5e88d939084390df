import { useState } from 'react';
import { describeAct, type PutBack } from '../../../core/domain/drift/put-back';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock, formatQuantity } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Grow, Row } from '../../ui/layout';
import { Text, VisuallyHidden } from '../../ui/text';
import styles from './put-back.module.css';

const putBackWords: Readonly<Record<PutBack['state'], string>> = {
  running: 'Putting back what was agreed',
  done: 'Put back as agreed',
  failed: 'Not put back to the end',
  undoing: 'Undoing it',
  undone: 'Undone: the role is what it was before',
};

const narrowingWords: typeof putBackWords = {
  running: 'Narrowing the role',
  done: 'Narrowed: what AWS has now is what is agreed',
  failed: 'Not narrowed to the end',
  undoing: 'Undoing it',
  undone: 'Undone: the role is what it was before',
};

const looks = {
  waiting: { icon: 'circle-dashed', tone: 'muted' },
  started: { icon: 'hourglass', tone: 'muted' },
  done: { icon: 'check', tone: 'success' },
  failed: { icon: 'x-circle', tone: 'danger' },
} as const;

/** Something of the way there or back did not happen. */
function hasStopped({ error, state }: PutBack): boolean {
  return state === 'failed' || (state === 'done' && error !== undefined);
}

interface PutBackProgressProps {
  readonly record: PutBack;
  /** It stands by itself, and not in a card. */
  readonly isCard?: boolean | undefined;
}

/** The last change of the role: its calls while it runs and where it stopped, and the way back. Dismissed when it is over. */
export function PutBackProgress({ isCard = false, record }: PutBackProgressProps) {
  const goOn = useAct('drift', 'goOnPuttingBack');
  const undo = useAct('drift', 'undoPutBack');
  const [dismissed, setDismissed] = useState<string>();
  const { error, finishedAt, id, state, steps } = record;
  const words = record.purpose === 'narrow' ? narrowingWords : putBackWords;
  const isStopped = hasStopped(record);
  const again = () => void (state === 'done' ? undo : goOn).run({ putBackId: id });
  const remedy = useRemedy({ retry: again });
  if (dismissed === `${id} ${state}`) return null;
  const isOver = !isStopped && (state === 'done' || state === 'undone');
  const said = state === 'done' && isStopped ? 'Not undone to the end' : words[state];
  const failure = goOn.error ?? undo.error ?? error;
  return (
    <section className={styles['steps']} data-card={isCard || undefined} aria-label={said}>
      <Row gap="sm">
        <Icon
          name={isOver ? 'check-circle' : isStopped ? 'x-circle' : 'undo'}
          tone={isOver ? 'success' : isStopped ? 'danger' : 'muted'}
        />
        <Grow>
          <Text weight="medium">{said}</Text>{' '}
          <Text tone="muted" size="sm">
            {isOver
              ? `${formatQuantity(steps.length, 'call')}${finishedAt === undefined ? '' : `, read again at ${formatClock(finishedAt)}`}`
              : ''}
          </Text>
        </Grow>
        {state === 'done' && (
          <Button
            size="sm"
            icon="undo"
            busy={undo.busy ? { label: 'Undoing' } : undefined}
            onPress={() => void undo.run({ putBackId: id })}
          >
            {isStopped ? 'Undo again' : 'Undo'}
          </Button>
        )}
        {isOver && (
          <Button size="sm" variant="ghost" onPress={() => setDismissed(`${id} ${state}`)}>
            Dismiss
          </Button>
        )}
      </Row>
      {!isOver && (
        <ol>
          {steps.map(({ act, state: one }, index) => (
            <li key={index}>
              <Icon name={looks[one].icon} size="sm" tone={looks[one].tone} />
              <VisuallyHidden>{one}: </VisuallyHidden>
              <Text>{describeAct(act).title}</Text>
            </li>
          ))}
        </ol>
      )}
      {failure !== undefined && (
        <div className={styles['error']}>
          <ErrorPanel error={failure} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
        </div>
      )}
    </section>
  );
}
