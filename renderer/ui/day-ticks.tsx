import styles from './day-ticks.module.css';

export type DayTickState = 'passed' | 'warned' | 'failed' | 'none';

interface DayTicksProps {
  /** One sentence that says the same. */
  readonly label: string;
  /** The oldest first. */
  readonly days: readonly { readonly startsAt: number; readonly state: DayTickState }[];
}

const pitch = 10;
const width = 6;
const height = 24;
const heights: Readonly<Record<DayTickState, number>> = { none: 3, passed: 14, warned: 22, failed: 22 };

/** One tick a day, taller when it was not well, a dot when nothing was looked at. */
export function DayTicks({ label, days }: DayTicksProps) {
  const room = days.length * pitch - (pitch - width);
  return (
    <svg
      className={styles['ticks']}
      viewBox={`0 0 ${String(room)} ${String(height)}`}
      width={room}
      height={height}
      role="img"
      aria-label={label}
    >
      {days.map(({ startsAt, state }, index) => (
        <rect
          key={startsAt}
          data-state={state}
          x={index * pitch}
          y={height - heights[state]}
          width={width}
          height={heights[state]}
          rx="1.5"
        />
      ))}
    </svg>
  );
}
