import { Icon } from '../../ui/icon';
import styles from './organization.module.css';

interface ConsequencesProps {
  readonly title: string;
  readonly items: readonly string[];
}

/** What follows from an act, each a sentence, to be read before it. */
export function Consequences({ title, items }: ConsequencesProps) {
  return (
    <section className={styles['consequences']}>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>
            <Icon name="arrow-right" size="sm" tone="muted" />
            {item}
          </li>
        ))}
      </ul>
    </section>
  );
}
