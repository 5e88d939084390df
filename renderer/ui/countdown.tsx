import { useEffect, useRef } from 'react';
import { ticking, useFromNow } from '../app/clock';
import { announce } from './announcer';
import {
  countdownLevel,
  shareLeft,
  spokenMinutes,
  thresholdSentence,
  thresholdsPassed,
  type CountdownLevel,
} from './countdown-model';
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
export function useCountdownAnnouncements(name: string | undefined, expiresAt: number): void {
  const passed = useFromNow((now) => thresholdsPassed(expiresAt - now));
  const previous = useRef<{ readonly passed: number; readonly expiresAt: number } | undefined>(undefined);
  useEffect(() => {
    const before = previous.current;
    previous.current = { passed, expiresAt };
    // The first look says nothing, and neither does a renewal: only time that passed does.
    if (name === undefined || before?.expiresAt !== expiresAt || passed <= before.passed) return;
    const minutes = spokenMinutes[passed - 1];
    if (minutes !== undefined) announce(thresholdSentence(name, minutes), minutes <= 1 ? 'assertive' : 'polite');
  }, [name, expiresAt, passed]);
}

interface CountdownProps extends Life {
  /** Who is counted, for what is said at the thresholds. Left out where another place on the screen speaks. */
  readonly name?: string | undefined;
  /** The second line; by default “ends 14:36:20”. `false` leaves it out. */
  readonly detail?: string | false | undefined;
}

/** Ring, digits, and the moment it ends. */
export function Countdown({ issuedAt, expiresAt, name, detail }: CountdownProps) {
  useCountdownAnnouncements(name, expiresAt);
  // Only the digits are drawn each second: there may be a hundred of them.
  const level = useFromNow((now) => countdownLevel(expiresAt - now));
  const percent = useFromNow((now) => Math.round(shareLeft(issuedAt, expiresAt, now) * 100));
  const second = detail ?? `${level === 'ended' ? 'ended' : 'ends'} ${formatClock(expiresAt)}`;
  return (
    <span className={styles['countdown']} data-level={level}>
      <Ring share={percent / 100} tone={ringTones[level]} />
      <span>
        <time className={styles['digits']} dateTime={toIso(expiresAt)}>
          {level === 'ended' ? 'Ended' : <Digits expiresAt={expiresAt} />}
        </time>
        {second === false ? null : <span className={styles['detail']}>{second}</span>}
      </span>
    </span>
  );
}

function Digits({ expiresAt }: { readonly expiresAt: number }) {
  return <span ref={ticking((now) => formatRemaining(expiresAt - now))} className={styles['running']} />;
}
