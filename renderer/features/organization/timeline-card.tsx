import { useNow } from '../../app/clock';
import { copyText } from '../../ipc/copy';
import { Card } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { formatClock, formatMoment, toIso } from '../../ui/format';
import { Icon, type Tone } from '../../ui/icon';
import type { IconName } from '../../ui/icon-names';
import { Mono } from '../../ui/text';
import styles from './organization.module.css';

/** One thing as it went, or several that were the same one after another. AWS's time. */
export interface TimelineEntry {
  readonly words: string;
  readonly icon: IconName;
  readonly tone: Tone;
  readonly at: number;
  /** The last of several, and how many they are. */
  readonly lastAt: number;
  readonly times: number;
  readonly said?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Each thing as it went, with AWS's time and its request ID. */
export function TimelineCard({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  return (
    <Card title="How it went" subtitle="Times are AWS’s">
      <ol className={styles['timeline']} aria-label="How it went">
        {entries.map((entry, index) => (
          <Line key={`${String(index)} ${entry.words}`} entry={entry} />
        ))}
      </ol>
    </Card>
  );
}

function Line({ entry }: { readonly entry: TimelineEntry }) {
  const { at, icon, lastAt, requestId, said, times, tone, words } = entry;
  const now = useNow();
  return (
    <li>
      <Icon name={icon} size="sm" tone={tone} />
      <span>{words}</span>
      <time dateTime={toIso(at)}>{formatMoment(at, now)}</time>
      {(said !== undefined || requestId !== undefined || times > 1) && (
        <span className={styles['evidence']}>
          {said !== undefined && <Mono>{said}</Mono>}
          {times > 1 && <span>{`${String(times)} times, last at ${formatMoment(lastAt, now)}`}</span>}
          {requestId !== undefined && (
            <span>
              <Mono>{requestId}</Mono>{' '}
              <CopyButton
                what={`request ID of ${formatClock(lastAt)}`}
                variant="ghost"
                onCopy={() => copyText(requestId)}
              />
            </span>
          )}
        </span>
      )}
    </li>
  );
}
