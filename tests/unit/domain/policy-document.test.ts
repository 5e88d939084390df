import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contextKeysOf, parsePolicyDocument, type PolicyUse } from '../../../core/domain/policy-document';
import managedPolicies from '../../../main/sandbox/managed-policies.json';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const trust = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' };
const document = (...statements: readonly unknown[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

function complaint(text: string, use: PolicyUse): string {
  const read = parsePolicyDocument(text, use);
  return read.ok ? 'accepted' : read.message;
}

describe('policy documents', () => {
  test.each<[string, PolicyUse, string]>([
    ['{', 'identity', 'This policy contains invalid Json'],
    ['[]', 'identity', 'Syntax errors in policy.'],
    ['{"Version":"2012-10-17"}', 'identity', 'Missing required field Statement'],
    [document(), 'identity', 'Missing required field Statement cannot be empty!'],
    [JSON.stringify({ Version: '2020-01-01', Statement: [allow] }), 'identity', 'Syntax errors in policy.'],
    [JSON.stringify({ Version: '2012-10-17', Statements: [allow] }), 'identity', 'Syntax errors in policy.'],
    [document({ ...allow, effect: 'Allow' }), 'identity', 'Syntax errors in policy.'],
    [document({ Action: '*', Resource: '*' }), 'identity', 'Missing required field Effect'],
    [document({ ...allow, Effect: 'allow' }), 'identity', 'Invalid effect: allow'],
    [document({ Effect: 'Allow', Resource: '*' }), 'identity', 'Policy statement must contain actions.'],
    [document({ Effect: 'Allow', Action: 's3:*' }), 'identity', 'Policy statement must contain resources.'],
    [
      document({ ...allow, Action: 'GetObject' }),
      'identity',
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [document({ ...allow, Resource: 'bucket' }), 'identity', 'Resource bucket must be in ARN format or "*".'],
    [document({ ...allow, Principal: '*' }), 'identity', 'Policy document should not specify a principal.'],
    [
      document({ ...allow, Sid: 'has spaces' }),
      'identity',
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ],
    [
      document({ ...allow, Sid: 'A' }, { ...allow, Sid: 'A' }),
      'identity',
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    [
      document({ ...allow, Condition: { StringMatches: { 'aws:x': 'y' } } }),
      'identity',
      'Invalid Condition type : StringMatches',
    ],
    [
      document({ ...allow, Condition: { StringEquals: { x: 'y' } } }),
      'identity',
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [document({ ...allow, NotAction: 's3:*' }), 'identity', 'Syntax errors in policy.'],
    [document({ ...allow, NotResource: '*' }), 'identity', 'Syntax errors in policy.'],
    [document({ Effect: 'Allow', Action: 'sts:AssumeRole' }), 'trust', 'Missing required field Principal'],
    [document({ ...trust, Resource: '*' }), 'trust', 'Has prohibited field Resource'],
    [
      document({ ...trust, Action: 's3:GetObject' }),
      'trust',
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    [
      document({ ...trust, Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }),
      'trust',
      'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/*"',
    ],
    [document({ ...trust, Principal: { Team: 'x' } }), 'trust', 'Invalid principal in policy'],
    [
      document({ Effect: 'Allow', NotPrincipal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }),
      'trust',
      'Allow with NotPrincipal is not allowed.',
    ],
    [document({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }), 'trust', 'accepted'],
    [document(trust), 'trust', 'accepted'],
    [document(allow), 'identity', 'accepted'],
    [JSON.stringify({ Statement: allow }), 'identity', 'accepted'],
  ])('%s as %s: %s', (text, use, message) => {
    expect(complaint(text, use)).toBe(message);
  });

  test('single values and lists come to the same', () => {
    const one = parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: allow }), 'identity');
    const many = parsePolicyDocument(document({ ...allow, Action: ['s3:GetObject'], Resource: ['*'] }), 'identity');
    expect(one).toEqual(many);
    expect(one).toMatchObject({
      ok: true,
      document: { statements: [{ index: 0, actions: { negated: false, values: ['s3:GetObject'] } }] },
    });
  });

  test('numbers and truth values in conditions become text', () => {
    const read = parsePolicyDocument(
      document({
        ...allow,
        Condition: { Bool: { 'aws:SecureTransport': true }, NumericLessThan: { 's3:max-keys': [5, '6'] } },
      }),
      'identity',
    );
    expect(read).toMatchObject({
      ok: true,
      document: { statements: [{ conditions: [{ values: ['true'] }, { values: ['5', '6'] }] }] },
    });
  });

  test('every managed policy the app carries is one', () => {
    expect(managedPolicies.length).toBeGreaterThan(10);
    for (const policy of managedPolicies) expect(complaint(policy.document, 'identity'), policy.name).toBe('accepted');
  });

  test('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.constantFrom<PolicyUse>('identity', 'trust', 'resource'),
        (text, use) => typeof parsePolicyDocument(text, use).ok === 'boolean',
      ),
    );
    const near = fc.record({
      Version: fc.constantFrom('2012-10-17', 1),
      Statement: fc.array(
        fc.dictionary(fc.constantFrom('Effect', 'Action', 'Resource', 'Principal', 'Condition', 'Sid'), fc.jsonValue()),
      ),
    });
    fc.assert(
      fc.property(near, (value) => typeof parsePolicyDocument(JSON.stringify(value), 'trust').ok === 'boolean'),
    );
  });
});

test('the condition keys and variables a document asks for, each once', () => {
  const read = parsePolicyDocument(
    document({
      ...allow,
      Resource: ['arn:aws:s3:::b/${aws:username}/${*}', 'arn:aws:s3:::${aws:PrincipalTag/team, "none"}/*'],
      Condition: { StringLike: { 'aws:UserName': '${saml:sub}' }, Bool: { 'aws:SecureTransport': 'true' } },
    }),
    'identity',
  );
  if (!read.ok) throw new Error(read.message);
  expect(contextKeysOf(read.document)).toEqual([
    'aws:username',
    'aws:PrincipalTag/team',
    'saml:sub',
    'aws:SecureTransport',
  ]);
});
