import type { SubAccount } from '../../../core/domain/sub-account';
import { useNow } from '../../app/clock';
import { copyText } from '../../ipc/copy';
import { Card } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { formatClock, formatElapsed, formatMoment, toIso } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Mono } from '../../ui/text';
import styles from './organization.module.css';
import { eventLooks, isUnderWay, lastWord, stateLooks, timelineOf, type TimelineLine } from './sub-account-words';

interface SubAccountProps {
  readonly subAccount: SubAccount;
}

/** What AWS says and how long it took so far. No bar: nobody knows how far it is. */
export function NowCard({ subAccount }: SubAccountProps) {
  const { events, startedAt, state } = subAccount;
  const said = lastWord(subAccount);
  const isGoing = isUnderWay(state);
  return (
    <Card>
      <dl className={styles['now']}>
        <div>
          <dt>{said === undefined ? 'AWS says' : `AWS said at ${formatClock(said.at)}`}</dt>
          <dd className={styles['said']}>{said?.said ?? 'nothing yet'}</dd>
          <dd className={styles['means']}>{stateLooks[state].means}</dd>
        </div>
        <div>
          <dt>{isGoing ? 'So far' : 'It took'}</dt>
          <dd>
            {isGoing ? <Running since={startedAt} /> : formatElapsed((events.at(-1)?.at ?? startedAt) - startedAt)}
          </dd>
          <dd className={styles['means']}>Usually two to five minutes; AWS promises nothing.</dd>
        </div>
      </dl>
    </Card>
  );
}

function Running({ since }: { readonly since: number }) {
  return formatElapsed(useNow() - since);
}

/** Each thing as it went, with AWS's time and its request ID. */
export function TimelineCard({ subAccount }: SubAccountProps) {
  const lines = timelineOf(subAccount.events);
  return (
    <Card title="How it went" subtitle="Times are AWS’s">
      <ol className={styles['timeline']} aria-label="How it went">
        {lines.map((line) => (
          <Line key={`${line.first.what} ${String(line.first.at)}`} line={line} />
        ))}
      </ol>
    </Card>
  );
}

function Line({ line: { count, first, last } }: { readonly line: TimelineLine }) {
  const now = useNow();
  const look = eventLooks[first.what];
  return (
    <li>
      <Icon name={look.icon} size="sm" tone={look.tone} />
      <span>{look.words}</span>
      <time dateTime={toIso(first.at)}>{formatMoment(first.at, now)}</time>
      {(last.said !== undefined || last.requestId !== undefined || count > 1) && (
        <span className={styles['evidence']}>
          {last.said !== undefined && <Mono>{last.said}</Mono>}
          {count > 1 && <span>{`${String(count)} times, last at ${formatMoment(last.at, now)}`}</span>}
          {last.requestId !== undefined && (
            <span>
              <Mono>{last.requestId}</Mono>{' '}
              <CopyButton
                what={`request ID of ${formatClock(last.at)}`}
                variant="ghost"
                onCopy={() => copyText(last.requestId ?? '')}
              />
            </span>
          )}
        </span>
      )}
    </li>
  );
}
