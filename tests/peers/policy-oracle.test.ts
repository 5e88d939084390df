import { describe, expect, it } from 'vitest';
import { oracleCases } from './policy-cases';
import { oracles, oracleWords, ours } from './policy-oracle-support';

describe('the evaluator beside a third party’s', () => {
  it('decides 2,000 generated cases alike', { timeout: 120_000 }, async () => {
    const disagreements: unknown[] = [];
    const seen = new Map<string, number>();
    for (const one of oracleCases(2000, 20_261_122)) {
      const [mine, theirs] = [oracleWords[ours(one)], await oracles(one)];
      seen.set(mine, (seen.get(mine) ?? 0) + 1);
      if (mine !== theirs) disagreements.push({ mine, theirs, one });
    }
    // cases that are all refused would prove nothing
    for (const word of Object.values(oracleWords)) expect(seen.get(word), word).toBeGreaterThan(150);
    expect(disagreements.slice(0, 3), `${disagreements.length} disagreements`).toEqual([]);
  });
});
