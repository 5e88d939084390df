import { useNowEvery } from '../app/clock';
import { Card } from './card';
import { countdownLevel } from './countdown-model';
import { formatClock, formatQuantity, formatShortClock } from './format';
import { Legend, NowLine, NowPlate, TimeAxis } from './time-axis';
import { SegmentedControl } from './segmented-control';
import { Row } from './layout';
import {
  shorten,
  timelineBar,
  timelineWindow,
  timeScale,
  zoneOffset,
  type TimelineRange,
  type TimelineSession,
} from './timeline-geometry';
import { useWidth } from './use-width';
import styles from './time-picture.module.css';

interface SessionTimelineProps {
  readonly title?: string | undefined;
  /** In the order of the table: what dies first. */
  readonly sessions: readonly TimelineSession[];
  readonly range: TimelineRange;
  readonly onRangeChange: (range: TimelineRange) => void;
}

const ranges = [
  { value: '1h', label: '1 h' },
  { value: '4h', label: '4 h' },
  { value: '12h', label: '12 h' },
] as const;

const rowHeight = 26;
const top = 36;
const barHeight = 12;
const barStepMs = 10_000;

/** From issue to expiry, one bar a session, with one line for now. The table beside it is the full text. */
export function SessionTimeline({ title = 'Issue to expiry', sessions, range, onRangeChange }: SessionTimelineProps) {
  return (
    <Card
      title={title}
      plainHead
      actions={
        <Row gap="md" wrap>
          <Legend
            entries={[
              { look: 'spent', label: 'Gone' },
              { look: 'live', label: 'Left' },
              ...(sessions.some(({ renewedUntil }) => renewedUntil !== undefined)
                ? [{ look: 'next' as const, label: 'After renewal' }]
                : []),
            ]}
          />
          <SegmentedControl label="Hours shown" options={ranges} value={range} onChange={onRangeChange} />
        </Row>
      }
    >
      <Picture sessions={sessions} range={range} />
    </Card>
  );
}

function Picture({ sessions, range }: Pick<SessionTimelineProps, 'sessions' | 'range'>) {
  // A bar moves by a pixel in some twenty seconds, and so does the line for now: each second only its words are drawn.
  const now = useNowEvery(barStepMs);
  const [room, width] = useWidth<HTMLDivElement>(996);
  const nameWidth = width < 640 ? 120 : 190;
  const right = width - 14;
  const height = top + sessions.length * rowHeight;
  const timeWindow = timelineWindow(now, range, zoneOffset(now));
  const x = timeScale(timeWindow, nameWidth, right);

  return (
    <div className={styles['room']} ref={room}>
      <svg
        className={styles['picture']}
        width={width}
        height={height}
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        role="img"
        aria-label={describe(sessions)}
      >
        <TimeAxis window={timeWindow} x={x} top={26} bottom={height - 2} now={now} />
        {sessions.map((session, index) => (
          <SessionBar
            key={session.id}
            session={session}
            now={now}
            y={top + index * rowHeight}
            bar={timelineBar(session, now, timeWindow, x)}
            left={nameWidth}
            right={right}
          />
        ))}
        <NowLine x={x(now)} bottom={height - 2} />
      </svg>
      <NowPlate x={x(now)} />
    </div>
  );
}

interface SessionBarProps {
  readonly session: TimelineSession;
  readonly now: number;
  readonly bar: ReturnType<typeof timelineBar>;
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

function SessionBar({ session, now, bar, y, left, right }: SessionBarProps) {
  const level = countdownLevel(session.expiresAt - now);
  const end = bar.renewal ?? bar.left ?? bar.spent;
  const endX = end === undefined ? left : end.x + end.width;
  const endWords =
    bar.renewal === undefined
      ? formatShortClock(session.expiresAt)
      : `${formatShortClock(session.renewedUntil ?? session.expiresAt)} when renewed`;
  const wordsWidth = endWords.length * 6.4;
  // Beside the bar while there is room for the words; else inside what is full of it, at its right end.
  const isInside = bar.cutEnd || endX + wordsWidth + 8 > right;
  const full = bar.renewal === undefined ? end : bar.left;
  const insideX = full === undefined ? endX : Math.min(full.x + full.width, right);
  const isLegible = bar.renewal === undefined || (full !== undefined && full.width > wordsWidth + 12);
  return (
    <g>
      <text className={styles['who']} x={0} y={y + 10}>
        {shorten(session.name, left - 16)}
      </text>
      {bar.spent === undefined ? null : (
        <rect
          className={styles['spent']}
          x={bar.spent.x}
          width={bar.spent.width}
          y={y}
          height={barHeight}
          rx={bar.cutStart ? 0 : 2}
        />
      )}
      {bar.left === undefined ? null : (
        <rect
          className={styles['live']}
          data-level={level}
          x={bar.left.x}
          width={bar.left.width}
          y={y}
          height={barHeight}
          rx={bar.cutEnd ? 0 : 2}
        />
      )}
      {bar.renewal === undefined ? null : (
        <rect
          className={styles['next']}
          x={bar.renewal.x + 0.75}
          width={Math.max(1, bar.renewal.width - 1.5)}
          y={y + 0.75}
          height={barHeight - 1.5}
          rx={2}
        />
      )}
      {bar.cutStart && bar.spent !== undefined && bar.spent.width > 48 ? (
        <text className={styles['from']} x={left + 6} y={y + 10}>
          ‹ {formatShortClock(session.issuedAt)}
        </text>
      ) : null}
      {isInside && !isLegible ? null : isInside ? (
        <text className={styles['inside']} data-level={level} x={insideX - 6} y={y + 10} textAnchor="end">
          {endWords}
          {bar.cutEnd ? ' ›' : ''}
        </text>
      ) : (
        <text className={styles['end']} x={endX + 8} y={y + 10}>
          {endWords}
        </text>
      )}
    </g>
  );
}

function describe(sessions: readonly TimelineSession[]): string {
  const next = sessions[0];
  if (next === undefined) return 'No session is open';
  const first = sessions.reduce(
    (soonest, session) => (session.expiresAt < soonest.expiresAt ? session : soonest),
    next,
  );
  return `${formatQuantity(sessions.length, 'session')} from issue to expiry; the next ends at ${formatClock(first.expiresAt)}: ${first.name}`;
}
