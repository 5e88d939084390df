import type { ReactNode } from 'react';
import { Button } from './button';
import { formatClock, toIso } from './format';
import { Icon } from './icon';
import type { IconName } from './icon-names';
import { TwoLine } from './text';
import styles from './receipt.module.css';

export interface ReceiptEntry {
  readonly id: string;
  /** “Role SallyportCodeDeploy”. */
  readonly title: string;
  /** Its ARN or digest. */
  readonly detail?: string | undefined;
  readonly icon: IconName;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  /** Opens a dialog that asks. */
  readonly onUndo?: (() => void) | undefined;
  readonly undoDisabledReason?: string | undefined;
  /** In place of the button, once it is gone: “Undone 14:40:02”. */
  readonly outcome?: ReactNode;
}

/** Everything that was made, newest first, each with what removes it. Goes into a `Card`. */
export function ReceiptList({ label, entries }: { readonly label: string; readonly entries: readonly ReceiptEntry[] }) {
  return (
    <ul className={styles['receipt']} aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <span className={styles['thing']}>
            <TwoLine
              icon={<Icon name={entry.icon} />}
              title={entry.title}
              detail={entry.detail === undefined ? undefined : <span className={styles['arn']}>{entry.detail}</span>}
            />
          </span>
          <time className={styles['time']} dateTime={toIso(entry.madeAt)}>
            {formatClock(entry.madeAt)}
          </time>
          <span className={styles['act']}>
            {entry.outcome ??
              (entry.onUndo === undefined ? null : (
                <Button size="sm" icon="undo" onPress={entry.onUndo} disabledReason={entry.undoDisabledReason}>
                  Undo…
                </Button>
              ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

export interface DoneEntry {
  readonly id: string;
  readonly text: string;
  readonly at?: number | undefined;
  readonly state?: 'done' | 'failed' | 'left' | undefined;
}

interface DoneListProps {
  readonly label: string;
  readonly groups: readonly {
    readonly id: string;
    readonly heading?: string | undefined;
    readonly entries: readonly DoneEntry[];
  }[];
}

const doneIcons = { done: 'check', failed: 'x-circle', left: 'minus-circle' } as const;
const doneTones = { done: 'success', failed: 'danger', left: 'muted' } as const;
const doneWords = { done: '', failed: 'failed: ', left: 'left as it is: ' } as const;

/** What was removed, second by second: the receipt of a revocation. */
export function DoneList({ label, groups }: DoneListProps) {
  return (
    <div className={styles['done']} role="group" aria-label={label}>
      {groups.map((group) => (
        <div key={group.id} className={styles['group']}>
          {group.heading === undefined ? null : <h3>{group.heading}</h3>}
          <ul>
            {group.entries.map((entry) => {
              const state = entry.state ?? 'done';
              return (
                <li key={entry.id}>
                  <Icon name={doneIcons[state]} size="sm" tone={doneTones[state]} />
                  <span>
                    {doneWords[state]}
                    {entry.text}
                  </span>
                  {entry.at === undefined ? null : <time dateTime={toIso(entry.at)}>{formatClock(entry.at)}</time>}
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </div>
  );
}
