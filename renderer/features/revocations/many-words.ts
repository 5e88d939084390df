import type { BatchWay, PlannedRevocation, RevocationScope } from '../../../core/contract/revocation';
import type { OutputOf } from '../../../core/contract/contract';
import { formatCount, formatQuantity } from '../../ui/format';

/** A scope while it is chosen: what it is of may be missing yet. */
export interface ScopeWish {
  readonly kind: 'chosen' | 'everything' | 'recipe' | 'folder' | 'account' | 'source';
  readonly of?: string | undefined;
  /** those that were chosen in a list before */
  readonly connectionIds?: readonly string[] | undefined;
}

/** A plan names so many one by one. */
export const mostNamed = 3000;

/** Undefined while something is to be chosen yet. */
export function scopeOf({ connectionIds = [], kind, of }: ScopeWish): RevocationScope | undefined {
  if (kind === 'everything') return { kind };
  if (kind === 'chosen') return { kind: 'connections', connectionIds: connectionIds.slice(0, mostNamed) };
  if (of === undefined) return undefined;
  switch (kind) {
    case 'recipe':
      return { kind, recipeId: of };
    case 'folder':
      return { kind, folder: of };
    case 'account':
      return { kind, accountId: of };
    case 'source':
      return { kind, sourceId: of };
  }
}

/** In which many can be taken back, as they are offered. */
export const batchWays: readonly BatchWay[] = ['step-by-step', 'close-trust', 'quarantine', 'delete-role'];

export interface PlanCounts {
  readonly can: number;
  readonly cannot: number;
  /** Sessions that are open here, of those that can be taken back. */
  readonly sessions: number;
}

export function countsOf(planned: readonly PlannedRevocation[]): PlanCounts {
  const can = planned.filter(({ performer }) => performer !== undefined);
  return {
    can: can.length,
    cannot: planned.length - can.length,
    sessions: can.reduce((sum, { ownSessions }) => sum + ownSessions, 0),
  };
}

/** “2 of 3 connections, with 1 session that is open here.” */
export function planWords({ can, cannot, sessions }: PlanCounts): string {
  const which =
    cannot === 0
      ? formatQuantity(can, 'connection')
      : `${formatCount(can)} of ${formatQuantity(can + cannot, 'connection')}`;
  return sessions === 0 ? `${which}.` : `${which}, with ${formatQuantity(sessions, 'session')} open here.`;
}

/** The button that does it names the number. */
export function batchButton(way: BatchWay, count: number): string {
  switch (way) {
    case 'step-by-step':
      return `Revoke ${formatQuantity(count, 'connection')}`;
    case 'close-trust':
      return `Close the trust of ${formatQuantity(count, 'role')}`;
    case 'quarantine':
      return `Quarantine ${formatQuantity(count, 'role')}`;
    case 'delete-role':
      return `Delete ${formatQuantity(count, 'role')}`;
  }
}

export type BatchItem = OutputOf<'revocation', 'batch'>['items'][number];

export interface BatchCounts {
  readonly total: number;
  /** Nothing more happens to them by itself. */
  readonly over: number;
  readonly closed: number;
  readonly failed: number;
  readonly left: number;
}

export function batchCounts(items: readonly BatchItem[]): BatchCounts {
  const of = (state: BatchItem['state']) => items.filter((item) => item.state === state).length;
  const [closed, failed, left] = [of('closed'), of('failed'), of('left')];
  return { total: items.length, over: closed + failed + left, closed, failed, left };
}

/** “Closed 2 of 3, 1 stopped half-way.” */
export function batchWords({ closed, failed, left, total }: BatchCounts): string {
  return [
    `Closed ${formatCount(closed)} of ${formatCount(total)}`,
    ...(failed === 0 ? [] : [`${formatCount(failed)} stopped half-way`]),
    ...(left === 0 ? [] : [`${formatCount(left)} not begun`]),
  ].join(', ');
}
