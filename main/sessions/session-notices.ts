import type { NoticeKind } from '../../core/contract/desktop';
import type { Session } from '../../core/domain/session';

/** A notification of the operating system. Never a secret, and nothing that tells a passer-by more than a name. */
export type Notice = {
  readonly title: string;
  readonly body: string;
  readonly sessionId?: string;
  /** the kind that it is told as, or not told as */
  readonly about?: NoticeKind;
};

/** Milliseconds before the end at which the system tells it: a person has time to save what they do. */
export const warnedMs = 5 * 60_000;
/** More than this at once is one notice. */
const mostSingle = 3;

/**
 * What to tell of the time between two looks, in milliseconds since the epoch: sessions that came within five minutes of an
 * end which nobody puts off. After a sleep in which they ended nothing is warned of any more.
 */
export function warningsBetween(sessions: readonly Session[], last: number, now: number): readonly Notice[] {
  const due = sessions.filter(({ end, renewal, trouble, expiresAt }) => {
    const isPutOff = renewal === 'automatic' && trouble === undefined;
    const warnAt = expiresAt - warnedMs;
    return end === undefined && !isPutOff && warnAt > last && warnAt <= now && expiresAt > now;
  });
  return grouped(due, (session) => `${minutesLeft(session, now)} left`, 'sessions are about to end');
}

/** Of a session that is no longer renewed by itself. */
export function failedNotice({ connectionName, trouble, id }: Session): Notice {
  return {
    title: `${connectionName} was not renewed`,
    body: trouble?.error.message ?? 'AWS refused it.',
    sessionId: id,
    about: 'session',
  };
}

function grouped(sessions: readonly Session[], body: (session: Session) => string, many: string): readonly Notice[] {
  if (sessions.length <= mostSingle) {
    return sessions.map((session) => ({
      title: `${session.connectionName} is about to end`,
      body: body(session),
      sessionId: session.id,
      about: 'session' as const,
    }));
  }
  const names = sessions.slice(0, mostSingle).map(({ connectionName }) => connectionName);
  return [
    {
      title: `${String(sessions.length)} ${many}`,
      body: `${names.join(', ')} and ${String(sessions.length - mostSingle)} more`,
      about: 'session',
    },
  ];
}

function minutesLeft({ expiresAt }: Session, now: number): string {
  const minutes = Math.max(1, Math.round((expiresAt - now) / 60_000));
  return minutes === 1 ? '1 minute' : `${String(minutes)} minutes`;
}
