import type { Revocation } from '../../../core/domain/revocation';
import { Card } from '../../ui/card';
import { Icon } from '../../ui/icon';
import type { Tone } from '../../ui/icon';
import type { IconName } from '../../ui/icon-names';
import { Spinner } from '../../ui/ring';
import { VisuallyHidden } from '../../ui/text';
import { leftWords, measureStates, type MeasureState } from './doors-left';
import styles from './measure-strip.module.css';
import { measureWords } from './way-words';

const looks: Readonly<Record<Exclude<MeasureState, 'running'>, { readonly name: IconName; readonly tone: Tone }>> = {
  done: { name: 'check-circle', tone: 'success' },
  waiting: { name: 'circle-dashed', tone: 'muted' },
  failed: { name: 'x-circle', tone: 'danger' },
  unsure: { name: 'question', tone: 'warning' },
  skipped: { name: 'minus-circle', tone: 'muted' },
};

const words: Readonly<Record<MeasureState, string>> = {
  done: 'Done',
  running: 'Now',
  waiting: 'Waits for what is before it',
  failed: 'Stopped here',
  unsure: 'Not complete',
  skipped: 'Not asked for',
};

/** One after the other: what is done, what is running, what waits. Under it, while it stopped, what still works. */
export function MeasureStrip({ revocation }: { readonly revocation: Revocation }) {
  const states = measureStates(revocation);
  const [outer, inner] = leftWords(revocation);
  return (
    <Card>
      <ol className={styles['strip']} aria-label="Steps of this revocation">
        {states.map(({ measure, state }) => (
          <li
            key={measure}
            className={styles['measure']}
            data-state={state}
            aria-current={state === 'running' || state === 'failed' ? 'step' : undefined}
          >
            {state === 'running' ? <Spinner /> : <Icon {...looks[state]} />}
            <span className={styles['words']}>
              <b>{measureWords[measure].name}</b>
              <VisuallyHidden>, {state === 'done' ? 'done: ' : ''}</VisuallyHidden>
              <small>{detailOf(revocation, measure, state)}</small>
            </span>
          </li>
        ))}
      </ol>
      {revocation.state === 'failed' && (
        <p className={styles['left']}>
          <b>For the other side:</b> {outer} {inner}
        </p>
      )}
    </Card>
  );
}

function detailOf(
  { proof, proofState }: Revocation,
  measure: ReturnType<typeof measureStates>[number]['measure'],
  state: MeasureState,
): string {
  if (state === 'done') return measureWords[measure].done;
  if (measure === 'prove' && state === 'running' && proofState === 'running') {
    const refusals = proof.filter(({ answer }) => answer === 'refused').length;
    return refusals === 0 ? 'Asking AWS every 5 s' : `Asking AWS, ${String(refusals)} refusals so far`;
  }
  return words[state];
}
