import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewPlan } from '../../../core/domain/plan-preview';
import { planRole, type PlanInput } from '../../../core/domain/role-plan';
import { mostRoleTags, roleTagsSchema } from '../../../core/domain/role-tags';
import { wrongTrust } from '../../../core/domain/trust-check';
import {
  addressRangeSchema,
  noConditions,
  organizationIdSchema,
  serviceNameSchema,
  wrongPrincipal,
  type TrustConditions,
} from '../../../core/domain/trust-conditions';
import { trustDemands } from '../../../core/domain/trust-demands';
import { lintTrust } from '../../../core/domain/risk/lint-trust';
import { trustPolicy } from '../../../core/domain/trust-policy';
import type { OptionsAnswers } from '../../../core/domain/wizard';
import { custom } from '../../../core/recipes/custom';
import { fuzzRuns } from '../../support/fuzz-runs';

const trusted = { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/deployer', partition: 'aws' };
const externalId = '9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5';
const accountId = '444455556666';
const usual: OptionsAnswers = {
  roleName: 'SallyportAccess',
  path: '/',
  maxSessionDuration: 3600,
  useExternalId: true,
  onlyThisIdentity: true,
  managedPolicies: ['job-function/ViewOnlyAccess'],
  parameters: {},
};
const everything: TrustConditions = {
  mfa: true,
  organizationIds: ['o-a1b2c3d4e5'],
  principalArns: ['arn:aws:iam::111122223333:role/ci/deployer'],
  sourceRanges: ['203.0.113.0/24', '2001:db8::/32'],
};

const input = (patch: Partial<OptionsAnswers>) => ({
  accountId,
  trusted,
  externalId,
  options: { ...usual, ...patch },
});
const statements = (patch: Partial<OptionsAnswers>) =>
  (JSON.parse(trustPolicy(input(patch))) as { Statement: Record<string, unknown>[] }).Statement;

function preview(patch: Partial<OptionsAnswers>) {
  const plan: PlanInput = {
    recipe: custom,
    account: { name: 'Production', accountId, region: 'eu-west-1' },
    trusted,
    externalId,
    onboardingId: '0b0f7c1e-6f38-4d5e-9a51-1c2d3e4f5a6b',
    options: { ...usual, ...patch },
  };
  return previewPlan(custom, planRole(plan), plan.options, trusted);
}

describe('the trust policy of chosen conditions', () => {
  it('asks for all of them in one statement, with the operators that enforce', () => {
    expect(statements({ conditions: everything })[0]?.['Condition']).toEqual({
      StringEquals: { 'sts:ExternalId': externalId, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      ArnEquals: { 'aws:PrincipalArn': [trusted.arn, 'arn:aws:iam::111122223333:role/ci/deployer'] },
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] },
    });
  });

  it('lets in the named identities only, also where the own one is not among them', () => {
    const [statement] = statements({ onlyThisIdentity: false, conditions: everything });
    expect(statement?.['Condition']).toMatchObject({
      ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/ci/deployer' },
    });
  });

  it('compares with a pattern where a role of Identity Center has one', () => {
    const arn = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Deploy_*';
    const [statement] = statements({ conditions: { ...noConditions, principalArns: [arn] } });
    expect(statement?.['Condition']).toMatchObject({ ArnLike: { 'aws:PrincipalArn': [trusted.arn, arn] } });
  });

  it('is what it was before where nothing is asked for', () => {
    expect(trustPolicy(input({ conditions: noConditions }))).toBe(trustPolicy(input({})));
  });

  it('lets services in by a statement of their own, which has none of the account’s conditions', () => {
    const services = { names: ['lambda.amazonaws.com', 'states.amazonaws.com'], onlyThisAccount: true };
    expect(statements({ conditions: everything, services })[1]).toEqual({
      Sid: 'SallyportServices',
      Effect: 'Allow',
      Principal: { Service: services.names },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
    });
  });

  it('asks for what it was told to, whatever that is, and reads as a trust policy', () => {
    const conditions = fc.record({
      mfa: fc.boolean(),
      organizationIds: fc.uniqueArray(fc.stringMatching(/^o-[a-z0-9]{10,32}$/), { maxLength: 5 }),
      principalArns: fc.uniqueArray(
        fc.stringMatching(/^[\w+=,.@-]{1,64}$/).map((name) => `arn:aws:iam::111122223333:role/${name}`),
        { maxLength: 10 },
      ),
      sourceRanges: fc.uniqueArray(
        fc.oneof(
          fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, width]) => `${address}/${width}`),
          fc.ipV6(),
        ),
        { maxLength: 20 },
      ),
    });
    fc.assert(
      fc.property(conditions, fc.boolean(), fc.boolean(), (asked, useExternalId, onlyThisIdentity) => {
        const given = input({ conditions: asked, useExternalId, onlyThisIdentity });
        fc.pre(wrongTrust(given) === undefined);
        expect(trustDemands(trustPolicy(given))).toEqual({
          externalIds: useExternalId ? [externalId] : [],
          mfa: asked.mfa,
          organizations: asked.organizationIds,
          sourceRanges: asked.sourceRanges,
          principals: [...(onlyThisIdentity ? [trusted.arn] : []), ...asked.principalArns],
        });
      }),
      { numRuns: fuzzRuns(200) },
    );
  });
});

describe('S-22 who else may be let in', () => {
  it.each([
    'arn:aws:iam::111122223333:role/deployer',
    'arn:aws:iam::111122223333:role/a/b/deployer',
    'arn:aws:iam::111122223333:user/people/ann@example.com',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Deploy_0123456789abcdef',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-2/AWSReservedSSO_Deploy_*',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Deploy_*',
  ])('%s may', (arn) => {
    expect(wrongPrincipal(arn, trusted)).toBeUndefined();
  });

  it.each([
    ['arn:aws:iam::999988887777:role/deployer', 'not in the trusted account'],
    ['arn:aws-cn:iam::111122223333:role/deployer', 'another part of AWS'],
    ['arn:aws:sts::111122223333:assumed-role/deployer/ann', 'This is a session'],
    ['arn:aws:iam::111122223333:root', 'not the ARN of a user or a role'],
    ['arn:aws:iam::111122223333:group/deployers', 'not the ARN of a user or a role'],
    ['arn:aws:iam::111122223333:role/*', 'in full'],
    ['arn:aws:iam::111122223333:role/deploy?r', 'in full'],
    ['arn:aws:iam::111122223333:role/${aws:username}', 'in full'],
    ['arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_*', 'in full'],
    ['arn:aws:iam::111122223333:role/x/AWSReservedSSO_Deploy_*', 'in full'],
    ['arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/a/b/AWSReservedSSO_Deploy_*', 'in full'],
    ['arn:aws:iam::111122223333:user/deploye\u0455', 'not the ARN'],
    ['deployer', 'not the ARN'],
  ])('%s may not', (arn, words) => {
    expect(wrongPrincipal(arn, trusted)).toContain(words);
    expect(wrongTrust(input({ conditions: { ...noConditions, principalArns: [arn] } }))).toMatchObject({
      field: 'conditions.principalArns.0',
    });
  });

  it.each(['o-a1b2c3d4e5', `o-${'a'.repeat(32)}`])('%s is an organization', (id) => {
    expect(organizationIdSchema.safeParse(id).success).toBe(true);
  });
  it.each(['o-a1b2c3d4e', 'o-A1B2C3D4E5', 'o-*', 'ou-a1b2-c3d4e5f6', `o-${'a'.repeat(33)}`])('%s is none', (id) => {
    expect(organizationIdSchema.safeParse(id).success).toBe(false);
  });

  it.each(['203.0.113.7', '203.0.113.0/24', '0.0.0.0/0', '2001:db8::/32', '::/0'])('%s is a range', (range) => {
    expect(addressRangeSchema.safeParse(range).success).toBe(true);
  });
  it.each(['203.0.113', '203.0.113.0/33', '2001:db8::/129', '1.2.3.4/', '1.2.3.4/8/8', 'example.com', '01.2.3.4'])(
    '%s is no range',
    (range) => {
      expect(addressRangeSchema.safeParse(range).success).toBe(false);
    },
  );

  it.each(['lambda.amazonaws.com', 'ec2.amazonaws.com.cn', 'delivery.logs.amazonaws.com'])('%s is a service', (one) => {
    expect(serviceNameSchema.safeParse(one).success).toBe(true);
  });
  it.each(['lambda', '*.amazonaws.com', 'lambda.amazonaws.com.example.org', 'Lambda.amazonaws.com'])(
    '%s is none',
    (one) => {
      expect(serviceNameSchema.safeParse(one).success).toBe(false);
    },
  );
});

describe('a trust policy of one’s own', () => {
  const way = (Condition?: unknown, Principal: unknown = { AWS: 'arn:aws:iam::111122223333:root' }) => ({
    Effect: 'Allow',
    Principal,
    Action: 'sts:AssumeRole',
    ...(Condition === undefined ? {} : { Condition }),
  });
  const own = (...Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const asking = way({ StringEquals: { 'sts:ExternalId': externalId } });

  it('is taken as it is, byte for byte', () => {
    const ownTrust = `  ${own(asking)}\n`;
    expect(wrongTrust(input({ ownTrust }))).toBeUndefined();
    expect(trustPolicy(input({ ownTrust }))).toBe(ownTrust);
  });

  it('may let in whom it likes by name: accounts, services, identity providers', () => {
    const federated = way(undefined, { Federated: 'arn:aws:iam::444455556666:saml-provider/Company' });
    const trust = own(
      way(undefined, { Service: 'ec2.amazonaws.com' }),
      { ...federated, Action: 'sts:AssumeRoleWithSAML' },
      way(undefined, { AWS: ['999988887777', '111122223333'] }),
    );
    expect(wrongTrust(input({ ownTrust: trust, useExternalId: false }))).toBeUndefined();
  });

  it.each([
    ['no JSON', '{', true, 'invalid Json'],
    ['a policy of permissions', own({ Effect: 'Allow', Action: 's3:*', Resource: '*' }), true, 'AWS would refuse this'],
    ['an action of another service', own({ ...way(), Action: 'iam:PassRole' }), false, 'STS AssumeRole actions'],
    ['everybody', own(way(undefined, '*')), false, 'everybody'],
    ['everybody in a list', own(way(undefined, { AWS: ['111122223333', '*'] })), false, 'everybody'],
    ['nobody', own({ ...way(), Effect: 'Deny' }), false, 'nobody'],
    ['another external ID', own(way({ StringEquals: { 'sts:ExternalId': 'guess-me' } })), true, 'another external ID'],
    ['more than IAM ever takes', own(way({ StringLike: { 'aws:userid': 'x'.repeat(4096) } })), false, '4096'],
  ])('%s is refused', (_name, ownTrust, useExternalId, words) => {
    const wrong = wrongTrust(input({ ownTrust, useExternalId }));
    expect(wrong).toMatchObject({ field: 'ownTrust' });
    expect(wrong?.message).toContain(words);
  });

  it('decides whether the external ID is asked for, and the answers may not say otherwise', () => {
    const without = own(way());
    expect(wrongTrust(input({ ownTrust: without, useExternalId: true }))?.field).toBe('useExternalId');
    expect(wrongTrust(input({ ownTrust: own(asking), useExternalId: false }))?.field).toBe('useExternalId');
    // a second way in without it is a way in without it
    expect(wrongTrust(input({ ownTrust: own(asking, way()), useExternalId: true }))?.field).toBe('useExternalId');
  });

  it('leaves no conditions beside it that would look as if they held', () => {
    const wrong = wrongTrust(input({ ownTrust: own(asking), conditions: everything }));
    expect(wrong?.field).toBe('ownTrust');
  });

  it.each([
    ['if-exists', way({ StringEqualsIfExists: { 'sts:ExternalId': externalId } })],
    ['negated', way({ StringNotEquals: { 'sts:ExternalId': 'x1' } })],
    ['external-id-pattern', way({ StringLike: { 'sts:ExternalId': '9f6c*' } })],
    ['every-address', way({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })],
    ['private-address', way({ IpAddress: { 'aws:SourceIp': '192.168.1.0/24' } })],
    ['deleted-identity', way(undefined, { AWS: 'AROAEXAMPLEEXAMPLE123' })],
    ['no-external-id', way()],
  ])('%s is found, with its line', (id, statement) => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
    const found = lintTrust({ text }).find((one) => one.id === id);
    expect(found?.line).toBeGreaterThan(1);
    expect(lintTrust({ text: own(asking) })).toEqual([]);
  });

  it('a second way in without the external ID is told, of services it is not', () => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [asking, way()] });
    expect(lintTrust({ text })).toContainEqual(
      expect.objectContaining({ id: 'no-external-id', message: expect.stringMatching(/another statement/i) as string }),
    );
    expect(lintTrust({ text: own(asking, way(undefined, { Service: 'ec2.amazonaws.com' })) })).toEqual([]);
  });
});

describe('tags of one’s own', () => {
  it('stand before Sallyport’s, which stay last and untouched', () => {
    const plan = planRole({
      recipe: custom,
      account: { name: 'Production', accountId, region: 'eu-west-1' },
      trusted,
      externalId,
      onboardingId: externalId,
      options: { ...usual, tags: [{ key: 'Cost Center', value: 'Überbau = 7' }] },
    });
    const create = plan.steps.find((step) => step.kind === 'create-role');
    expect(create?.kind === 'create-role' && create.tags.map(({ key }) => key)).toEqual([
      'Cost Center',
      'ManagedBy',
      'OnboardingId',
    ]);
  });

  it.each([
    [[{ key: '', value: '' }], 'needs a key'],
    [[{ key: 'k'.repeat(129), value: '' }], '128'],
    [[{ key: 'k', value: 'v'.repeat(257) }], '256'],
    [[{ key: 'Aws:thing', value: '' }], 'belong to AWS'],
    [[{ key: 'onboardingID', value: 'x' }], 'Sallyport writes this tag itself'],
    [[{ key: 'ManagedBy', value: 'me' }], 'Sallyport writes this tag itself'],
    [[{ key: 'k', value: '$(id)' }], 'can stand in a tag'],
    [
      [
        { key: 'Team', value: 'a' },
        { key: 'team', value: 'b' },
      ],
      'there already',
    ],
    [Array.from({ length: mostRoleTags + 1 }, (_, index) => ({ key: `k${index}`, value: '' })), '48 tags'],
  ])('%j', (tags, words) => {
    const parsed = roleTagsSchema.safeParse(tags);
    expect(parsed.success ? '' : parsed.error.message).toContain(words);
  });

  it('takes every character that IAM takes', () => {
    expect(roleTagsSchema.safeParse([{ key: 'Ключ 1_.:/=+-@é漢', value: '' }]).success).toBe(true);
  });
});

describe('the preview of the trust', () => {
  it('says each condition, what it refuses and what it costs', () => {
    const shown = preview({ conditions: everything });
    expect(shown.conditions).toEqual([
      { state: 'set', text: 'External ID required' },
      { state: 'set', text: 'Only user/deployer and one more' },
      { state: 'set', text: 'Only with MFA' },
      { state: 'set', text: 'Only of organization o-a1b2c3d4e5' },
      { state: 'set', text: 'Only from 203.0.113.0/24 or 2001:db8::/32' },
    ]);
    expect(shown.cannot).toContain('Enter without MFA');
    expect(shown.cannot).toContain('Enter from another address than 203.0.113.0/24 or 2001:db8::/32');
    expect(shown.watchOut.join(' ')).toMatch(/nothing can renew it unattended.*member.*VPC endpoint/);
    expect(shown.findings).toEqual([]);
  });

  it('draws what is not asked for', () => {
    expect(preview({ onlyThisIdentity: false, useExternalId: false }).conditions).toEqual([
      { state: 'risky', text: 'No external ID asked' },
      { state: 'unset', text: 'Anyone the account allows' },
      { state: 'unset', text: 'No MFA asked' },
    ]);
  });

  it('reads a trust policy of one’s own instead of believing the answers', () => {
    const ownTrust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '999988887777' },
          Action: 'sts:AssumeRole',
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        },
      ],
    });
    const shown = preview({ ownTrust, useExternalId: false });
    expect(shown.conditions).toContainEqual({ state: 'set', text: 'Only with MFA' });
    expect(shown.conditions).toContainEqual({ state: 'unset', text: 'Trust policy of your own' });
    expect(shown.watchOut.join(' ')).toContain('does not name account 111122223333');
    expect(shown.findings).toMatchObject([{ documentId: 'trust', pointer: '/Statement/0/Action', line: 1 }]);
  });

  it('warns of private addresses, of services, and of a length that needs a larger quota', () => {
    const watch = (patch: Partial<OptionsAnswers>) => preview(patch).watchOut.join(' ');
    expect(watch({ conditions: { ...noConditions, sourceRanges: ['10.0.0.0/8'] } })).toContain('private addresses');
    expect(watch({ services: { names: ['ec2.amazonaws.com'], onlyThisAccount: false } })).toContain(
      'ec2.amazonaws.com',
    );
    const principalArns = Array.from(
      { length: 10 },
      (_, index) => `arn:aws:iam::111122223333:role/${'p'.repeat(200)}/${index}`,
    );
    expect(watch({ conditions: { ...noConditions, principalArns } })).toContain('quota');
  });
});
