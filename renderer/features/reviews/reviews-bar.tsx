import { Button, IconButton } from '../../ui/button';
import { formatCount } from '../../ui/format';
import styles from './reviews.module.css';

interface ReviewsBarProps {
  /** One at least. */
  readonly count: number;
  readonly onKeep: () => void;
  readonly onSnooze: () => void;
  readonly onClear: () => void;
}

/** What is decided about several at once. */
export function ReviewsBar({ count, onClear, onKeep, onSnooze }: ReviewsBarProps) {
  return (
    <div role="toolbar" aria-label={`${formatCount(count)} selected`} className={styles['bar']}>
      <b>{formatCount(count)} selected</b>
      <Button size="sm" icon="check" onPress={onKeep}>
        Keep…
      </Button>
      <Button size="sm" icon="clock" onPress={onSnooze}>
        Put off…
      </Button>
      <IconButton size="sm" icon="x" label="Clear the selection" onPress={onClear} />
    </div>
  );
}
