import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../core/domain/diagnosis/diagnose';
import type { Evidence } from '../../../../core/domain/diagnosis/evidence';
import { knownRequest, readTrust } from '../../../../core/domain/diagnosis/trust-reading';

const roleArn = 'arn:aws:iam::222233334444:role/Deploy';
const own = 'arn:aws:iam::111122223333:role';

function evidenceOf(roleName: string, change: Partial<Evidence> = {}): Evidence {
  return {
    error: {
      kind: 'access-denied',
      message: 'AWS refused.',
      whatDidNotChange: 'Nothing was changed.',
      whatToDo: 'Look at the role.',
      retryable: false,
      remedies: [],
    },
    check: 'assume-role',
    roleArn,
    request: { externalId: undefined, sessionName: 'sallyport-test', durationSeconds: 900 },
    caller: {
      arn: `arn:aws:sts::111122223333:assumed-role/${roleName}/alice`,
      accountId: '111122223333',
      userId: 'AROAEXAMPLECALLER0001:alice',
    },
    credentials: 'temporary',
    organizationId: undefined,
    eyes: undefined,
    simulation: undefined,
    history: { madeHere: false, justMade: false },
    now: Date.parse('2026-11-22T09:00:00Z'),
    ...change,
  };
}

const trust = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Condition: object = {}): object => ({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'sts:AssumeRole',
  Condition,
});
const arnLike = (pattern: string): string => trust(allow({ ArnLike: { 'aws:PrincipalArn': pattern } }));

function verdict(policy: string, evidence: Evidence): string | undefined {
  const request = knownRequest(evidence);
  const nearest = request === undefined ? undefined : readTrust(policy, request)?.nearest;
  if (nearest === undefined) return undefined;
  return nearest.mismatches.length > 0 ? 'refuses' : nearest.unseen.length > 0 ? 'depends' : 'allows';
}

describe('a condition on the ARN of a role whose session calls', () => {
  const sso = 'AWSReservedSSO_Deploy_0123456789abcdef';
  const under = 'aws-reserved/sso.amazonaws.com';
  it.each<[string, string, string]>([
    // A session's ARN has lost its role's path: what fits with every path fits.
    [`${own}/*`, 'Runner', 'allows'],
    [`${own}/*Runner`, 'Runner', 'allows'],
    [`${own}/Runner`, 'Runner', 'depends'],
    [`${own}/ops/Runner`, 'Runner', 'depends'],
    [`${own}/Other`, 'Runner', 'refuses'],
    ['arn:aws:sts::111122223333:assumed-role/Runner/*', 'Runner', 'refuses'],
    // Identity Center's roles always have theirs, with a Region or without.
    [`${own}/${under}/*AWSReservedSSO_Deploy_*`, sso, 'allows'],
    [`${own}/${under}/*/AWSReservedSSO_Deploy_*`, sso, 'depends'],
    [`${own}/${under}/AWSReservedSSO_Deploy_*`, sso, 'depends'],
    [`${own}/${sso}`, sso, 'refuses'],
    [`${own}/${under}/*AWSReservedSSO_Deploy_fedcba9876543210`, sso, 'refuses'],
  ])('%s, called by a session of %s: %s', (pattern, name, expected) => {
    expect(verdict(arnLike(pattern), evidenceOf(name))).toBe(expected);
  });

  it.each<[string, string, string]>([
    [`${own}/Runner`, `${own}/ops/Runner`, 'refuses'],
    [`${own}/ops/Runner`, `${own}/ops/Runner`, 'allows'],
    [`${own}/Runner`, `${own}/Runner`, 'allows'],
  ])('%s, where the role is known to be %s: %s', (pattern, callerRoleArn, expected) => {
    expect(verdict(arnLike(pattern), evidenceOf('Runner', { callerRoleArn }))).toBe(expected);
  });

  it('is not called certain where the path could not be seen', () => {
    const eyes = { found: true, readWith: 'what was pasted', roleArn, trustPolicy: arnLike(`${own}/Runner`) } as const;
    const unseen = diagnose(evidenceOf('Runner', { eyes }));
    expect(unseen).toMatchObject({ toldApart: false, causes: [{ id: 'trusts-another-identity' }, {}, {}, {}] });
    expect(unseen?.causes.some(({ certainty }) => certainty === 'certain')).toBe(false);
    const seen = diagnose(evidenceOf('Runner', { eyes, callerRoleArn: `${own}/ops/Runner` }));
    expect(seen).toMatchObject({
      toldApart: true,
      causes: [{ id: 'trusts-another-identity', certainty: 'certain' }],
    });
  });
});

describe('what the simulator says', () => {
  const missing = { missesContext: true } as const;
  it('proves nothing where it was not told all that the policies ask for', () => {
    const denied = diagnose(evidenceOf('Runner', { simulation: { decision: 'explicitDeny', ...missing } }));
    expect(denied?.toldApart).toBe(false);
    expect(denied?.causes.map(({ id }) => id)).toContain('caller-not-allowed');
    const allowed = diagnose(evidenceOf('Runner', { simulation: { decision: 'allowed', ...missing } }));
    expect(allowed?.ruledOut).toEqual([]);
    expect(allowed?.causes.map(({ id }) => id)).toContain('caller-not-allowed');
  });

  it('is certain where it was', () => {
    expect(diagnose(evidenceOf('Runner', { simulation: { decision: 'explicitDeny' } }))).toMatchObject({
      toldApart: true,
      causes: [{ id: 'caller-denied', certainty: 'certain' }],
    });
    const allowed = diagnose(evidenceOf('Runner', { simulation: { decision: 'allowed' } }));
    expect(allowed?.causes.map(({ id }) => id)).not.toContain('caller-not-allowed');
    expect(allowed?.ruledOut).toHaveLength(1);
  });
});

describe('a Deny in a trust policy', () => {
  const deny = (Condition: object): object => ({
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 'sts:AssumeRole',
    Condition,
  });
  const causesOf = (...statements: readonly object[]) =>
    diagnose(
      evidenceOf('Runner', {
        organizationId: 'none',
        eyes: { found: true, readWith: 'what was pasted', roleArn, trustPolicy: trust(...statements) },
      }),
    )?.causes.map(({ id }) => id);

  it.each<[string, object]>([
    ['organization-differs', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }],
    ['time-condition', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }],
    ['trust-denies', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }],
  ])('is %s by what its condition spares', (cause, condition) => {
    expect(causesOf(allow(), deny(condition))).toEqual([cause]);
  });
});
