import type { ReactNode } from 'react';
import { Icon } from './icon';
import type { IconName } from './icon-names';
import styles from './note.module.css';

export type NoteTone = 'info' | 'warning' | 'danger' | 'success';

interface NoteProps {
  readonly tone: NoteTone;
  /** The sentence to read if only one is read. */
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** A link button that does something about it. */
  readonly action?: ReactNode;
  /** Read out at once when it appears. Only for a failure, and once. */
  readonly isAlert?: boolean | undefined;
  readonly icon?: IconName | undefined;
}

const noteIcons: Readonly<Record<NoteTone, IconName>> = {
  info: 'info',
  warning: 'alert',
  danger: 'x-circle',
  success: 'check-circle',
};

/** A sentence beside its cause that somebody should read. */
export function Note({ tone, title, children, action, isAlert = false, icon = noteIcons[tone] }: NoteProps) {
  return (
    <div className={styles['note']} data-tone={tone} role={isAlert ? 'alert' : undefined}>
      <Icon name={icon} tone={tone} />
      <div className={styles['words']}>
        <b>{title}</b> {children} {action}
      </div>
    </div>
  );
}
