import { describe, expect, test } from 'vitest';
import { trustDemands } from '../../../core/domain/trust-demands';

const root = { AWS: 'arn:aws:iam::111122223333:root' };
const way = (Condition?: unknown, rest: object = {}) => ({
  Effect: 'Allow',
  Principal: root,
  Action: 'sts:AssumeRole',
  ...(Condition === undefined ? {} : { Condition }),
  ...rest,
});
const deny = (Condition: unknown) => way(Condition, { Effect: 'Deny', Principal: { AWS: '*' } });
const read = (...Statement: unknown[]) => trustDemands(JSON.stringify({ Version: '2012-10-17', Statement }));
const nothing = { externalIds: [], mfa: false, organizations: [], sourceRanges: [], principals: [] };

describe('what a trust policy asks of its callers', () => {
  test('everything that the app itself can write', () => {
    expect(
      read(
        way({
          StringEquals: { 'sts:ExternalId': 'the-id', 'aws:PrincipalOrgID': ['o-a1b2c3d4e5', 'o-f6g7h8i9j0'] },
          ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deployer' },
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
          IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] },
        }),
      ),
    ).toEqual({
      externalIds: ['the-id'],
      mfa: true,
      organizations: ['o-a1b2c3d4e5', 'o-f6g7h8i9j0'],
      sourceRanges: ['203.0.113.0/24', '2001:db8::/32'],
      principals: ['arn:aws:iam::111122223333:role/deployer'],
    });
  });

  test('keys and operators in any case, and with ForAnyValue', () => {
    const found = read(
      way({ 'ForAnyValue:stringequals': { 'STS:externalid': 'xx' }, bool: { 'AWS:multifactorauthpresent': true } }),
    );
    expect(found).toEqual({ ...nothing, externalIds: ['xx'], mfa: true });
  });

  test.each([
    ['no condition', way()],
    ['IfExists on an external ID', way({ StringEqualsIfExists: { 'sts:ExternalId': 'xx' } })],
    ['a negated external ID', way({ StringNotEquals: { 'sts:ExternalId': 'xx' } })],
    ['IfExists on MFA, which keys without it pass', way({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })],
    ['that there be no MFA', way({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } })],
    ['another action of STS', way({ StringEquals: { 'sts:ExternalId': 'x' } }, { Action: 'sts:TagSession' })],
  ])('%s demands nothing', (_name, statement) => {
    expect(read(statement)).toEqual(nothing);
  });

  test('a second way in that does not ask is a way in without', () => {
    const asking = way({
      StringEquals: { 'sts:ExternalId': 'xx' },
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
    });
    expect(read(asking, way())).toEqual(nothing);
    expect(read(asking, way({ StringEquals: { 'sts:ExternalId': 'yy' } }))).toEqual({
      ...nothing,
      externalIds: ['xx', 'yy'],
    });
  });

  test('a service is another way in, which says nothing of accounts', () => {
    const service = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const asking = way({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } });
    expect(read(asking, service)).toEqual({ ...nothing, mfa: true });
    expect(read(service)).toEqual(nothing);
  });

  test('a Deny of everybody else comes to the same', () => {
    expect(read(way(), deny({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }))?.mfa).toBe(true);
    expect(read(way(), deny({ Null: { 'aws:MultiFactorAuthPresent': 'true' } }))?.mfa).toBe(true);
    expect(read(way(), deny({ NotIpAddress: { 'aws:SourceIp': '203.0.113.7' } }))?.sourceRanges).toEqual([
      '203.0.113.7',
    ]);
    expect(read(way(), deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }))?.organizations).toEqual([
      'o-a1b2c3d4e5',
    ]);
    expect(read(way(), deny({ ArnNotLikeIfExists: { 'aws:PrincipalArn': 'arn:x' } }))?.principals).toEqual(['arn:x']);
  });

  test('a Deny that misses keys without MFA, or has a second condition, is not counted on', () => {
    expect(read(way(), deny({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }))?.mfa).toBe(false);
    const both = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:PrincipalAccount': '111122223333' } };
    expect(read(way(), deny(both))?.organizations).toEqual([]);
  });

  test.each(['', 'none', '{"Statement":[]}', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}'])(
    'what is no trust policy is not guessed at: %s',
    (text) => {
      expect(trustDemands(text)).toBeUndefined();
    },
  );
});
