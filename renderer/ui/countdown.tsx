import { useEffect, useRef } from 'react';
import { useNow } from '../app/clock';
import { announce } from './announcer';
import { countdownLevel, crossedThreshold, shareLeft, thresholdSentence, type CountdownLevel } from './countdown-model';
import { formatClock, formatRemaining, toIso } from './format';
import { Ring } from './ring';
import styles from './countdown.module.css';

interface Life {
  /** Milliseconds since the epoch, from STS. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

const ringTones: Readonly<Record<CountdownLevel, 'live' | 'warning' | 'danger'>> = {
  plenty: 'live',
  soon: 'warning',
  urgent: 'danger',
  ended: 'live',
};

/** Speaks at 15, 5 and 1 minute and at the end, through the page's live region; never each second. */
export function useCountdownAnnouncements(name: string | undefined, expiresAt: number, now: number): void {
  const previous = useRef<{ readonly remaining: number; readonly expiresAt: number } | undefined>(undefined);
  useEffect(() => {
    const remaining = expiresAt - now;
    const before = previous.current;
    previous.current = { remaining, expiresAt };
    // The first look says nothing, and neither does a renewal: only time that passed does.
    if (name === undefined || before?.expiresAt !== expiresAt) return;
    const minutes = crossedThreshold(before.remaining, remaining);
    if (minutes !== undefined) announce(thresholdSentence(name, minutes), minutes <= 1 ? 'assertive' : 'polite');
  }, [name, expiresAt, now]);
}

interface CountdownProps extends Life {
  /** Who is counted, for what is said at the thresholds. Left out where another place on the screen speaks. */
  readonly name?: string | undefined;
  /** The second line; by default “ends 14:36:20”. `false` leaves it out. */
  readonly detail?: string | false | undefined;
}

/** Ring, digits, and the moment it ends. */
export function Countdown({ issuedAt, expiresAt, name, detail }: CountdownProps) {
  const now = useNow();
  useCountdownAnnouncements(name, expiresAt, now);
  const remaining = expiresAt - now;
  const level = countdownLevel(remaining);
  const second = detail ?? `${level === 'ended' ? 'ended' : 'ends'} ${formatClock(expiresAt)}`;
  return (
    <span className={styles['countdown']} data-level={level}>
      <Ring share={shareLeft(issuedAt, expiresAt, now)} tone={ringTones[level]} />
      <span>
        <time className={styles['digits']} dateTime={toIso(expiresAt)}>
          {level === 'ended' ? 'Ended' : formatRemaining(remaining)}
        </time>
        {second === false ? null : <span className={styles['detail']}>{second}</span>}
      </span>
    </span>
  );
}
