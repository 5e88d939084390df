import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../core/domain/check';
import { testBroken } from './break';
import { labelled, type Labelled } from './labelled';

type Score = { readonly first: boolean; readonly second: boolean; readonly said: string };

/** How a diagnosis compares with what a person who knows the set-up would say. */
function score({ causes, toldApart }: Labelled, diagnosis: Diagnosis | undefined): Score {
  if (diagnosis === undefined) return { first: false, second: false, said: 'nothing' };
  const ranked = diagnosis.causes.map(({ id }) => id);
  const said = `${ranked.slice(0, 3).join(', ')}${diagnosis.toldApart ? '' : ' (cannot tell)'}`;
  if (toldApart === false) {
    const isHonest = !diagnosis.toldApart && diagnosis.causes.every(({ certainty }) => certainty !== 'certain');
    return { first: isHonest, second: isHonest && causes.every((cause) => ranked.includes(cause)), said };
  }
  const two = ranked.slice(0, 2);
  return {
    first: diagnosis.toldApart && causes.some((cause) => cause === ranked[0]),
    second: causes.every((cause) => two.includes(cause)),
    said,
  };
}

const scores: { readonly group: string; readonly name: string; readonly score: Score }[] = [];
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

/** The table as `docs/diagnosis.md` has it. */
function table(): string {
  const row = (group: string, of: typeof scores): string => {
    const first = of.filter((one) => one.score.first).length;
    const second = of.filter((one) => one.score.second).length;
    return `| ${group} | ${of.length} | ${percent(first, of.length)} | ${percent(second, of.length)} |`;
  };
  const groups = Object.keys(labelled).map((group) =>
    row(
      group,
      scores.filter((one) => one.group === group),
    ),
  );
  return [
    '| Set-ups | Number | Top-1 | Top-2 |',
    '| --- | ---: | ---: | ---: |',
    ...groups,
    row('**All**', scores),
  ].join('\n');
}

describe.each(Object.entries(labelled))('%s', (group, setUps) => {
  it.each(setUps.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const { diagnosis, state } = await testBroken(one.broken);
    expect(state).toBe('failed');
    scores.push({ group, name, score: score(one, diagnosis) });
  });
});

describe('the labelled set as a whole', () => {
  const path = fileURLToPath(new URL('../../docs/diagnosis.md', import.meta.url));
  const begin = '<!-- begin: measured -->\n';
  const end = '\n<!-- end: measured -->';

  it('has at least 60 set-ups, each with a name of its own', () => {
    const names = Object.entries(labelled).flatMap(([group, setUps]) => setUps.map(({ name }) => `${group}: ${name}`));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(60);
  });

  it('is diagnosed right: 90 % at the first place, 98 % within two', () => {
    const count = Object.values(labelled).flat().length;
    expect(scores).toHaveLength(count);
    const misses = scores.filter(({ score: { first, second } }) => !first || !second);
    const shown = misses.map(
      ({ group, name, score: { first, said } }) => `${first ? 'second' : 'FIRST'}: ${group}: ${name}: ${said}`,
    );
    expect(scores.filter(({ score: { first } }) => first).length / count, shown.join('\n')).toBeGreaterThanOrEqual(0.9);
    expect(scores.filter(({ score: { second } }) => second).length / count, shown.join('\n')).toBeGreaterThanOrEqual(
      0.98,
    );
  });

  it('is what docs/diagnosis.md says', () => {
    const text = readFileSync(path, 'utf8');
    const from = text.indexOf(begin) + begin.length;
    const to = text.indexOf(end);
    if (process.env['SALLYPORT_WRITE_DIAGNOSIS'] === '1') {
      writeFileSync(path, `${text.slice(0, from)}${table()}${text.slice(to)}`);
      return;
    }
    const flat = (markdown: string): string => markdown.replaceAll(/ *\| */g, '|').replaceAll(/-+/g, '-');
    expect(flat(text.slice(from, to).trim())).toBe(flat(table()));
  });

  afterAll(() => {
    process.stdout.write(`\nDiagnosis of broken set-ups\n\n${table()}\n\n`);
  });
});
