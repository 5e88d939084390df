import type { Session } from '../../../core/domain/session';
import { Folded } from '../../ui/folded';
import { formatClock, formatQuantity } from '../../ui/format';
import { Text } from '../../ui/text';
import styles from './ended-sessions.module.css';

const words = { expired: 'expired', 'ended-here': 'ended here', revoked: 'revoked' } as const;

/** Sessions that are over, of the last day: folded, for looking something up. */
export function EndedSessions({ sessions }: { readonly sessions: readonly Session[] }) {
  if (sessions.length === 0) return null;
  return (
    <Folded title={`${formatQuantity(sessions.length, 'session')} ended in the last day`} level={2}>
      <ul className={styles['list']}>
        {sessions.map((session) => (
          <li key={session.id} className={styles['row']}>
            <Text numeric tone="muted">
              {formatClock(session.end?.at ?? session.expiresAt)}
            </Text>
            <span>{session.connectionName}</span>
            <Text tone="muted">
              {session.roleName}, {words[session.end?.how ?? 'expired']}
              {session.end?.wiped === false ? ', local copy not yet wiped' : ''}
            </Text>
          </li>
        ))}
      </ul>
    </Folded>
  );
}
