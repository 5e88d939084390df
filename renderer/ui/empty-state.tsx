import type { ReactNode } from 'react';
import { Icon } from './icon';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  /** What there is none of: “No session is open”. */
  readonly title: string;
  /** What belongs here, and why. */
  readonly children: ReactNode;
  /** The one thing to do, or a `Tour`. */
  readonly action?: ReactNode;
  /** Under everything: another way. */
  readonly foot?: ReactNode;
  /** Without the arch, inside a card. */
  readonly isSmall?: boolean | undefined;
}

/** A page or card with nothing in it yet. */
export function EmptyState({ title, children, action, foot, isSmall = false }: EmptyStateProps) {
  return (
    <div className={styles['empty']} data-small={isSmall || undefined}>
      {isSmall ? null : <ArchPicture />}
      <h2>{title}</h2>
      <p className={styles['words']}>{children}</p>
      {action === undefined ? null : <div className={styles['action']}>{action}</div>}
      {foot === undefined ? null : <p className={styles['foot']}>{foot}</p>}
    </div>
  );
}

export interface TourStep {
  readonly id: string;
  readonly title: string;
  readonly detail: ReactNode;
  readonly state: 'done' | 'next' | 'later';
  /** The button of the step that is next. */
  readonly action?: ReactNode;
}

/** The few steps from nothing to the whole thing. */
export function Tour({ steps }: { readonly steps: readonly TourStep[] }) {
  return (
    <ol className={styles['tour']}>
      {steps.map((step, index) => (
        <li key={step.id} data-state={step.state}>
          <span className={styles['number']} aria-hidden="true">
            {step.state === 'done' ? <Icon name="check" size="xs" /> : index + 1}
          </span>
          <span className={styles['step']}>
            <b>{step.title}</b>
            <small>{step.detail}</small>
          </span>
          {step.state === 'later' ? <Icon name="lock" tone="muted" /> : step.action}
        </li>
      ))}
    </ol>
  );
}

function ArchPicture() {
  return (
    <svg className={styles['arch']} viewBox="0 0 200 132" width="200" height="132" aria-hidden="true" focusable="false">
      <path className={styles['ground']} d="M8 122h184" />
      <path className={styles['outer']} d="M52 122V68a48 48 0 0 1 96 0v54" />
      <path className={styles['inner']} d="M74 122V68a26 26 0 0 1 52 0v54" />
      <path className={styles['leaf']} d="M99 122H74V68a26 26 0 0 1 25-26z" />
    </svg>
  );
}
