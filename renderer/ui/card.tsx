import { useId, type ReactNode } from 'react';
import styles from './card.module.css';

interface CardProps {
  readonly children: ReactNode;
  /** A heading makes the card a region with that name. */
  readonly title?: ReactNode;
  /** Beside the heading, small and muted. */
  readonly subtitle?: ReactNode;
  /** At the end of the head. */
  readonly actions?: ReactNode;
  /** Under everything, with a line above. */
  readonly foot?: ReactNode;
  /** Room around the content. Tables and lists bring their own. */
  readonly padding?: 'none' | 'sm' | 'md' | undefined;
  /** Leaves out the line under the head, where a picture follows. */
  readonly plainHead?: boolean | undefined;
  readonly tone?: 'danger' | undefined;
  /** Fills the height of its column. */
  readonly fill?: boolean | undefined;
  /** Its content keeps within the round corners by itself, as a table does that its page scrolls. */
  readonly unclipped?: boolean | undefined;
}

/** A raised surface with one subject. */
export function Card(props: CardProps) {
  const { children, title, subtitle, actions, foot, padding = 'none', plainHead = false, tone, fill = false } = props;
  const { unclipped = false } = props;
  const headingId = useId();
  return (
    <section
      className={styles['card']}
      data-tone={tone}
      data-fill={fill || undefined}
      data-unclipped={unclipped || undefined}
      aria-labelledby={title === undefined ? undefined : headingId}
    >
      {title === undefined && actions === undefined ? null : (
        <div className={styles['head']} data-plain={plainHead || undefined}>
          {title === undefined ? null : <h2 id={headingId}>{title}</h2>}
          <span className={styles['subtitle']}>{subtitle}</span>
          {actions}
        </div>
      )}
      <div className={styles['body']} data-padding={padding}>
        {children}
      </div>
      {foot === undefined ? null : <div className={styles['foot']}>{foot}</div>}
    </section>
  );
}

interface FactsProps {
  readonly facts: readonly { readonly term: string; readonly value: ReactNode }[];
}

/** Names and values, two columns. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className={styles['facts']}>
      {facts.map((fact) => (
        <div key={fact.term} className={styles['fact']}>
          <dt>{fact.term}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
