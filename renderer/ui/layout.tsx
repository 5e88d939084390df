import type { ReactNode } from 'react';
import styles from './layout.module.css';

type Gap = 'xs' | 'sm' | 'md' | 'lg' | 'xl';

interface StackProps {
  readonly children: ReactNode;
  /** 4, 8, 12, 16 or 24 pixels. */
  readonly gap?: Gap | undefined;
}

/** Things under each other. */
export function Stack({ children, gap = 'md' }: StackProps) {
  return (
    <div className={styles['stack']} data-gap={gap}>
      {children}
    </div>
  );
}

interface RowProps extends StackProps {
  readonly wrap?: boolean | undefined;
  readonly align?: 'center' | 'start' | 'baseline' | 'end' | undefined;
  readonly justify?: 'start' | 'between' | 'end' | undefined;
}

/** Things beside each other. */
export function Row({ children, gap = 'sm', wrap = false, align = 'center', justify = 'start' }: RowProps) {
  return (
    <div
      className={styles['row']}
      data-gap={gap}
      data-wrap={wrap || undefined}
      data-align={align}
      data-justify={justify}
    >
      {children}
    </div>
  );
}

/** Takes the room that is left in a `Row`. */
export function Grow({ children }: { readonly children?: ReactNode }) {
  return <div className={styles['grow']}>{children}</div>;
}

interface ColumnsProps {
  readonly children: ReactNode;
  /** Which column is narrow: a list of 400, a side of 368 on the left, of 336 on the right; `even` is halves. */
  readonly layout: 'even' | 'side-left' | 'side-right' | 'list-left';
}

/** Two columns that become one where there is no room. */
export function Columns({ children, layout }: ColumnsProps) {
  return (
    <div className={styles['columnsRoom']}>
      <div className={styles['columns']} data-layout={layout}>
        {children}
      </div>
    </div>
  );
}
