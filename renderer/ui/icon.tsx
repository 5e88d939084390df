import { createElement } from 'react';
import sprite from '../../assets/icons.svg?raw';
import { classNames } from './class-names';
import type { IconName } from './icon-names';
import { readSprite } from './icon-shapes';
import styles from './icon.module.css';

export type Tone = 'muted' | 'accent' | 'success' | 'warning' | 'danger' | 'info';

interface IconProps {
  readonly name: IconName;
  /** 11, 12, 14, 16 (the rule), 20, 24 or 36 pixels. */
  readonly size?: 'tiny' | 'xs' | 'sm' | 'md' | 'lg' | 'xl' | 'clock' | undefined;
  readonly tone?: Tone | undefined;
}

const shapesByName = readSprite(sprite);

/** Decoration beside words: always hidden from assistive technology. A control with only an icon is an `IconButton`. */
export function Icon({ name, size = 'md', tone }: IconProps) {
  const shapes = shapesByName.get(name) ?? [];
  return (
    <svg
      className={classNames(styles['icon'], name === 'more' && styles['heavy'])}
      data-icon={name}
      data-size={size}
      data-tone={tone}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {shapes.map((shape, index) => createElement(shape.tag, { ...shape.attributes, key: index }))}
    </svg>
  );
}

/** The mark: a standing arch with one leaf shut. */
export function Mark({ size = 'md' }: { readonly size?: 'md' | 'lg' | undefined }) {
  return (
    <svg className={styles['mark']} data-size={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d="M3.5 21V11.5a8.5 8.5 0 0 1 17 0V21"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.3"
        strokeLinecap="round"
      />
      <path className={styles['leaf']} d="M11.75 22.1H7.3V11.5a4.7 4.7 0 0 1 4.45-4.69z" />
    </svg>
  );
}

interface BadgeIconProps {
  readonly name: IconName;
  readonly tone?: 'plain' | 'accent' | 'danger' | 'success' | 'warning' | undefined;
  /** 32, 36 or 40 pixels. */
  readonly size?: 'sm' | 'md' | 'lg' | undefined;
}

/** An icon on a small plate, at the head of a choice, an error or a list row. */
export function BadgeIcon({ name, tone = 'plain', size = 'md' }: BadgeIconProps) {
  return (
    <span className={styles['badge']} data-tone={tone} data-size={size}>
      <Icon name={name} size={size === 'sm' ? 'md' : 'lg'} />
    </span>
  );
}
