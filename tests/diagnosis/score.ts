import type { CauseId, Diagnosis } from '../../core/domain/check';
import type { Labelled } from './broken';

/** How a diagnosis compares with what a person who knows the set-up would say. */
export type Score = {
  readonly group: string;
  readonly name: string;
  readonly first: boolean;
  readonly second: boolean;
  /** called certain, and not among the labels */
  readonly falselyCertain: readonly CauseId[];
  readonly said: string;
};

export function score(group: string, { causes, name, toldApart }: Labelled, diagnosis: Diagnosis | undefined): Score {
  if (diagnosis === undefined) return { group, name, first: false, second: false, falselyCertain: [], said: 'nothing' };
  const ranked = diagnosis.causes.map(({ id }) => id);
  const certain = diagnosis.causes.filter(({ certainty }) => certainty === 'certain').map(({ id }) => id);
  const said = `${ranked.slice(0, 3).join(', ')}${diagnosis.toldApart ? '' : ' (cannot tell)'}`;
  if (toldApart === false) {
    const isHonest = !diagnosis.toldApart && certain.length === 0;
    const isListed = isHonest && causes.every((cause) => ranked.includes(cause));
    return { group, name, first: isHonest, second: isListed, falselyCertain: certain, said };
  }
  const two = ranked.slice(0, 2);
  return {
    group,
    name,
    first: diagnosis.toldApart && causes.some((cause) => cause === ranked[0]),
    second: causes.every((cause) => two.includes(cause)),
    falselyCertain: certain.filter((cause) => !causes.includes(cause)),
    said,
  };
}

export const share = (scores: readonly Score[], of: 'first' | 'second'): number =>
  scores.filter((one) => one[of]).length / scores.length;

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

function row(title: string, scores: readonly Score[]): string {
  const certain = scores.filter(({ falselyCertain }) => falselyCertain.length > 0).length;
  const cells = [title, scores.length, percent(share(scores, 'first')), percent(share(scores, 'second')), certain];
  return `| ${cells.join(' | ')} |`;
}

/** One table for a set, group by group, as `docs/diagnosis.md` has it. */
export function tableOf(title: string, groups: readonly string[], scores: readonly Score[]): string {
  return [
    `| ${title} | Number | Top-1 | Top-2 | Falsely certain |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...groups.map((group) =>
      row(
        group,
        scores.filter((one) => one.group === group),
      ),
    ),
    row('**All**', scores),
  ].join('\n');
}

/** Every miss in a line, for whoever has to mend it. */
export function missesOf(scores: readonly Score[]): string {
  return scores
    .filter(({ falselyCertain, first, second }) => !first || !second || falselyCertain.length > 0)
    .map(({ falselyCertain, first, group, name, said, second }) => {
      const kind = !first ? 'FIRST' : !second ? 'second' : 'certain';
      const certain = falselyCertain.length > 0 ? `; falsely certain: ${falselyCertain.join(', ')}` : '';
      return `${kind}: ${group}: ${name}: ${said}${certain}`;
    })
    .join('\n');
}
