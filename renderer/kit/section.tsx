import type { ReactNode } from 'react';
import type { CopyOutcome } from '../ui/copy-button';
import styles from './kit.module.css';

interface SectionProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly bare?: boolean;
  readonly children: ReactNode;
}

export function Section({ title, wide = false, bare = false, children }: SectionProps) {
  return (
    <section className={styles['section']} data-wide={wide || undefined} data-bare={bare || undefined}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Cell({ caption, children }: { readonly caption: string; readonly children: ReactNode }) {
  return (
    <div className={styles['cell']}>
      <span className={styles['caption']}>{caption}</span>
      <div className={styles['row']}>{children}</div>
    </div>
  );
}

/** Shows a control as if it were hovered or focused. */
export function Shown({ as, children }: { readonly as: 'hover' | 'focus'; readonly children: ReactNode }) {
  return (
    <span className={styles['shown']} data-shown={as}>
      {children}
    </span>
  );
}

export const nothing = (): void => undefined;

export async function pretendToCopy(): Promise<CopyOutcome> {
  return { ok: true };
}
