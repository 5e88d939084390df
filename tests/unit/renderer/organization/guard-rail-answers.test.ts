import { describe, expect, it } from 'vitest';
import { readAnswers, type GuardRailAnswers } from '../../../../renderer/features/organization/guard-rail-answers';

const answers = (part: Partial<GuardRailAnswers>): GuardRailAnswers => ({
  ...{ kind: 'stay', regions: '', role: '', exceptions: 'OrganizationAccountAccessRole' },
  ...part,
});
const accessRole = { path: '/', name: 'OrganizationAccountAccessRole' };

describe('what is typed for a guard rail', () => {
  it('is Regions with commas or blanks between', () => {
    expect(readAnswers(answers({ kind: 'regions', regions: 'eu-west-1, us-east-1 eu-central-1,' }))).toEqual({
      guardRail: { kind: 'regions', regions: ['eu-west-1', 'us-east-1', 'eu-central-1'] },
      problems: {},
    });
    expect(readAnswers(answers({ kind: 'regions', regions: 'Ireland' }))).toMatchObject({
      guardRail: undefined,
      problems: { regions: expect.stringContaining('Ireland') as string },
    });
    expect(readAnswers(answers({ kind: 'regions' }))).toEqual({ guardRail: undefined, problems: {} });
  });

  it.each([
    ['Service', { path: '/', name: 'Service' }],
    ['deploy/Service', { path: '/deploy/', name: 'Service' }],
    ['/deploy/eu/Service', { path: '/deploy/eu/', name: 'Service' }],
    ['arn:aws:iam::222233334444:role/deploy/Service', { path: '/deploy/', name: 'Service' }],
  ])('is a role as “%s”', (role, expected) => {
    expect(readAnswers(answers({ kind: 'role', role })).guardRail).toEqual({
      ...{ kind: 'role', role: expected, exceptions: [accessRole] },
    });
  });

  it('is no role with a wildcard, no second role, and never without somebody who may change it', () => {
    expect(readAnswers(answers({ kind: 'role', role: '*' })).problems.role).toBeDefined();
    expect(readAnswers(answers({ kind: 'role', role: 'deploy-*/One' })).problems.role).toBeDefined();
    expect(readAnswers(answers({ kind: 'role', role: 'One, Two' })).problems.role).toBeDefined();
    expect(readAnswers(answers({ kind: 'role', role: 'One', exceptions: 'Admin*' })).problems.exceptions).toBeDefined();
    expect(readAnswers(answers({ kind: 'role', role: 'One', exceptions: '' })).guardRail).toBeUndefined();
  });
});
