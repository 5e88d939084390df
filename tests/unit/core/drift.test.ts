import { describe, expect, it } from 'vitest';
import type { RoleState } from '../../../core/domain/drift/agreement';
import {
  changedParts,
  markOf,
  worstOf,
  type DriftKind,
  type DriftSeverity,
} from '../../../core/domain/drift/difference';
import { comparePermissions } from '../../../core/domain/drift/compare-permissions';
import { documentKey, driftOf, withAccepted } from '../../../core/domain/drift/drift-of';

const account = '111122223333';
const deployer = `arn:aws:iam::${account}:user/deployer`;
const externalId = 'agreed-external-id';

type Statement = Readonly<Record<string, unknown>>;
const policy = (...statements: readonly Statement[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const enter = (principal: unknown, condition?: Statement): Statement => ({
  ...{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' },
  ...(condition && { Condition: condition }),
});
const withId = { StringEquals: { 'sts:ExternalId': externalId } };
const readOne = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::revisions/*' });
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const own = 'arn:aws:iam::222233334444:policy/Deploy';
const limit = 'arn:aws:iam::222233334444:policy/Limit';

const agreed: RoleState = {
  roleId: 'AROAAGREED',
  path: '/',
  trustPolicy: policy(enter({ AWS: deployer }, withId)),
  maxSessionDuration: 3600,
  managed: [{ arn: own, versionId: 'v1', digest: 'one' }],
  inline: [{ name: 'ReadRevisions', document: readOne }],
  boundary: { arn: limit, versionId: 'v1', digest: 'limit' },
  tags: [{ key: 'ManagedBy', value: 'Sallyport' }],
};

const texts = new Map([
  [documentKey(own, 'v1'), policy({ Effect: 'Allow', Action: 'codedeploy:*', Resource: '*' })],
  [documentKey(own, 'v2'), policy({ Effect: 'Allow', Action: ['codedeploy:*', 'iam:*'], Resource: '*' })],
  [documentKey(own, 'v3'), policy({ Effect: 'Allow', Action: 'codedeploy:List*', Resource: '*' })],
  [documentKey(readOnly, 'v9'), policy({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' })],
  [documentKey(limit, 'v1'), policy({ Effect: 'Allow', Action: ['codedeploy:*', 's3:*'], Resource: '*' })],
  [documentKey(limit, 'v2'), policy({ Effect: 'Allow', Action: '*', Resource: '*' })],
]);

type Found = readonly [DriftKind, DriftSeverity];

function found(now: Partial<RoleState>, was: Partial<RoleState> = {}): readonly Found[] {
  const parts = driftOf({ ...agreed, ...was }, { role: { ...agreed, ...was, ...now }, texts });
  for (const { differences, state } of parts)
    expect(state === 'same' || state === 'unseen').toBe(differences.length === 0);
  return parts.flatMap(({ differences }) => differences.map(({ kind, severity }) => [kind, severity] as const));
}

const trusts = (...statements: readonly Statement[]) => ({ trustPolicy: policy(...statements) });
const role = `arn:aws:iam::${account}:role/ci`;
const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const organization = { StringEquals: { 'aws:PrincipalOrgID': 'o-agreed00000' } };
const network = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };

describe('each way in which a role drifts has its name', () => {
  const without: Partial<RoleState> = { trustPolicy: agreed.trustPolicy };
  it.each<[string, Partial<RoleState>, Found, Partial<RoleState>?]>([
    ['a role beside the user', trusts(enter({ AWS: [deployer, role] }, withId)), ['principal-added', 'widened']],
    [
      'one of two is gone',
      without,
      ['principal-removed', 'narrowed'],
      trusts(enter({ AWS: [deployer, role] }, withId)),
    ],
    [
      'the account root besides',
      trusts(enter({ AWS: [deployer, `arn:aws:iam::${account}:root`] }, withId)),
      ['account-trusted', 'widened'],
    ],
    [
      'an account by its number',
      trusts(enter({ AWS: [deployer, '444455556666'] }, withId)),
      ['account-trusted', 'widened'],
    ],
    ['everybody', trusts(enter('*', withId)), ['anyone-trusted', 'widened']],
    ['everybody, among others', trusts(enter({ AWS: [deployer, '*'] }, withId)), ['anyone-trusted', 'widened']],
    ['no external ID', trusts(enter({ AWS: deployer })), ['external-id-dropped', 'widened']],
    [
      'another external ID',
      trusts(enter({ AWS: deployer }, { StringEquals: { 'sts:ExternalId': 'another' } })),
      ['external-id-changed', 'widened'],
    ],
    [
      'IfExists',
      trusts(enter({ AWS: deployer }, { StringEqualsIfExists: { 'sts:ExternalId': externalId } })),
      ['external-id-weakened', 'widened'],
    ],
    [
      'a pattern',
      trusts(enter({ AWS: deployer }, { StringLike: { 'sts:ExternalId': '*' } })),
      ['external-id-weakened', 'widened'],
    ],
    [
      'a second way in without it',
      trusts(enter({ AWS: deployer }, withId), enter({ AWS: deployer })),
      ['external-id-weakened', 'widened'],
    ],
    [
      'MFA no longer asked',
      without,
      ['condition-dropped', 'widened'],
      trusts(enter({ AWS: deployer }, { ...withId, ...mfa })),
    ],
    [
      'any organization',
      without,
      ['condition-dropped', 'widened'],
      trusts(enter({ AWS: deployer }, { StringEquals: { ...withId.StringEquals, ...organization.StringEquals } })),
    ],
    [
      'any address',
      without,
      ['condition-dropped', 'widened'],
      trusts(enter({ AWS: deployer }, { ...withId, ...network })),
    ],
    [
      'more addresses',
      trusts(enter({ AWS: deployer }, { ...withId, IpAddress: { 'aws:SourceIp': '203.0.0.0/16' } })),
      ['condition-weakened', 'widened'],
      trusts(enter({ AWS: deployer }, { ...withId, ...network })),
    ],
    [
      'other addresses',
      trusts(enter({ AWS: deployer }, { ...withId, IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })),
      ['condition-changed', 'widened'],
      trusts(enter({ AWS: deployer }, { ...withId, ...network })),
    ],
    ['MFA besides', trusts(enter({ AWS: deployer }, { ...withId, ...mfa })), ['condition-added', 'narrowed']],
    [
      'a service besides',
      trusts(enter({ AWS: deployer }, withId), enter({ Service: 'ec2.amazonaws.com' })),
      ['service-trusted', 'widened'],
    ],
    [
      'people of a provider',
      trusts(enter({ AWS: deployer }, withId), {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithSAML',
        Principal: { Federated: 'arn:aws:iam::222233334444:saml-provider/Office' },
      }),
      ['federation-trusted', 'widened'],
    ],
    [
      'denied to all',
      trusts(enter({ AWS: deployer }, withId), { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }),
      ['trust-closed', 'narrowed'],
    ],
    [
      'a session may be tagged',
      trusts(enter({ AWS: deployer }, withId), {
        Effect: 'Allow',
        Principal: { AWS: deployer },
        Action: 'sts:TagSession',
      }),
      ['trust-reworded', 'other'],
    ],
    [
      'a policy attached',
      { managed: [...agreed.managed, { arn: readOnly, versionId: 'v9', digest: 'nine' }] },
      ['policy-attached', 'widened'],
    ],
    ['a policy detached', { managed: [] }, ['policy-detached', 'narrowed']],
    [
      'a wider version',
      { managed: [{ arn: own, versionId: 'v2', digest: 'two' }] },
      ['policy-version-changed', 'widened'],
    ],
    [
      'a narrower version',
      { managed: [{ arn: own, versionId: 'v3', digest: 'three' }] },
      ['policy-version-changed', 'narrowed'],
    ],
    [
      'an inline policy',
      { inline: [...agreed.inline, { name: 'More', document: readOne }] },
      ['inline-added', 'widened'],
    ],
    [
      'an inline policy that only denies',
      { inline: [...agreed.inline, { name: 'No', document: policy({ Effect: 'Deny', Action: '*', Resource: '*' }) }] },
      ['inline-added', 'narrowed'],
    ],
    ['an inline policy less', { inline: [] }, ['inline-removed', 'narrowed']],
    [
      'every bucket',
      { inline: [{ name: 'ReadRevisions', document: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) }] },
      ['inline-changed', 'widened'],
    ],
    [
      'one object',
      {
        inline: [
          {
            name: 'ReadRevisions',
            document: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::revisions/one' }),
          },
        ],
      },
      ['inline-changed', 'narrowed'],
    ],
    ['a longer session', { maxSessionDuration: 43_200 }, ['session-raised', 'widened']],
    ['a shorter session', { maxSessionDuration: 3600 }, ['session-lowered', 'narrowed'], { maxSessionDuration: 7200 }],
    ['another role of the name', { roleId: 'AROAOTHER' }, ['role-recreated', 'other']],
    ['a tag gone', { tags: [] }, ['tags-removed', 'other']],
    [
      'a wider boundary',
      { boundary: { arn: limit, versionId: 'v2', digest: 'wide' } },
      ['boundary-changed', 'widened'],
    ],
  ])('%s', (_what, now, expected, was) => {
    expect(found(now, was)).toEqual([expected]);
  });

  it('a boundary that is gone, and one that is new', () => {
    const { boundary: _boundary, ...bare } = agreed;
    const of = (was: RoleState, now: RoleState) =>
      driftOf(was, { role: now, texts }).flatMap(({ differences }) => differences);
    expect(of(agreed, bare)).toMatchObject([{ kind: 'boundary-removed', severity: 'widened' }]);
    expect(of(bare, agreed)).toMatchObject([{ kind: 'boundary-added', severity: 'narrowed' }]);
  });

  it('a role that is gone is that alone', () => {
    const parts = driftOf(agreed, { role: undefined, texts });
    expect(parts.flatMap(({ differences }) => differences.map(({ kind }) => kind))).toEqual(['role-gone']);
  });

  it('several at once are named each', () => {
    const now = trusts(enter({ AWS: [deployer, role] }, { StringEquals: { 'sts:ExternalId': 'another' } }));
    const was = trusts(enter({ AWS: deployer }, { ...withId, ...mfa }));
    expect([...found(now, was)].sort()).toEqual([
      ['condition-dropped', 'widened'],
      ['external-id-changed', 'widened'],
      ['principal-added', 'widened'],
    ]);
  });
});

describe('what is only written otherwise is no drift', () => {
  const two = policy({ Sid: 'A', Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: ['*'] });
  it.each<[string, Partial<RoleState>, Partial<RoleState>?]>([
    ['indented', { trustPolicy: JSON.stringify(JSON.parse(agreed.trustPolicy), null, 4) }],
    [
      'a list of one, another order of keys, another case of the action and the operator',
      {
        trustPolicy: JSON.stringify({
          Statement: {
            Condition: { stringequals: { 'STS:ExternalID': [externalId] } },
            Action: ['STS:assumerole'],
            Principal: { AWS: [deployer] },
            Effect: 'Allow',
          },
          Version: '2012-10-17',
        }),
      },
    ],
    [
      'an account as its root',
      trusts(enter({ AWS: `arn:aws:iam::${account}:root` }, withId)),
      trusts(enter({ AWS: account }, withId)),
    ],
    [
      'actions in another order, without a Sid',
      {
        inline: [
          { name: 'P', document: policy({ Effect: 'Allow', Action: ['s3:putobject', 's3:GetObject'], Resource: '*' }) },
        ],
      },
      { inline: [{ name: 'P', document: two }] },
    ],
    ['another name for the same version', { managed: [{ arn: own, versionId: 'v7', digest: 'one' }] }],
    ['tags of others', { tags: [...agreed.tags, { key: 'Team', value: 'web' }] }],
  ])('%s', (_what, now, was) => {
    expect(found(now, was)).toEqual([]);
  });

  it('an identity named besides its whole account changes nobody who may enter', () => {
    const root = trusts(enter({ AWS: account }, withId));
    expect(found(trusts(enter({ AWS: [account, deployer] }, withId)), root)).toEqual([['trust-reworded', 'other']]);
  });
});

describe('a difference says where and why', () => {
  it('points to the line of the policy as it is now', () => {
    const parts = driftOf(agreed, {
      role: { ...agreed, ...trusts(enter({ AWS: [deployer, role] }, withId)) },
      texts,
    });
    const trust = parts.find(({ id }) => id === 'trust');
    const [difference] = trust?.differences ?? [];
    expect(difference).toMatchObject({ pointer: '/Statement/0/Principal/AWS/1' });
    expect(trust?.after?.split('\n')[(difference?.line ?? 0) - 1]).toContain(role);
    expect(difference?.message).toContain(role);
  });

  it('in the words of the risks', () => {
    const wide = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    const parts = driftOf(agreed, { role: { ...agreed, inline: [{ name: 'ReadRevisions', document: wide }] }, texts });
    const [difference] = parts.find(({ id }) => id === 'inline ReadRevisions')?.differences ?? [];
    expect(difference?.message).toBe(
      'It may now also do s3:* on everything. Every action of s3 is allowed, deleting and sharing included.',
    );
    expect(difference?.line).toBeGreaterThan(1);
  });

  it('two policies that are too large to be compared whole are not called harmless', () => {
    const numbers = Array.from({ length: 210 }, (_, index) => String(index));
    const large: Statement = {
      ...{ Effect: 'Allow', Action: numbers.map((one) => `s3:Get${one}`) },
      Resource: numbers.map((one) => `arn:aws:s3:::b${one}/*`),
    };
    const last: Statement = { Effect: 'Allow', Action: 'iam:*', Resource: '*' };
    const [difference] =
      driftOf(
        { ...agreed, inline: [{ name: 'Large', document: policy(large) }] },
        { role: { ...agreed, inline: [{ name: 'Large', document: policy(large, last) }] }, texts },
      ).find(({ id }) => id === 'inline Large')?.differences ?? [];
    expect(difference).toMatchObject({
      severity: 'widened',
      message: expect.stringContaining('too large to be compared whole') as unknown,
    });
  });

  it('the same two policies are compared once', () => {
    const wide = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    const first = comparePermissions(readOne, wide);
    expect(comparePermissions(readOne, wide)).toBe(first);
    expect(comparePermissions(wide, readOne)?.more).toEqual([]);
    // without a denial something else may allow; a boundary that is silent refuses all the same
    const denial = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
    expect(comparePermissions(denial, undefined)?.more).toHaveLength(1);
    expect(comparePermissions(denial, undefined, { asBoundary: true })?.more).toEqual([]);
  });

  it('a policy that cannot be read is not called harmless', () => {
    const unknown = { arn: `arn:aws:iam::222233334444:policy/Unread`, versionId: 'v1' };
    expect(found({ managed: [...agreed.managed, unknown] })).toEqual([['policy-attached', 'widened']]);
  });
});

describe('what was not seen is neither drift nor as agreed', () => {
  const statesOf = (now: Partial<RoleState>, was: Partial<RoleState> = {}, unseen?: ReadonlySet<string>) =>
    driftOf({ ...agreed, ...was }, { role: { ...agreed, ...was, ...now }, texts, ...(unseen && { unseen }) })
      .filter(({ state }) => state !== 'same')
      .map(({ id, state }) => [id, state]);

  it('a policy, or a boundary, of which nobody could read what is in force', () => {
    expect(statesOf({ managed: [{ arn: own }] })).toEqual([[`managed ${own}`, 'unseen']]);
    expect(statesOf({ boundary: { arn: limit } })).toEqual([['boundary', 'unseen']]);
    // nothing is known of it in the agreement either: that it is attached is all that was agreed
    expect(statesOf({}, { managed: [{ arn: own }] })).toEqual([]);
  });

  it('policies that were not shown, each and all of a kind', () => {
    expect(statesOf({ inline: [] }, {}, new Set(['inline']))).toEqual([
      ['inline ReadRevisions', 'unseen'],
      ['inline', 'unseen'],
    ]);
    expect(statesOf({ managed: [] }, {}, new Set(['managed']))).toEqual([
      [`managed ${own}`, 'unseen'],
      ['managed', 'unseen'],
    ]);
    // none was agreed: that there is none is not known either
    const none = { inline: [], managed: [] };
    expect(statesOf(none, none, new Set(['inline', 'managed']))).toEqual([
      ['inline', 'unseen'],
      ['managed', 'unseen'],
    ]);
    const two = [...agreed.inline, { name: 'Other', document: readOne }];
    const text = [{ name: 'ReadRevisions', document: '{}' }];
    expect(statesOf({ inline: text }, { inline: two }, new Set(['inline ReadRevisions']))).toEqual([
      ['inline ReadRevisions', 'unseen'],
      ['inline Other', 'removed'],
    ]);
  });

  it('counts as nothing that differs', () => {
    const parts = driftOf(agreed, { role: { ...agreed, managed: [{ arn: own }] }, texts });
    expect(changedParts(parts)).toEqual([]);
    expect(markOf({ id: 'a', at: 1, state: 'same', parts: [...parts] })).toMatchObject({ count: 0, unseen: 1 });
  });
});

describe('what is accepted is agreed from then on', () => {
  const now: RoleState = {
    ...agreed,
    roleId: 'AROAOTHER',
    ...trusts(enter({ AWS: [deployer, role] }, withId)),
    maxSessionDuration: 7200,
    managed: [{ arn: readOnly, versionId: 'v9', digest: 'nine' }],
    inline: [{ name: 'Other', document: readOne }],
    tags: [],
  };
  const changed = (was: RoleState) =>
    driftOf(was, { role: now, texts })
      .filter(({ state }) => state !== 'same')
      .map(({ id }) => id);

  it('part by part, and nothing else with it', () => {
    const before = changed(agreed);
    expect(before).toHaveLength(8);
    for (const id of before) {
      expect(changed(withAccepted(agreed, now, [id]))).toEqual(before.filter((one) => one !== id));
    }
    expect(changed(withAccepted(agreed, now, before))).toEqual([]);
  });

  it('also that the boundary is gone', () => {
    const { boundary: _boundary, ...bare } = now;
    expect(withAccepted(agreed, bare, ['boundary'])).not.toHaveProperty('boundary');
    expect(worstOf([])).toBe('other');
  });
});
