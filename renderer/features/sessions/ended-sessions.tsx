import { Disclosure, DisclosurePanel, Button as AriaButton, Heading } from 'react-aria-components';
import type { Session } from '../../../core/domain/session';
import { formatClock, formatQuantity } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Text } from '../../ui/text';
import styles from './ended-sessions.module.css';

const words = { expired: 'expired', 'ended-here': 'ended here', revoked: 'revoked' } as const;

/** Sessions that are over, of the last day: folded, for looking something up. */
export function EndedSessions({ sessions }: { readonly sessions: readonly Session[] }) {
  if (sessions.length === 0) return null;
  return (
    <Disclosure className={styles['root'] ?? ''}>
      <Heading className={styles['heading'] ?? ''}>
        <AriaButton slot="trigger" className={styles['trigger'] ?? ''}>
          <span className={styles['chevron']}>
            <Icon name="chevron-right" tone="muted" />
          </span>
          {formatQuantity(sessions.length, 'session')} ended in the last day
        </AriaButton>
      </Heading>
      <DisclosurePanel>
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
      </DisclosurePanel>
    </Disclosure>
  );
}
