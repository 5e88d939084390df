import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNearlyTheSame } from '../../../../core/domain/diagnosis/near-names';

describe('role names that may be one', () => {
  it.each([
    ['Deploy', 'deploy'],
    ['Deploy', 'Deplyo'],
    ['Deploy', 'Deplo'],
    ['Deploy-Prod', 'Deploy_Prod'],
    ['ProductionDeployer', 'ProductoinDeployers'],
    ['DEV', 'dev'],
  ])('%s and %s', (one, other) => {
    expect(isNearlyTheSame(one, other)).toBe(true);
  });

  it.each([
    ['Deploy', 'Audit'],
    ['dev', 'ops'],
    ['dev', 'de'],
    ['Deploy', 'Deplxyz'],
    ['DeployProduction', 'DeployStaging'],
    ['Deploy', 'DeployAll'],
  ])('not %s and %s', (one, other) => {
    expect(isNearlyTheSame(one, other)).toBe(false);
  });

  it('is the same in both directions, and holds for every name with itself in any case', () => {
    const name = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(isNearlyTheSame(one, other)).toBe(isNearlyTheSame(other, one));
        expect(isNearlyTheSame(one, one.toUpperCase())).toBe(true);
      }),
    );
  });

  it('forgives one slip in a name of four letters or more, wherever it is', () => {
    const slip = fc
      .stringMatching(/^[a-z]{4,64}$/)
      .chain((name) => fc.tuple(fc.constant(name), fc.nat(name.length - 1), fc.constantFrom('', '-', 'q')));
    fc.assert(
      fc.property(slip, ([name, place, instead]) => {
        const mistyped = name.slice(0, place) + instead + name.slice(place + 1);
        fc.pre(mistyped.length >= 4);
        expect(isNearlyTheSame(name, mistyped), `${name} ${mistyped}`).toBe(true);
      }),
    );
  });
});
