import { useId } from 'react';
import { useNow } from '../app/clock';
import { Card } from './card';
import { formatClock } from './format';
import { Legend, NowLine, NowPlate, TimeAxis } from './time-axis';
import { shorten, span, timeScale, windowAround, zoneOffset } from './timeline-geometry';
import { useWidth } from './use-width';
import styles from './time-picture.module.css';

/** One kind of credential: what it could do, and until when. Times are milliseconds since the epoch. */
export interface ClosingRow {
  readonly id: string;
  /** “Opened here”, “Unknown, if any”. */
  readonly name: string;
  readonly couldActFrom: number;
  readonly couldActUntil: number;
  /** AWS refused it since `couldActUntil`; it would have lived until then. Drawn dashed. */
  readonly refusedUntil?: number | undefined;
  /** It may live until then at the latest. An upper bound, hatched, never drawn as a fact. */
  readonly boundUntil?: number | undefined;
  /** Words at the end of the bar. */
  readonly note: string;
}

interface ClosingPictureProps {
  readonly title?: string | undefined;
  /** One sentence with every fact of the picture. */
  readonly label: string;
  readonly closedAt: number | undefined;
  readonly rows: readonly ClosingRow[];
}

const rowHeight = 34;
const top = 35;
const barHeight = 14;

/** About the width of a character of a note, in pixels. */
const noteCharacter = 5.8;

/** How access closes: solid could act, dashed is proved refused, hatched is an upper bound. */
export function ClosingPicture({ title = 'Closing', label, closedAt, rows }: ClosingPictureProps) {
  const now = useNow();
  const patternId = useId();
  const [room, width] = useWidth<HTMLDivElement>(986);
  const moments = rows
    .flatMap((row) => [row.couldActFrom, row.couldActUntil, row.refusedUntil, row.boundUntil])
    .filter((moment) => moment !== undefined);
  const first = Math.min(...moments, closedAt ?? now);
  const last = Math.max(...moments, closedAt ?? now);
  const timeWindow = windowAround(first, last, zoneOffset(first));
  const left = width < 640 ? 96 : 112;
  // Room at the right for the words under the last bound.
  const x = timeScale(timeWindow, left, width - 50);
  const bottom = top + rows.length * rowHeight + 11;
  const showsNow = now >= timeWindow.from && now <= timeWindow.to;

  return (
    <Card
      title={title}
      plainHead
      actions={
        <Legend
          entries={[
            { look: 'spent', label: 'Could act' },
            { look: 'dead', label: 'Refused, proved' },
            { look: 'hatch', label: 'At the latest' },
          ]}
        />
      }
    >
      <div className={styles['room']} ref={room}>
        <svg
          className={styles['picture']}
          width={width}
          height={bottom + 2}
          viewBox={`0 0 ${String(width)} ${String(bottom + 2)}`}
          role="img"
          aria-label={label}
        >
          <defs>
            <pattern id={patternId} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect className={styles['hatchGround']} width="6" height="6" />
              <line className={styles['hatchLine']} x1="0" y1="0" x2="0" y2="6" />
            </pattern>
          </defs>
          <TimeAxis
            window={timeWindow}
            x={x}
            top={24}
            bottom={bottom}
            now={showsNow ? now : Number.NEGATIVE_INFINITY}
          />
          {rows.map((row, index) => (
            <ClosingBar
              key={row.id}
              row={row}
              y={top + index * rowHeight}
              isLast={index === rows.length - 1}
              nameRoom={left - 8}
              edge={width}
              patternId={patternId}
              place={(from, to) => span(from, to, timeWindow, x)}
            />
          ))}
          {closedAt === undefined ? null : (
            <>
              <line className={styles['shut']} x1={x(closedAt)} x2={x(closedAt)} y1={24} y2={bottom} />
              <text className={styles['shutText']} x={x(closedAt) - 6} y={bottom - 4} textAnchor="end">
                closed {formatClock(closedAt)}
              </text>
            </>
          )}
          {showsNow ? <NowLine x={x(now)} bottom={bottom} /> : null}
        </svg>
        {showsNow ? <NowPlate x={x(now)} /> : null}
      </div>
    </Card>
  );
}

interface ClosingBarProps {
  readonly row: ClosingRow;
  readonly y: number;
  /** Below it there is room for words. */
  readonly isLast: boolean;
  readonly nameRoom: number;
  /** Where the picture ends. */
  readonly edge: number;
  readonly patternId: string;
  readonly place: (from: number, to: number) => { readonly x: number; readonly width: number } | undefined;
}

function ClosingBar({ row, y, isLast, nameRoom, edge, patternId, place }: ClosingBarProps) {
  const acted = place(row.couldActFrom, row.couldActUntil);
  const refused = row.refusedUntil === undefined ? undefined : place(row.couldActUntil, row.refusedUntil);
  const bound = row.boundUntil === undefined ? undefined : place(row.couldActUntil, row.boundUntil);
  const last = bound ?? refused ?? acted;
  const endX = last === undefined ? 0 : last.x + last.width;
  // Words that find no room behind the bar stand under its end.
  const fitsBehind = endX + 8 + row.note.length * noteCharacter <= edge;
  return (
    <g>
      <text className={styles['who']} x={0} y={y + 11}>
        {shorten(row.name, nameRoom)}
      </text>
      {acted === undefined ? null : (
        <rect className={styles['spent']} x={acted.x} width={acted.width} y={y} height={barHeight} />
      )}
      {refused === undefined ? null : (
        <rect
          className={styles['dead']}
          x={refused.x + 0.75}
          width={Math.max(1, refused.width - 1.5)}
          y={y + 0.75}
          height={barHeight - 1.5}
        />
      )}
      {bound === undefined ? null : (
        <>
          <rect fill={`url(#${patternId})`} x={bound.x} width={bound.width} y={y} height={barHeight} />
          <line className={styles['bound']} x1={endX} x2={endX} y1={y - 6} y2={y + barHeight + 6} />
        </>
      )}
      {bound === undefined ? (
        <text
          className={styles['end']}
          x={fitsBehind ? endX + 8 : endX}
          y={fitsBehind ? y + 11 : y + barHeight + 12}
          textAnchor={fitsBehind ? 'start' : 'end'}
        >
          {row.note}
        </text>
      ) : (
        <text
          className={styles['end']}
          x={isLast ? endX + 44 : endX - 4}
          y={y + barHeight + (isLast ? 21 : 12)}
          textAnchor="end"
        >
          {row.note}
        </text>
      )}
    </g>
  );
}
