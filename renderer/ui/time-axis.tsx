import { Fragment } from 'react';
import { ticking } from '../app/clock';
import { formatClock, formatShortClock } from './format';
import type { TimeWindow } from './timeline-geometry';
import styles from './time-picture.module.css';

interface TimeAxisProps {
  readonly window: TimeWindow;
  readonly x: (time: number) => number;
  readonly top: number;
  readonly bottom: number;
  /** A tick whose words the plate of the now line would cover says nothing. */
  readonly now: number;
}

/** Grid lines and their times. */
export function TimeAxis({ window, x, top, bottom, now }: TimeAxisProps) {
  return (
    <>
      {window.minors.map((tick) => (
        <line key={tick} className={styles['grid']} data-minor x1={x(tick)} x2={x(tick)} y1={top} y2={bottom} />
      ))}
      {window.majors.map((tick, index) => {
        const anchor = index === 0 ? 'start' : index === window.majors.length - 1 ? 'end' : 'middle';
        const isCovered = Math.abs(x(tick) - x(now)) < 50;
        return (
          <Fragment key={tick}>
            <line className={styles['grid']} x1={x(tick)} x2={x(tick)} y1={top} y2={bottom} />
            {isCovered ? null : (
              <text className={styles['axis']} x={x(tick)} y={16} textAnchor={anchor}>
                {formatShortClock(tick)}
              </text>
            )}
          </Fragment>
        );
      })}
    </>
  );
}

/** One line for now, in the picture. */
export function NowLine({ x, bottom }: { readonly x: number; readonly bottom: number }) {
  return <line className={styles['now']} x1={x} x2={x} y1={20} y2={bottom} />;
}

/** Its clock, over the picture: what changes each second is laid out and drawn by itself. */
export function NowPlate({ x }: { readonly x: number }) {
  return <span ref={plateWords} className={styles['plate']} style={{ left: x - 29 }} aria-hidden="true" />;
}

const plateWords = ticking(formatClock);

export type LegendLook = 'spent' | 'live' | 'next' | 'dead' | 'hatch';

/** What the bars mean. */
export function Legend({
  entries,
}: {
  readonly entries: readonly { readonly look: LegendLook; readonly label: string }[];
}) {
  return (
    <span className={styles['legend']}>
      {entries.map((entry) => (
        <span key={entry.look}>
          <i data-look={entry.look} aria-hidden="true" />
          {entry.label}
        </span>
      ))}
    </span>
  );
}
