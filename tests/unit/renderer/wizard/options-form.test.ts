import { describe, expect, it } from 'vitest';
import { trustPolicy } from '../../../../core/domain/trust-policy';
import type { OptionsAnswers } from '../../../../core/domain/wizard';
import { custom } from '../../../../core/recipes/custom';
import { deploymentService } from '../../../../core/recipes/deployment-service';
import {
  optionsFormSchema,
  toForm,
  toOptions,
  usableTrust,
  type OptionsForm,
  type OptionsGround,
} from '../../../../renderer/features/wizard/options-form';

const ground: OptionsGround = {
  recipe: custom,
  trusted: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/deployer', partition: 'aws' },
  accountId: '444455556666',
  externalId: '9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5',
  known: { accountId: '444455556666', region: 'eu-west-1', partition: 'aws', trustedAccountId: '111122223333' },
};
const usual = toOptions(toForm(undefined, ground), ground);
const full: OptionsAnswers = {
  ...usual,
  conditions: {
    mfa: true,
    organizationIds: ['o-a1b2c3d4e5'],
    principalArns: ['arn:aws:iam::111122223333:role/ci/deployer'],
    sourceRanges: ['203.0.113.0/24', '2001:db8::/32'],
  },
  services: { names: ['lambda.amazonaws.com'], onlyThisAccount: true },
  tags: [{ key: 'Cost Center', value: '' }],
};

function faults(patch: Partial<OptionsForm>, on = ground): string[] {
  const parsed = optionsFormSchema(on).safeParse({ ...toForm(undefined, on), ...patch });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the options as a form', () => {
  it('says nothing of what was not asked for', () => {
    expect(Object.keys(usual).sort()).toEqual([
      'managedPolicies',
      'maxSessionDuration',
      'onlyThisIdentity',
      'parameters',
      'path',
      'roleName',
      'useExternalId',
    ]);
  });

  it('gives back every answer as it was, on the way back and forward', () => {
    expect(toOptions(toForm(full, ground), ground)).toEqual(full);
    const ownTrust = trustPolicy({ ...ground, options: usual });
    const own = { ...usual, ownTrust };
    expect(toOptions(toForm(own, ground), ground)).toEqual(own);
  });

  it('keeps what only Custom asks out of the answers of other recipes', () => {
    const other = { ...ground, recipe: deploymentService };
    const form = { ...toForm(undefined, other), mfa: true, services: 'lambda.amazonaws.com', sourceRanges: 'x' };
    expect(faults(form, other)).toEqual([]);
    expect(toOptions(form, other)).not.toHaveProperty('conditions');
    expect(toOptions(form, other)).not.toHaveProperty('services');
  });

  it.each([
    [{ organizationIds: 'o-a1b2c3d4e5\nours' }, 'organizationIds: ours: '],
    [
      { principalArns: 'arn:aws:iam::999988887777:role/x' },
      'principalArns: arn:aws:iam::999988887777:role/x: It is not',
    ],
    [{ sourceRanges: '203.0.113.0/24, 10' }, 'sourceRanges: 10: '],
    [{ services: 'lambda' }, 'services: lambda: '],
    [
      { organizationIds: Array.from({ length: 6 }, (_, at) => `o-a1b2c3d4e${at}`).join('\n') },
      'organizationIds: 5 at most.',
    ],
    [{ trustKind: 'own', ownTrust: '{}' }, 'ownTrust: AWS would refuse this'],
    [
      {
        tags: [
          { key: '', value: '' },
          { key: 'aws:x', value: '' },
        ],
      },
      'tags.1.key: Keys that begin with aws:',
    ],
    [
      {
        tags: [
          { key: 'a', value: '' },
          { key: '', value: '' },
          { key: 'A', value: '' },
        ],
      },
      'tags.2.key: This key',
    ],
    [{ tags: [{ key: '', value: 'x' }] }, 'tags.0.key: A tag needs a key.'],
  ] as const)('%j is told beside its cause', (patch, words) => {
    const found = faults(structuredClone(patch) as Partial<OptionsForm>);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  it('reads from a trust policy of one’s own whether it asks for the external ID', () => {
    const form = toForm(full, ground);
    const asks = trustPolicy({ ...ground, options: usual });
    const doesNot = trustPolicy({ ...ground, options: { ...usual, useExternalId: false } });
    expect(toOptions({ ...form, trustKind: 'own', ownTrust: asks }, ground).useExternalId).toBe(true);
    const without = toOptions({ ...form, trustKind: 'own', ownTrust: doesNot }, ground);
    expect(without).toMatchObject({ useExternalId: false, ownTrust: doesNot });
    expect(without).not.toHaveProperty('conditions');
  });

  it('goes on by hand from what is sound so far', () => {
    const form = toForm(full, ground);
    expect(usableTrust(form, ground)).toMatchObject({ conditions: full.conditions, services: full.services });
    expect(usableTrust({ ...form, sourceRanges: 'half of 203.' }, ground)).not.toHaveProperty('conditions');
  });
});
