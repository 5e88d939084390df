import type { ReactNode } from 'react';
import { VisuallyHidden as AriaVisuallyHidden } from 'react-aria-components/VisuallyHidden';
import { groupAccountId } from './format';
import type { Tone } from './icon';
import styles from './text.module.css';

export { groupAccountId };

interface TextProps {
  readonly children: ReactNode;
  readonly as?: 'span' | 'p' | 'small' | 'div' | undefined;
  readonly tone?: Tone | 'soft' | undefined;
  readonly size?: 'xs' | 'sm' | 'md' | 'lg' | undefined;
  readonly mono?: boolean | undefined;
  /** Tabular figures: for times, counts and identifiers. */
  readonly numeric?: boolean | undefined;
  /** One line, cut with an ellipsis. */
  readonly truncate?: boolean | undefined;
  readonly weight?: 'regular' | 'medium' | 'semibold' | undefined;
  readonly id?: string | undefined;
}

/** Words that are not a heading or a control. */
export function Text({ children, as: Element = 'span', tone, size, mono, numeric, truncate, weight, id }: TextProps) {
  return (
    <Element
      className={styles['text']}
      data-tone={tone}
      data-size={size}
      data-mono={mono === true || undefined}
      data-numeric={numeric === true || undefined}
      data-truncate={truncate === true || undefined}
      data-weight={weight}
      id={id}
    >
      {children}
    </Element>
  );
}

/** Code, identifiers and ARNs inside a sentence. */
export function Mono({ children }: { readonly children: ReactNode }) {
  return (
    <Text mono numeric>
      {children}
    </Text>
  );
}

/** For screen readers only. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }) {
  return <AriaVisuallyHidden>{children}</AriaVisuallyHidden>;
}

/** A key cap. */
export function Key({ children }: { readonly children: ReactNode }) {
  return <kbd className={styles['key']}>{children}</kbd>;
}

/** A twelve-digit account ID, grouped 4-4-4 by margins: copying it gives twelve digits. */
export function AccountId({ id }: { readonly id: string }) {
  return (
    <span className={styles['account']}>
      {groupAccountId(id).map((group, index) => (
        <span key={index}>{group}</span>
      ))}
    </span>
  );
}

/** Two lines in a table cell or list row: the thing, and what is to be known of it. */
export function TwoLine({
  title,
  detail,
  icon,
}: {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly icon?: ReactNode;
}) {
  return (
    <span className={styles['two']}>
      {icon === undefined ? null : <span className={styles['twoIcon']}>{icon}</span>}
      <span className={styles['twoBody']}>
        <span className={styles['twoTitle']}>{title}</span>
        {detail === undefined ? null : <span className={styles['twoDetail']}>{detail}</span>}
      </span>
    </span>
  );
}
