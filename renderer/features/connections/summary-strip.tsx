import type { ReactNode } from 'react';
import type { Connection } from '../../../core/domain/connection';
import type { Session } from '../../../core/domain/session';
import { Button } from '../../ui/button';
import { formatDate, formatMoment, formatQuantity, formatRemaining, formatTaken } from '../../ui/format';
import { Icon } from '../../ui/icon';
import type { IconName } from '../../ui/icon-names';
import styles from './summary-strip.module.css';

interface SummaryStripProps {
  readonly connection: Connection;
  /** open now */
  readonly live: readonly Session[];
  readonly now: number;
  readonly onReview: () => void;
}

const dayMs = 86_400_000;

/** The four things that somebody asks of a connection first. */
export function SummaryStrip({ connection, live, now, onReview }: SummaryStripProps) {
  const { lastTest, reviewAt, status } = connection;
  const isOpen = status !== 'closing' && status !== 'revoked';
  const next = [...live].sort((one, other) => one.expiresAt - other.expiresAt)[0];
  const passed = lastTest?.checks.filter(({ state }) => state === 'passed').length ?? 0;
  const externalId = lastTest?.checks.find(({ id }) => id === 'external-id');
  return (
    <dl className={styles['strip']}>
      <Fact icon={doors[status].icon} term="New sessions" words={doors[status].words}>
        {externalId?.state === 'passed' && lastTest !== undefined
          ? `External ID enforced, checked ${formatMoment(lastTest.finishedAt, now)}`
          : connection.externalId === undefined
            ? 'No external ID asked'
            : 'External ID not checked'}
      </Fact>
      <Fact
        icon="timer"
        term="Live sessions"
        words={next === undefined ? 'None open here' : `${formatRemaining(next.expiresAt - now)} left`}
      >
        {next === undefined
          ? `${connection.maxSessionDuration / 3600} h at most`
          : formatQuantity(live.length, 'session')}
      </Fact>
      <Fact
        icon="check-circle"
        term="Last test"
        words={lastTest === undefined ? 'Never' : `${String(passed)} of ${String(lastTest.checks.length)} passed`}
      >
        {lastTest === undefined
          ? 'Nothing is known of it'
          : `${formatMoment(lastTest.finishedAt, now)}, took ${formatTaken(Math.max(0, lastTest.finishedAt - lastTest.startedAt))}`}
      </Fact>
      <Fact icon="calendar" term="Review due" words={reviewAt === undefined ? 'None planned' : formatDate(reviewAt)}>
        {isOpen ? (
          <Button variant="link" size="sm" onPress={onReview}>
            {reviewAt === undefined ? 'Review it' : dueWords(Math.ceil((reviewAt - now) / dayMs))}
          </Button>
        ) : (
          'Access is closed'
        )}
      </Fact>
    </dl>
  );
}

const doors: Readonly<Record<Connection['status'], { readonly icon: IconName; readonly words: string }>> = {
  working: { icon: 'door-open', words: 'Open' },
  failing: { icon: 'door-half', words: 'Refused at the last test' },
  'not-tested': { icon: 'door-half', words: 'Not known' },
  closing: { icon: 'door-shut', words: 'Closed' },
  revoked: { icon: 'door-shut', words: 'Closed' },
};

function dueWords(days: number): string {
  if (days > 0) return `in ${formatQuantity(days, 'day')}`;
  return days === 0 ? 'today' : `${formatQuantity(-days, 'day')} ago`;
}

interface FactProps {
  readonly icon: IconName;
  readonly term: string;
  readonly words: string;
  readonly children: ReactNode;
}

function Fact({ children, icon, term, words }: FactProps) {
  return (
    <div className={styles['fact']}>
      <dt>
        <Icon name={icon} size="sm" />
        {term}
      </dt>
      <dd>
        <b>{words}</b>
        <span>{children}</span>
      </dd>
    </div>
  );
}
