import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { classNames } from './class-names';
import { BadgeIcon, Icon } from './icon';
import type { IconName } from './icon-names';
import { Key } from './text';
import styles from './choice-card.module.css';

interface ChoiceCardProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
  /** What it needs, and how long it takes. */
  readonly needs?: ReactNode;
  /** The digit that presses it; the binding is the page's. */
  readonly keys?: string | undefined;
  readonly isSuggested?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly onPress: () => void;
}

/** A large button for one of two or three ways to start. */
export function ChoiceCard({
  icon,
  title,
  children,
  needs,
  keys,
  isSuggested = false,
  autoFocus = false,
  onPress,
}: ChoiceCardProps) {
  return (
    <AriaButton className={classNames(styles['choice'])} onPress={onPress} autoFocus={autoFocus}>
      <BadgeIcon name={icon} size="lg" tone={isSuggested ? 'accent' : 'plain'} />
      <span className={styles['words']}>
        <b>{title}</b>
        <span className={styles['what']}>{children}</span>
        {needs === undefined ? null : <small>{needs}</small>}
      </span>
      {keys === undefined ? null : <Key>{keys}</Key>}
      <Icon name="chevron-right" tone="muted" />
    </AriaButton>
  );
}
