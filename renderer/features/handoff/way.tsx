import { useId, type ReactNode } from 'react';
import { Chip } from '../../ui/chip';
import { Icon } from '../../ui/icon';
import type { IconName } from '../../ui/icon-names';
import styles from './handoff.module.css';

interface WayProps {
  readonly icon: IconName;
  readonly title: string;
  /** how it stands: drawn only where it is on */
  readonly state?: string | undefined;
  /** what it does, and where secrets go */
  readonly children: ReactNode;
  readonly acts?: ReactNode;
  /** under the words: forms, lists */
  readonly more?: ReactNode;
}

/** One way to hand a session on. */
export function Way({ acts, children, icon, more, state, title }: WayProps) {
  const headingId = useId();
  return (
    <li className={styles['way']}>
      <span className={styles['mark']}>
        <Icon name={icon} tone="muted" />
      </span>
      <section className={styles['words']} aria-labelledby={headingId}>
        <div className={styles['name']}>
          <h3 id={headingId}>{title}</h3>
          {state === undefined ? null : <Chip tone="accent">{state}</Chip>}
        </div>
        <p>{children}</p>
      </section>
      <div className={styles['acts']}>{acts}</div>
      <div className={styles['more']}>{more}</div>
    </li>
  );
}
