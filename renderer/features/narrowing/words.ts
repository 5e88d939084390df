import type { NarrowingProposal } from '../../../core/contract/narrowing';
import type { NarrowingChoice } from '../../../core/domain/narrowing/usage';
import { formatCount, formatDate } from '../../ui/format';

const dayMs = 86_400_000;

type Obstacle = NonNullable<NarrowingProposal['obstacle']>;
type ObstacleWords = {
  readonly title: string;
  /** why the button is off */
  readonly reason: string;
  readonly words: (proposal: NarrowingProposal) => string;
};

export const obstacleWords: Readonly<Record<Obstacle, ObstacleWords>> = {
  nothing: {
    title: 'Nothing would go.',
    reason: 'Nothing would go',
    words: () => 'All that it may do it did in these days, or you keep it. Choose fewer days, or single actions too.',
  },
  drift: {
    title: 'The role has drifted.',
    reason: 'The role has drifted',
    words: () =>
      'Somebody changed the policies that would be narrowed. Accept that or put it back first: narrowed, it would be what is agreed.',
  },
  'too-long': {
    title: 'The policies would be too long.',
    reason: 'The policies would be too long',
    words: ({ inlineCharacters, mostInlineCharacters }) =>
      `Its inline policies would have ${formatCount(inlineCharacters)} characters, and AWS takes ${formatCount(mostInlineCharacters)}. Take whole services only, or keep more.`,
  },
};

/** Where the role is not as old as the days that count. */
export function youngWords(
  { roleCreatedAt }: Pick<NarrowingProposal, 'roleCreatedAt'>,
  { unusedForDays }: NarrowingChoice,
  now: number,
): string | undefined {
  if (roleCreatedAt === undefined || roleCreatedAt <= now - unusedForDays * dayMs) return undefined;
  return `It was made on ${formatDate(roleCreatedAt)}. What it was not asked to do since then may still be what it is for.`;
}
