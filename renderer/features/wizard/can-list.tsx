import { classNames } from '../../ui/class-names';
import { Icon, type Tone } from '../../ui/icon';
import type { IconName } from '../../ui/icon-names';
import styles from './can-list.module.css';

interface CanListProps {
  readonly groups: readonly {
    readonly id: string;
    readonly title: string;
    readonly icon: IconName;
    readonly tone: Tone;
    readonly entries: readonly string[];
  }[];
  readonly isSideBySide?: boolean | undefined;
}

/** In words: what a role can do, and what it cannot. */
export function CanList({ groups, isSideBySide = false }: CanListProps) {
  return (
    <div className={classNames(styles['groups'], isSideBySide && styles['sideBySide'])}>
      {groups.map(({ id, title, icon, tone, entries }) => (
        <section key={id} className={styles['group']}>
          <h3 className={styles['title']}>
            <Icon name={icon} tone={tone} />
            {title}
          </h3>
          <ul className={styles['entries']}>
            {entries.map((entry) => (
              <li key={entry}>{entry}</li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
