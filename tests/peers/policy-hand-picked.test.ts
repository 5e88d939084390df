import { describe, expect, it, test } from 'vitest';
import { conditionCases } from './policy-hand-picked-conditions';
import { layerCases } from './policy-hand-picked-layers';
import { matchingCases } from './policy-hand-picked-matching';
import { trustCases } from './policy-hand-picked-trusts';
import { oracles, oracleWords, ours } from './policy-oracle-support';

const groups = { conditions: conditionCases, matching: matchingCases, layers: layerCases, trusts: trustCases };
const all = Object.values(groups).flat();

describe.each(Object.entries(groups))('hand-picked cases: %s', (_, cases) => {
  test.each(cases)('$name: $expected', async (one) => {
    expect(ours(one), 'the evaluator').toBe(one.expected);
    const theirs = await oracles(one);
    // A note that the oracle is wrong dies when it is no longer.
    if (one.oracleDiffers === undefined) expect(theirs, 'the oracle').toBe(oracleWords[one.expected]);
    else expect(theirs, one.oracleDiffers).not.toBe(oracleWords[one.expected]);
  });
});

it('has each case once, and enough of them', () => {
  expect(new Set(all.map((one) => one.name)).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(100);
});
