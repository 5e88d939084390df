import styles from './ring.module.css';

interface RingProps {
  /** What is left of the whole, 0 to 1, drawn clockwise from 12. */
  readonly share: number;
  readonly tone?: 'live' | 'warning' | 'danger' | 'wait' | undefined;
  /** 14, 18, 20 or 72 pixels. */
  readonly size?: 'xs' | 'sm' | 'md' | 'clock' | undefined;
}

/** The picture beside a countdown's digits, never alone: it is hidden from assistive technology. */
export function Ring({ share, tone = 'live', size = 'md' }: RingProps) {
  const radius = size === 'clock' ? 8.5 : 8;
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <svg
      className={styles['ring']}
      data-tone={tone}
      data-size={size}
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
    >
      <circle className={styles['track']} cx="10" cy="10" r={radius} />
      {percent === 0 ? null : (
        <circle
          className={styles['left']}
          cx="10"
          cy="10"
          r={radius}
          pathLength="100"
          strokeDasharray={`${String(percent)} 100`}
          transform="rotate(-90 10 10)"
        />
      )}
    </svg>
  );
}

/** A wait without a known end. Turns; with reduced motion it is a still ring, and the words beside it say the rest. */
export function Spinner({
  size = 'sm',
  tone = 'wait',
}: {
  readonly size?: 'xs' | 'sm' | 'md' | undefined;
  readonly tone?: 'wait' | 'inherit' | undefined;
}) {
  return (
    <svg
      className={styles['ring']}
      data-tone={tone}
      data-size={size}
      data-spin
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
    >
      {tone === 'inherit' ? null : <circle className={styles['track']} cx="10" cy="10" r="8" />}
      <circle className={styles['left']} cx="10" cy="10" r="8" pathLength="100" strokeDasharray="28 100" />
    </svg>
  );
}
