import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from './icon';
import styles from './page.module.css';

interface Crumb {
  readonly label: string;
  /** Left out for the place itself. */
  readonly onGo?: (() => void) | undefined;
}

interface PageProps {
  readonly title: string;
  /** Beside the title: a chip, a count. */
  readonly mark?: ReactNode;
  /** One line under it. */
  readonly lead?: ReactNode;
  readonly crumbs?: readonly Crumb[] | undefined;
  /** The view's buttons; at most one primary. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Stays at the bottom while the content scrolls. */
  readonly footer?: ReactNode;
  /** The content brings its own edges, as a virtual table does. */
  readonly isFlush?: boolean | undefined;
  /** One narrow column in the middle, under a larger title: the first run. */
  readonly look?: 'place' | 'welcome' | undefined;
  /**
   * Which page or step this is. When it changes the heading takes the focus, so that reading goes on from there.
   * Left out, the heading never takes it.
   */
  readonly focusKey?: string | undefined;
}

/** A sheet's content: head, scrolling body, footer. */
export function Page(props: PageProps) {
  const {
    title,
    mark,
    lead,
    crumbs = [],
    actions,
    children,
    footer,
    isFlush = false,
    look = 'place',
    focusKey,
  } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusKey !== undefined) heading.current?.focus({ preventScroll: true });
  }, [focusKey]);

  return (
    <div className={styles['page']}>
      <div className={styles['scroll']} data-flush={isFlush || undefined} data-look={look}>
        <header className={styles['head']}>
          <div className={styles['words']}>
            {crumbs.length === 0 ? null : <Crumbs crumbs={crumbs} />}
            <div className={styles['titleRow']}>
              <h1 ref={heading} tabIndex={-1}>
                {title}
              </h1>
              {mark}
            </div>
            {lead === undefined ? null : <p className={styles['lead']}>{lead}</p>}
          </div>
          {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
        </header>
        <div className={styles['body']}>{children}</div>
      </div>
      {footer}
    </div>
  );
}

function Crumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Where this is">
      <ol className={styles['crumbs']}>
        {crumbs.map((crumb, index) => (
          <li key={`${index} ${crumb.label}`}>
            {index === 0 ? null : <Icon name="chevron-right" size="xs" />}
            {crumb.onGo === undefined ? (
              <span aria-current="page">{crumb.label}</span>
            ) : (
              <button type="button" onClick={crumb.onGo}>
                {crumb.label}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface WizardFooterProps {
  /** Back, at the left. */
  readonly back?: ReactNode;
  /** What this step does and does not do: “Nothing is created in this step.” */
  readonly children?: ReactNode;
  /** At the right; the primary button last. */
  readonly actions: ReactNode;
}

/** Always in reach: back, what this step does, and on. */
export function WizardFooter({ back, children, actions }: WizardFooterProps) {
  return (
    <footer className={styles['footer']} data-region="footer" tabIndex={-1} aria-label="This step">
      {back}
      <span className={styles['footWords']}>{children}</span>
      {actions}
    </footer>
  );
}
