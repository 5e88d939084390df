import type { ReactNode } from 'react';
import { IconButton } from './button';
import { Icon } from './icon';
import type { IconName } from './icon-names';
import styles from './chip.module.css';

export type ChipTone = 'plain' | 'success' | 'warning' | 'danger' | 'info' | 'accent';

interface ChipProps {
  readonly children: ReactNode;
  readonly tone?: ChipTone | undefined;
  readonly icon?: IconName | undefined;
}

/** A filled word: somebody should look. What is well has no fill. */
export function Chip({ children, tone = 'plain', icon }: ChipProps) {
  return (
    <span className={styles['chip']} data-tone={tone}>
      {icon === undefined ? null : <Icon name={icon} size="sm" />}
      {children}
    </span>
  );
}

/** A person's own word for something. */
export function Tag({ children }: { readonly children: ReactNode }) {
  return <span className={styles['tag']}>{children}</span>;
}

interface FilterChipProps {
  /** “Tag is” and “prod, staging”. */
  readonly field: string;
  readonly value: string;
  readonly onRemove: () => void;
}

/** A filter in force, with its ×. */
export function FilterChip({ field, value, onRemove }: FilterChipProps) {
  return (
    <span className={styles['filter']}>
      <span className={styles['filterField']}>{field}</span> {value}
      <IconButton icon="x" label={`Remove the filter ${field} ${value}`} size="sm" onPress={onRemove} />
    </span>
  );
}

export const connectionStates = [
  'working',
  'drift',
  'failing',
  'not-tested',
  'closing',
  'revoked',
  'proved',
  'review-due',
] as const;

export type ConnectionState = (typeof connectionStates)[number];

interface StateLook {
  readonly word: string;
  readonly icon: IconName;
  readonly chip?: ChipTone;
  readonly tone?: 'success' | 'muted';
}

const stateLooks: Readonly<Record<ConnectionState, StateLook>> = {
  working: { word: 'Working', icon: 'check', tone: 'success' },
  'not-tested': { word: 'Not tested', icon: 'circle-dashed', tone: 'muted' },
  revoked: { word: 'Revoked', icon: 'door-shut', tone: 'muted' },
  drift: { word: 'Drift', icon: 'diff', chip: 'warning' },
  failing: { word: 'Failing', icon: 'x-circle', chip: 'danger' },
  closing: { word: 'Closing', icon: 'hourglass', chip: 'info' },
  proved: { word: 'Proved', icon: 'door-shut', chip: 'success' },
  'review-due': { word: 'Review', icon: 'calendar', chip: 'accent' },
};

/** How a connection is: icon and word, filled only when somebody should look. */
export function StateBadge({ state, word }: { readonly state: ConnectionState; readonly word?: string | undefined }) {
  const look = stateLooks[state];
  if (look.chip !== undefined) {
    return (
      <Chip tone={look.chip} icon={look.icon}>
        {word ?? look.word}
      </Chip>
    );
  }
  return (
    <span className={styles['state']} data-muted={look.tone === 'muted' || undefined}>
      <Icon name={look.icon} size="sm" tone={look.tone} />
      {word ?? look.word}
    </span>
  );
}

export type DoorState = 'open' | 'half' | 'shut';

/** One of the two doors: open, powerless, shut. Shut is what a revocation wants, so it is the one in green. */
export function Door({
  state,
  word,
  size = 'lg',
}: {
  readonly state: DoorState;
  readonly word: string;
  readonly size?: 'md' | 'lg' | undefined;
}) {
  const icon = state === 'open' ? 'door-open' : state === 'half' ? 'door-half' : 'door-shut';
  return (
    <span className={styles['state']}>
      <Icon name={icon} size={size} tone={state === 'shut' ? 'success' : 'warning'} />
      {word}
    </span>
  );
}
