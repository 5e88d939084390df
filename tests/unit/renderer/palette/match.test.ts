import { describe, expect, it } from 'vitest';
import { findable, findBest, markedPieces, wordsOf, type Findable } from '../../../../renderer/features/palette/match';

const entry = (label: string, ...also: string[]) => findable(label, label, also);
const find = (all: readonly Findable<string>[], query: string, most = 10) => findBest(all, wordsOf(query), most);
const marked = (label: string, query: string) =>
  markedPieces(label, wordsOf(query))
    .map(({ isMarked, text }) => (isMarked ? `[${text}]` : text))
    .join('');

describe('what is found', () => {
  const all = [
    entry('Osprey Maps prod', '777788880000', 'DeployAccess', 'Clients'),
    entry('Brightline Clinics prod', '210987654321', 'BrightlineDeploy', 'Clients'),
    entry('Brightline Imaging prod', '000011112222', 'Audit'),
    entry('Probe', '555566667777'),
  ];

  it.each([
    ['bright pro', ['Brightline Clinics prod', 'Brightline Imaging prod']],
    ['BRIGHT CLIN', ['Brightline Clinics prod']],
    ['8765 4321', ['Brightline Clinics prod']],
    ['210987654321', ['Brightline Clinics prod']],
    ['arn:aws:iam::210987654321:role/team/BrightlineDeploy', ['Brightline Clinics prod']],
    ['arn:aws:sts::210987654321:assumed-role/BrightlineDeploy/ann', ['Brightline Clinics prod']],
    ['arn:aws:iam::777788880000:role/BrightlineDeploy', []],
    ['arn:aws:iam::210987654321:role/BrightlineDeploy', ['Brightline Clinics prod']],
    ['arn:aws:iam::21098', ['Brightline Clinics prod']],
    ['clients', ['Osprey Maps prod', 'Brightline Clinics prod']],
    ['deploy', ['Osprey Maps prod', 'Brightline Clinics prod']],
    ['bcp', ['Brightline Clinics prod']],
    ['brclin', ['Brightline Clinics prod']],
    ['ospmps', ['Osprey Maps prod']],
    ['zebra', []],
  ])('“%s” is in %j', (query, expected) => {
    expect(find(all, query).found).toEqual(expected);
  });

  it('begins with it, then has a word that does, then has it inside, then its letters in order', () => {
    const some = ['Reproduce', 'Parked road', 'My prod', 'Prod east', 'Prod', 'Plain', 'x'].map((label) =>
      entry(label),
    );
    const rest = entry('Zeta', 'prod');
    expect(find([...some, rest], 'prod').found).toEqual([
      'Prod',
      'Prod east',
      'My prod',
      'Zeta',
      'Reproduce',
      'Parked road',
    ]);
  });

  it('is the same for the same words, whatever was there before, and what was chosen before wins among equals only', () => {
    const two = [entry('Alpha one'), entry('Alpha two'), entry('Two alphas')];
    expect(find(two, 'alpha').found).toEqual(['Alpha one', 'Alpha two', 'Two alphas']);
    const recent = (label: string) => label !== 'Alpha one';
    expect(findBest(two, ['alpha'], 10, recent).found).toEqual(['Alpha two', 'Alpha one', 'Two alphas']);
  });

  it('says how many there are and keeps the best few', () => {
    const many = Array.from({ length: 500 }, (_, index) => entry(`Lab ${String(index)}`));
    expect(find(many, 'lab 49', 3)).toMatchObject({ found: ['Lab 49', 'Lab 490', 'Lab 491'], total: 15 });
    expect(find(many, 'nothing')).toEqual({ found: [], total: 0, score: Number.POSITIVE_INFINITY });
  });

  it('finds among ten thousand in far less than a frame that is seen', () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      entry(
        `Client ${String(index)} ${index % 3 === 0 ? 'production' : 'staging'}`,
        String(100_000_000_000 + index * 7919),
        `DeployAccess${String(index)}`,
        'Clients/Brightline',
      ),
    );
    const took = ['c', 'cl', 'client 42', 'prod 99', 'clstg', '7919', 'nowhere to be found'].map((query) => {
      const begun = performance.now();
      find(many, query, 8);
      return { query, ms: performance.now() - begun };
    });
    console.info(took.map(({ ms, query }) => `${query}: ${ms.toFixed(1)} ms`).join(', '));
    // a bound that only a cost of another kind would break, on whatever machine this runs
    expect(Math.min(...took.map(({ ms }) => ms))).toBeLessThan(200);
    expect(took.every(({ ms }) => ms < 2000)).toBe(true);
  });
});

describe('what is marked', () => {
  it.each([
    ['Brightline Clinics prod', 'bright pro', '[Bright]line Clinics [pro]d'],
    ['Brightline Clinics prod', 'bcp', '[B]rightline [C]linics [p]rod'],
    ['Reproduce', 'prod', 'Re[prod]uce'],
    ['prefix Pre', 'pre', '[pre]fix Pre'],
    ['Osprey Maps', 'account', 'Osprey Maps'],
    ['DeployAccess', 'acc', 'Deploy[Acc]ess'],
    ['İstanbul', 'stan', 'İstanbul'],
  ])('of %s for “%s”', (label, query, expected) => {
    expect(marked(label, query)).toBe(expected);
  });
});
