import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { testBroken } from './break';
import { heldOut } from './held-out';
import { labelled } from './labelled';
import { missesOf, score, share, tableOf, type Score } from './score';

const sets = [
  { title: 'Written with the engine', groups: labelled, scores: [] as Score[] },
  { title: 'Written by somebody who had not seen it', groups: heldOut, scores: [] as Score[] },
] as const;

describe.each(sets)('$title', ({ groups, scores }) => {
  describe.each(Object.entries(groups))('%s', (group, setUps) => {
    it.each(setUps.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
      const { diagnosis, state } = await testBroken(one.broken);
      scores.push(score(group, one, diagnosis));
      expect(state).toBe('failed');
    });
  });

  it('has at least 60 set-ups, each with a name of its own', () => {
    const names = Object.entries(groups).flatMap(([group, setUps]) => setUps.map(({ name }) => `${group}: ${name}`));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(60);
  });

  it('is diagnosed right: 90 % at the first place, 98 % within two, nothing certain that is not so', () => {
    expect.soft(scores).toHaveLength(Object.values(groups).flat().length);
    const misses = missesOf(scores);
    expect.soft(share(scores, 'first'), misses).toBeGreaterThanOrEqual(0.9);
    expect.soft(share(scores, 'second'), misses).toBeGreaterThanOrEqual(0.98);
    expect(
      scores.flatMap(({ falselyCertain }) => falselyCertain),
      misses,
    ).toEqual([]);
  });
});

describe('docs/diagnosis.md', () => {
  const path = fileURLToPath(new URL('../../docs/diagnosis.md', import.meta.url));
  const begin = '<!-- begin: measured -->\n';
  const end = '\n<!-- end: measured -->';
  const tables = (): string =>
    sets.map(({ groups, scores, title }) => tableOf(title, Object.keys(groups), scores)).join('\n\n');

  it('says what was measured', () => {
    const text = readFileSync(path, 'utf8');
    const from = text.indexOf(begin) + begin.length;
    const to = text.indexOf(end);
    if (process.env['SALLYPORT_WRITE_DIAGNOSIS'] === '1') {
      writeFileSync(path, `${text.slice(0, from)}${tables()}${text.slice(to)}`);
      return;
    }
    const flat = (markdown: string): string => markdown.replaceAll(/ *\| */g, '|').replaceAll(/-+/g, '-');
    expect(flat(text.slice(from, to).trim())).toBe(flat(tables()));
  });

  afterAll(() => {
    process.stdout.write(`\nDiagnosis of broken set-ups\n\n${tables()}\n\n`);
  });
});
