import type { ReactNode } from 'react';
import { Button } from './button';
import { formatTaken } from './format';
import { Icon, type Tone } from './icon';
import type { IconName } from './icon-names';
import { ProgressBar } from './progress';
import { Ring, Spinner } from './ring';
import { VisuallyHidden } from './text';
import styles from './check-list.module.css';

export type CheckState =
  'not-run' | 'running' | 'waiting' | 'passed' | 'warning' | 'failed' | 'inconclusive' | 'cancelled' | 'skipped';

/** A wait with an end: elapsed and limit in milliseconds, and what a person can do meanwhile. */
export interface CheckWait {
  readonly elapsedMs: number;
  readonly limitMs: number;
  /** “asked 5 times · next in 3 s”. */
  readonly detail?: string | undefined;
  readonly onAskNow?: (() => void) | undefined;
  readonly onCancel?: (() => void) | undefined;
}

export interface CheckRow {
  readonly id: string;
  readonly name: string;
  readonly state: CheckState;
  /** Who we are, what was found, why not. */
  readonly reason?: ReactNode;
  /** Milliseconds it took, or has taken so far. */
  readonly takenMs?: number | undefined;
  readonly wait?: CheckWait | undefined;
  /** Under the row, across it: the raw answer, a link to the cause. */
  readonly more?: ReactNode;
}

interface CheckListProps {
  readonly label: string;
  readonly rows: readonly CheckRow[];
  /** `narrow` leaves out the reason, for a side column. */
  readonly layout?: 'wide' | 'narrow' | undefined;
}

interface CheckLook {
  readonly word: string;
  readonly icon?: IconName;
  readonly tone?: Tone;
}

const looks: Readonly<Record<CheckState, CheckLook>> = {
  'not-run': { word: 'not run yet', icon: 'circle-dashed', tone: 'muted' },
  running: { word: 'running' },
  waiting: { word: 'waiting' },
  passed: { word: 'passed', icon: 'check-circle', tone: 'success' },
  warning: { word: 'passed with a warning', icon: 'alert', tone: 'warning' },
  failed: { word: 'failed', icon: 'x-circle', tone: 'danger' },
  inconclusive: { word: 'inconclusive', icon: 'question', tone: 'muted' },
  cancelled: { word: 'cancelled', icon: 'minus-circle', tone: 'muted' },
  skipped: { word: 'skipped', icon: 'minus-circle', tone: 'muted' },
};

/** Things that are tried one after another: state, name, reason, time. */
export function CheckList({ label, rows, layout = 'wide' }: CheckListProps) {
  return (
    <div className={styles['room']}>
      <ol className={styles['list']} aria-label={label} data-layout={layout}>
        {rows.map((row) => (
          <Check key={row.id} row={row} layout={layout} />
        ))}
      </ol>
    </div>
  );
}

function Check({ row, layout }: { readonly row: CheckRow; readonly layout: 'wide' | 'narrow' }) {
  const { name, state, reason, takenMs, wait, more } = row;
  return (
    <li
      className={styles['check']}
      data-state={state}
      aria-current={state === 'running' || state === 'waiting' ? 'step' : undefined}
    >
      <CheckSign row={row} />
      <span className={styles['name']}>
        {name}
        <VisuallyHidden>: {looks[state].word}</VisuallyHidden>
      </span>
      {layout === 'narrow' ? null : <span className={styles['reason']}>{reason}</span>}
      <span className={styles['time']}>{takenMs === undefined ? null : formatTaken(takenMs)}</span>
      {wait === undefined || state !== 'waiting' ? null : <WaitLine name={name} wait={wait} />}
      {more === undefined ? null : <div className={styles['more']}>{more}</div>}
    </li>
  );
}

function CheckSign({ row }: { readonly row: CheckRow }) {
  const { icon, tone } = looks[row.state];
  if (icon !== undefined) {
    return (
      <span className={styles['sign']}>
        <Icon name={icon} tone={tone} />
      </span>
    );
  }
  const share = row.wait === undefined || row.wait.limitMs <= 0 ? undefined : row.wait.elapsedMs / row.wait.limitMs;
  return (
    <span className={styles['sign']}>
      {share === undefined ? <Spinner /> : <Ring share={share} tone="wait" size="sm" />}
    </span>
  );
}

function WaitLine({ name, wait }: { readonly name: string; readonly wait: CheckWait }) {
  const words = `${wholeSeconds(wait.elapsedMs)} s of ${wholeSeconds(wait.limitMs)} s at most`;
  return (
    <div className={styles['wait']}>
      <ProgressBar label={`${name}: ${words}`} share={wait.limitMs <= 0 ? 0 : wait.elapsedMs / wait.limitMs} />
      <span className={styles['waitWords']}>{wait.detail === undefined ? words : `${words} · ${wait.detail}`}</span>
      {wait.onAskNow === undefined ? null : (
        <Button size="sm" onPress={wait.onAskNow}>
          Ask now
        </Button>
      )}
      {wait.onCancel === undefined ? null : (
        <Button size="sm" onPress={wait.onCancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}

function wholeSeconds(milliseconds: number): string {
  return String(Math.floor(milliseconds / 1000));
}
