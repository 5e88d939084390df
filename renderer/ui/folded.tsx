import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { Heading } from 'react-aria-components/Heading';
import { Icon } from './icon';
import styles from './folded.module.css';

interface FoldedProps {
  /** What is inside, as the words of the button. */
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly startsOpen?: boolean | undefined;
  /** Of its heading: 3 within a card that has one of its own. */
  readonly level?: 2 | 3 | undefined;
}

/** Something for whoever wants to know more, under a button that opens and closes it. */
export function Folded({ title, children, startsOpen = false, level = 3 }: FoldedProps) {
  return (
    <Disclosure className={styles['root'] ?? ''} defaultExpanded={startsOpen}>
      <Heading className={styles['heading'] ?? ''} level={level}>
        <AriaButton slot="trigger" className={styles['trigger'] ?? ''}>
          <span className={styles['chevron']}>
            <Icon name="chevron-right" tone="muted" />
          </span>
          {title}
        </AriaButton>
      </Heading>
      <DisclosurePanel className={styles['panel'] ?? ''}>{children}</DisclosurePanel>
    </Disclosure>
  );
}
