import {
  reviewPeriods,
  type ReasonKind,
  type Review,
  type ReviewItem,
  type ReviewPeriod,
  type ReviewPolicy,
} from '../../../core/domain/review';
import type { ChipTone } from '../../ui/chip';
import { formatDate, formatQuantity } from '../../ui/format';
import type { IconName } from '../../ui/icon-names';

interface ReasonLook {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: ChipTone;
  /** What goes before its date. */
  readonly since: string;
  /** What leads to where it is seen; none where there is no more to see. */
  readonly where?: string | undefined;
}

export const reasonLooks: Readonly<Record<ReasonKind, ReasonLook>> = {
  'risk-raised': { word: 'More risk', icon: 'alert', tone: 'danger', since: 'seen since', where: 'See the difference' },
  drift: { word: 'Drift', icon: 'diff', tone: 'warning', since: 'seen since', where: 'See the difference' },
  'old-key': { word: 'Old key', icon: 'key', tone: 'warning', since: 'old since', where: 'See the user' },
  unused: { word: 'Unused', icon: 'clock', tone: 'info', since: 'since', where: 'See the role' },
  'not-seen': { word: 'Not seen', icon: 'eye', tone: 'plain', since: 'since', where: 'See why' },
  due: { word: 'By date', icon: 'calendar', tone: 'accent', since: 'due since' },
};

export const periodWords: Readonly<Record<ReviewPeriod, string>> = {
  '1': 'every month',
  '3': 'every 3 months',
  '6': 'every 6 months',
  '12': 'every year',
  never: 'never by date',
};

export const periodOptions = reviewPeriods.map((value) => ({ value, label: capital(periodWords[value]) }));

/** When something is to be looked at, in a line. */
export function policyWords({ drift, every, keyDays, riskRaised, unusedDays }: ReviewPolicy): string {
  const more = [
    `unused for ${formatQuantity(unusedDays, 'day')}`,
    ...(drift ? ['drift'] : []),
    ...(riskRaised ? ['more risk than agreed'] : []),
    `keys older than ${formatQuantity(keyDays, 'day')}`,
  ];
  return `${capital(periodWords[every])}; and ${more.join(', ')}.`;
}

/** What was decided, and what follows. */
export function decisionWords({ decision, doneAt, undoneAt, until }: Review): string {
  const what = {
    kept: until === undefined ? 'Kept' : `Kept until ${formatDate(until)}`,
    snoozed: until === undefined ? 'Put off' : `Put off until ${formatDate(until)}`,
    narrowed: 'Narrowed',
    revoked: doneAt === undefined ? 'Revocation begun' : 'Revoked',
  }[decision];
  return undoneAt === undefined ? what : `${what}, taken back`;
}

/** In small letters: what a line is found by. */
export function itemText({ accountId, folder = '', name, of, subjectId }: ReviewItem): string {
  return [name, of, accountId, folder, subjectId].join(' ').toLowerCase();
}

export function itemName({ kind, name, subjectId }: Pick<ReviewItem, 'kind' | 'name' | 'subjectId'>): string {
  return kind === 'connection' ? name : `${name}’s key ${subjectId}`;
}

/** “2027-03-01” as the first moment of that day where the person is; undefined for what is no day. */
export function readDay(text: string): number | undefined {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim()) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : undefined;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
