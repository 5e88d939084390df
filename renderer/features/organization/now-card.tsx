import { useNow } from '../../app/clock';
import { Card } from '../../ui/card';
import { formatClock, formatElapsed } from '../../ui/format';
import styles from './organization.module.css';

interface NowCardProps {
  /** AWS's own word, and when it said it. Undefined: it said nothing yet. */
  readonly said: { readonly word: string; readonly at: number } | undefined;
  readonly means: string;
  readonly since: number;
  /** When it was over; undefined while it goes on. */
  readonly endedAt: number | undefined;
  /** How long it usually takes, in words: no bar, for nobody knows how far it is. */
  readonly usually: string;
}

/** What AWS says and how long it took so far. */
export function NowCard({ endedAt, means, said, since, usually }: NowCardProps) {
  return (
    <Card>
      <dl className={styles['now']}>
        <div>
          <dt>{said === undefined ? 'AWS says' : `AWS said at ${formatClock(said.at)}`}</dt>
          <dd className={styles['said']}>{said?.word ?? 'nothing yet'}</dd>
          <dd className={styles['means']}>{means}</dd>
        </div>
        <div>
          <dt>{endedAt === undefined ? 'So far' : 'It took'}</dt>
          <dd>{endedAt === undefined ? <Running since={since} /> : formatElapsed(endedAt - since)}</dd>
          <dd className={styles['means']}>{usually}</dd>
        </div>
      </dl>
    </Card>
  );
}

function Running({ since }: { readonly since: number }) {
  return formatElapsed(useNow() - since);
}
