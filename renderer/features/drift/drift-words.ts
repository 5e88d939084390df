import type { Agreement } from '../../../core/domain/drift/agreement';
import {
  isWholeKind,
  worstOf,
  type Difference,
  type DriftEyes,
  type DriftPart,
} from '../../../core/domain/drift/difference';
import type { DriftOperation } from '../../../core/contract/operations';
import { formatCount, formatDate, formatMoment, formatQuantity } from '../../ui/format';
import type { IconName } from '../../ui/icon-names';

type Look = {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: 'success' | 'warning' | 'danger' | 'muted';
};

const sameLook: Look = { word: 'Same', icon: 'check', tone: 'success' };

/** What stands beside a part in the list. Red: it is wider than agreed by being there, or the role is gone. */
export function lookOf({ differences, id, state }: DriftPart): Look {
  const isWider = worstOf(differences) === 'widened';
  switch (state) {
    case 'same':
      return sameLook;
    case 'unseen':
      return { word: 'Not seen', icon: 'question', tone: 'muted' };
    case 'changed':
      return { word: 'Changed', icon: 'diff', tone: 'warning' };
    case 'added':
      return { word: 'Added', icon: 'plus', tone: isWider ? 'danger' : 'warning' };
    case 'removed':
      return { word: id === 'role' ? 'Gone' : 'Removed', icon: 'minus', tone: id === 'role' ? 'danger' : 'warning' };
  }
}

const kinds: Readonly<Record<DriftPart['of'], string>> = {
  trust: 'who may enter',
  managed: 'managed policy',
  inline: 'inline policy',
  boundary: 'cuts what it may do',
  session: 'of the role',
  role: 'by its ID',
  tags: 'whose it is',
};

export function kindWords({ id, of }: DriftPart): string {
  if (isWholeKind({ id, of })) return 'beyond those agreed';
  return of === 'managed' && id.includes(':iam::aws:policy/') ? 'managed by AWS' : kinds[of];
}

/** “1 changed, 1 added, 2 the same”. */
export function countWords(parts: readonly DriftPart[]): string {
  const count = (state: DriftPart['state']) => parts.filter((part) => part.state === state).length;
  const said = [
    [count('changed'), 'changed'],
    [count('added'), 'added'],
    [count('removed'), 'gone'],
    [count('same'), 'the same'],
    [count('unseen'), 'not seen'],
  ] as const;
  return said
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${formatCount(number)} ${word}`)
    .join(', ');
}

export const severityLooks = {
  widened: { word: 'Wider', tone: 'danger', icon: 'alert' },
  narrowed: { word: 'Narrower', tone: 'warning', icon: 'info' },
  other: { word: 'Otherwise', tone: 'info', icon: 'info' },
} as const satisfies Record<Difference['severity'], object>;

/** “agreed 14 Aug 2026, as planned”. */
export function agreedWords({ basis, confirmedAt, madeAt }: Agreement): string {
  if (confirmedAt !== undefined) return `Agreed ${formatDate(confirmedAt)}`;
  return basis === 'plan' ? `Agreed ${formatDate(madeAt)}, by the plan` : `First seen ${formatDate(madeAt)}`;
}

function eyesWords(eyes: DriftEyes | undefined, when: string): string {
  if (eyes === undefined) return `read ${when}`;
  switch (eyes.kind) {
    case 'role':
      return `read ${when} from the role itself`;
    case 'pasted':
      return `pasted ${when}, from the account’s owner`;
    case 'source':
    case 'member-role':
      return `read ${when} with ${eyes.label ?? ''}`;
  }
}

export function seenWords(seenAt: number | undefined, eyes: DriftEyes | undefined, now: number): string {
  if (seenAt === undefined) return 'Never seen';
  return `Now, ${eyesWords(eyes, formatMoment(seenAt, now))}`;
}

/** The parts as a person names them together: “Trust policy and 2 more”. */
export function titlesOf(parts: readonly DriftPart[]): string {
  const [first] = parts;
  if (first === undefined) return '';
  return parts.length === 1 ? first.title : `${first.title} and ${formatCount(parts.length - 1)} more`;
}

/** “996 as agreed, 4 drifted. 3 cannot be seen from here.” */
export function roundWords({ blind, done, drifted, same, state, total, unasked }: DriftOperation): string {
  const said = [
    [same, 'as agreed'],
    [drifted, 'drifted'],
    [blind, 'cannot be seen from here'],
    [unasked, 'not asked'],
  ] as const;
  const counts = said.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  return [
    ...(state === 'cancelled' ? [`Cancelled after ${formatCount(done)} of ${formatCount(total)}.`] : []),
    ...(counts.length > 0 ? [`${counts.join(', ')}.`] : []),
  ].join(' ');
}

export function roundProgress({ done, drifted, total }: DriftOperation): string {
  const looked = `${formatCount(done)} of ${formatQuantity(total, 'role')} looked at`;
  return drifted === 0 ? looked : `${looked}, ${formatCount(drifted)} drifted`;
}
