import type { ReactNode } from 'react';
import { useNow } from '../app/clock';
import { Card } from './card';
import { countdownLevel, shareLeft } from './countdown-model';
import { useCountdownAnnouncements } from './countdown';
import { formatClock, formatElapsed, formatRemaining, toIso } from './format';
import { Icon } from './icon';
import { Ring } from './ring';
import styles from './countdown.module.css';

interface BlockedSinceProps {
  readonly title: string;
  /** When the outer door shut; undefined while that is not yet proved. */
  readonly since: number | undefined;
  /** What proves it, or what is being waited for. */
  readonly evidence: ReactNode;
  /** In place of the time while there is none: “Not yet”. */
  readonly pendingWords?: string | undefined;
}

/** The first of the two clocks: new sessions are blocked since an exact second. */
export function BlockedSinceClock({ title, since, evidence, pendingWords = 'Not yet' }: BlockedSinceProps) {
  const now = useNow();
  return (
    <ClockCard
      title={title}
      evidence={evidence}
      face={
        <span
          className={styles['face']}
          data-proved={since !== undefined || undefined}
          data-pending={since === undefined || undefined}
        >
          <Icon name={since === undefined ? 'door-open' : 'door-shut'} size="clock" />
        </span>
      }
    >
      {since === undefined ? (
        pendingWords
      ) : (
        <>
          <time dateTime={toIso(since)}>{formatClock(since)}</time>
          <span>{formatElapsed(now - since)} ago</span>
        </>
      )}
    </ClockCard>
  );
}

interface DiesByProps {
  readonly title: string;
  /** When the ring was full: the moment of the revocation, or of issue. */
  readonly from: number;
  readonly diesAt: number;
  readonly evidence: ReactNode;
  /** Known to be dead before its time: proved, and no longer counted. */
  readonly isProved?: boolean | undefined;
  readonly name?: string | undefined;
}

/** The second: the last credential is dead by then, at the latest. The absolute time is the larger one: it is quoted. */
export function DiesByClock({ title, from, diesAt, evidence, isProved = false, name }: DiesByProps) {
  const now = useNow();
  const remaining = diesAt - now;
  useCountdownAnnouncements(isProved ? undefined : name, diesAt);
  const isOver = isProved || countdownLevel(remaining) === 'ended';
  return (
    <ClockCard
      title={title}
      evidence={evidence}
      face={
        <span className={styles['face']} data-proved={isOver || undefined}>
          {isOver ? null : <Ring share={shareLeft(from, diesAt, now)} size="clock" />}
          <Icon name={isOver ? 'door-shut' : 'hourglass'} size={isOver ? 'clock' : 'xl'} />
        </span>
      }
    >
      <time dateTime={toIso(diesAt)}>{formatClock(diesAt)}</time>
      <span>{remaining > 0 ? `in ${formatRemaining(remaining)}` : `${formatElapsed(-remaining)} ago`}</span>
    </ClockCard>
  );
}

interface SessionClockProps {
  readonly title: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly name?: string | undefined;
  readonly children?: ReactNode;
}

/** A session just opened: time left large, for here it is what a person looks for, with the end beside it. */
export function SessionClock({ title, issuedAt, expiresAt, name, children }: SessionClockProps) {
  const now = useNow();
  useCountdownAnnouncements(name, expiresAt);
  const remaining = expiresAt - now;
  const level = countdownLevel(remaining);
  return (
    <ClockCard
      title={title}
      acts={children}
      face={
        <span className={styles['face']}>
          <Ring
            share={shareLeft(issuedAt, expiresAt, now)}
            size="clock"
            tone={level === 'soon' ? 'warning' : level === 'urgent' ? 'danger' : 'live'}
          />
          <Icon name="timer" size="xl" />
        </span>
      }
    >
      <time dateTime={toIso(expiresAt)}>{level === 'ended' ? 'Ended' : formatRemaining(remaining)}</time>
      <span>
        {level === 'ended' ? 'at' : 'ends'} {formatClock(expiresAt)}
      </span>
    </ClockCard>
  );
}

interface ClockCardProps {
  readonly title: string;
  readonly face: ReactNode;
  readonly evidence?: ReactNode;
  /** Buttons under everything. */
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}

function ClockCard({ title, face, evidence, acts, children }: ClockCardProps) {
  return (
    <Card>
      <div className={styles['clock']}>
        {face}
        <div className={styles['clockBody']}>
          <h2>{title}</h2>
          <p className={styles['big']}>{children}</p>
          {evidence === undefined ? null : <div className={styles['evidence']}>{evidence}</div>}
        </div>
      </div>
      {acts === undefined ? null : <div className={styles['acts']}>{acts}</div>}
    </Card>
  );
}
