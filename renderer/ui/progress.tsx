import { useNow } from '../app/clock';
import { Button } from './button';
import { formatDuration } from './format';
import { Spinner } from './ring';
import styles from './progress.module.css';

interface ProgressBarProps {
  readonly label: string;
  /** Done of the whole, 0 to 1. */
  readonly share: number;
  readonly tone?: 'wait' | 'live' | undefined;
  readonly width?: 'md' | 'fill' | undefined;
}

/** A thin bar with words beside it; the words are somebody else's. */
export function ProgressBar({ label, share, tone = 'wait', width = 'md' }: ProgressBarProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={`${String(percent)}%`}
      className={styles['bar']}
      data-tone={tone}
      data-width={width}
    >
      <svg className={styles['drawing']} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles['done']} width={percent} height="4" rx="0" />
      </svg>
    </div>
  );
}

interface ProgressProps {
  /** What is being done: “Reading the role”. */
  readonly label: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly onCancel?: (() => void) | undefined;
}

/** Work without a known end: a ring, what it is, how long so far, and Cancel. */
export function Progress({ label, since, onCancel }: ProgressProps) {
  const elapsed = Math.max(0, useNow() - since);
  return (
    <div className={styles['progress']}>
      <Spinner />
      <span className={styles['words']} role="status">
        {label}
      </span>
      <span className={styles['elapsed']}>{formatDuration(Math.floor(elapsed / 1000) * 1000)}</span>
      {onCancel === undefined ? null : (
        <Button size="sm" onPress={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}
