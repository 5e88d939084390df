import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePolicyDocument, type PolicyUse } from '../../../core/domain/policy-document';
import {
  compilePolicy,
  evaluate,
  type CompiledPolicy,
  type Evaluation,
  type PolicyCaller,
  type PolicySet,
} from '../../../core/domain/policy-evaluation';
import { compilePattern, matchesPattern } from '../../../core/domain/policy-match';
import { fuzzRuns } from '../../support/fuzz-runs';

type Statement = Readonly<Record<string, unknown>>;

function compiled(use: PolicyUse, label: string, ...statements: readonly Statement[]): CompiledPolicy {
  const read = parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }), use);
  if (!read.ok) throw new Error(read.message);
  return compilePolicy(label, read.document);
}

const identity = (...statements: readonly Statement[]) => compiled('identity', 'identity', ...statements);
const allow = (
  Action: string | readonly string[] = '*',
  Resource: string | readonly string[] = '*',
  more: Statement = {},
): Statement => ({ Effect: 'Allow', Action, Resource, ...more });
const deny = (
  Action: string | readonly string[] = '*',
  Resource: string | readonly string[] = '*',
  more: Statement = {},
): Statement => ({ Effect: 'Deny', Action, Resource, ...more });

const user: PolicyCaller = {
  kind: 'user',
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/anna',
  uniqueId: 'AIDAANNA',
};
const session: PolicyCaller = {
  kind: 'role-session',
  accountId: '111122223333',
  arn: 'arn:aws:sts::111122223333:assumed-role/Deploy/me',
  roleArn: 'arn:aws:iam::111122223333:role/Deploy',
  uniqueId: 'AROADEPLOY',
};

type Ask = {
  readonly action?: string;
  readonly resource?: string;
  readonly resourceAccountId?: string;
  readonly caller?: PolicyCaller;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
};

function ask(policies: PolicySet, asked: Ask = {}): Evaluation {
  const context = new Map(
    Object.entries(asked.context ?? {}).map(([key, value]): [string, readonly string[]] => [
      key.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  );
  return evaluate(
    {
      action: asked.action ?? 's3:GetObject',
      resource: asked.resource ?? 'arn:aws:s3:::bucket/key',
      resourceAccountId: asked.resourceAccountId ?? '111122223333',
      caller: asked.caller ?? user,
      context,
    },
    policies,
  );
}

const decision = (policies: PolicySet, asked: Ask = {}) => ask(policies, asked).decision;

describe('who decides', () => {
  test('nothing said is a refusal; an allow allows; a deny wins', () => {
    expect(ask({ identity: [] })).toEqual({ decision: 'implicitDeny', decidedBy: { type: 'identity-policy' } });
    expect(ask({ identity: [identity(allow('s3:*', '*', { Sid: 'Read' }))] })).toEqual({
      decision: 'allowed',
      decidedBy: { type: 'identity-policy', policy: 'identity', statementIndex: 0, sid: 'Read' },
    });
    expect(ask({ identity: [identity(allow(), deny('s3:Get*'))] })).toEqual({
      decision: 'explicitDeny',
      decidedBy: { type: 'identity-policy', policy: 'identity', statementIndex: 1 },
    });
  });

  test('a boundary and a session policy cut, and give nothing', () => {
    const only = (action: string, use: PolicyUse) => compiled(use, use, allow(action));
    expect(decision({ identity: [identity(allow())], boundary: only('s3:*', 'boundary') })).toBe('allowed');
    expect(ask({ identity: [identity(allow())], boundary: only('ec2:*', 'boundary') })).toEqual({
      decision: 'implicitDeny',
      decidedBy: { type: 'permissions-boundary' },
    });
    expect(decision({ identity: [], boundary: only('*', 'boundary') })).toBe('implicitDeny');
    expect(
      ask({ identity: [identity(allow())], session: [only('ec2:*', 'session')] }, { caller: session }).decidedBy,
    ).toEqual({ type: 'session-policy' });
    expect(
      decision(
        { identity: [identity(allow())], session: [only('ec2:*', 'session'), only('s3:*', 'session')] },
        { caller: session },
      ),
    ).toBe('allowed');
    expect(decision({ identity: [identity(allow())], session: [] }, { caller: session })).toBe('implicitDeny');
    expect(decision({ identity: [], session: [only('*', 'session')] }, { caller: session })).toBe('implicitDeny');
  });

  test('service control policies: every level must allow, the root user included', () => {
    const all = compiled('service-control', 'FullAWSAccess', allow());
    const noS3 = compiled('service-control', 'NoS3', deny('s3:*'));
    const onlyEc2 = compiled('service-control', 'OnlyEc2', allow('ec2:*'));
    const root: PolicyCaller = { kind: 'root', accountId: '111122223333', arn: 'arn:aws:iam::111122223333:root' };
    expect(decision({ identity: [identity(allow())], serviceControl: [[all], [all]] })).toBe('allowed');
    expect(ask({ identity: [identity(allow())], serviceControl: [[all], [all, noS3]] })).toEqual({
      decision: 'explicitDeny',
      decidedBy: { type: 'service-control-policy', policy: 'NoS3', statementIndex: 0 },
    });
    expect(ask({ identity: [identity(allow())], serviceControl: [[all], [onlyEc2]] })).toEqual({
      decision: 'implicitDeny',
      decidedBy: { type: 'service-control-policy' },
    });
    expect(decision({ identity: [] }, { caller: root })).toBe('allowed');
    expect(decision({ identity: [], serviceControl: [[all, noS3]] }, { caller: root })).toBe('explicitDeny');
  });

  test('a resource of one’s own account: either side is enough', () => {
    const bucket = (Principal: unknown, more: Statement = {}) => ({
      type: 'resource-policy' as const,
      policy: compiled('resource', 'bucket', allow('s3:GetObject', 'arn:aws:s3:::bucket/*', { Principal, ...more })),
    });
    expect(decision({ identity: [], resource: bucket({ AWS: user.arn }) })).toBe('allowed');
    expect(decision({ identity: [], resource: bucket({ AWS: '111122223333' }) })).toBe('implicitDeny');
    expect(decision({ identity: [identity(allow())], resource: bucket({ AWS: '999988887777' }) })).toBe('allowed');
    // To the role: cut by its boundary and session policy. To the session itself: not.
    const boundary = compiled('boundary', 'b', allow('ec2:*'));
    expect(decision({ identity: [], boundary, resource: bucket({ AWS: session.roleArn }) }, { caller: session })).toBe(
      'implicitDeny',
    );
    expect(decision({ identity: [], resource: bucket({ AWS: session.roleArn }) }, { caller: session })).toBe('allowed');
    expect(decision({ identity: [], boundary, resource: bucket({ AWS: session.arn }) }, { caller: session })).toBe(
      'allowed',
    );
  });

  test('a resource of another account: both sides must allow', () => {
    const bucket = {
      type: 'resource-policy' as const,
      policy: compiled('resource', 'bucket', allow('s3:*', '*', { Principal: { AWS: user.arn } })),
    };
    const other = { resourceAccountId: '222233334444' };
    expect(decision({ identity: [], resource: bucket }, other)).toBe('implicitDeny');
    expect(decision({ identity: [identity(allow())], resource: bucket }, other)).toBe('allowed');
    expect(ask({ identity: [identity(allow())] }, other).decidedBy.type).toBe('resource-policy');
  });

  test('a role is opened only to whom its trust names, in its own account too', () => {
    const trust = (Principal: unknown, Condition?: unknown) => ({
      type: 'trust-policy' as const,
      policy: compiled('trust', 'trust', {
        Effect: 'Allow',
        Principal,
        Action: 'sts:AssumeRole',
        ...(Condition === undefined ? {} : { Condition }),
      }),
    });
    const open = { action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/Inner' };
    const far = {
      action: 'sts:AssumeRole',
      resource: 'arn:aws:iam::222233334444:role/Inner',
      resourceAccountId: '222233334444',
    };
    const may = [identity(allow('sts:AssumeRole'))];
    expect(ask({ identity: may, resource: trust({ AWS: '999988887777' }) }, open).decidedBy).toEqual({
      type: 'trust-policy',
    });
    expect(decision({ identity: may, resource: trust({ AWS: '111122223333' }) }, open)).toBe('allowed');
    expect(decision({ identity: [], resource: trust({ AWS: '111122223333' }) }, open)).toBe('implicitDeny');
    expect(decision({ identity: [], resource: trust({ AWS: 'AIDAANNA' }) }, open)).toBe('allowed');
    expect(decision({ identity: [], resource: trust({ AWS: 'AIDAANNA' }) }, far)).toBe('implicitDeny');
    expect(decision({ identity: may, resource: trust({ AWS: 'AIDAANNA' }) }, far)).toBe('allowed');
    expect(decision({ identity: may, resource: trust({ AWS: 'AROADEPLOY' }) }, { ...far, caller: session })).toBe(
      'allowed',
    );
    expect(decision({ identity: may, resource: trust({ AWS: 'AROAOLDONE' }) }, { ...far, caller: session })).toBe(
      'implicitDeny',
    );
    const external = trust({ AWS: '111122223333' }, { StringEquals: { 'sts:ExternalId': 'right' } });
    expect(decision({ identity: may, resource: external }, { ...far, context: { 'sts:ExternalId': 'right' } })).toBe(
      'allowed',
    );
    expect(decision({ identity: may, resource: external }, { ...far, context: { 'sts:ExternalId': 'Right' } })).toBe(
      'implicitDeny',
    );
    expect(decision({ identity: may, resource: external }, far)).toBe('implicitDeny');
    const service: PolicyCaller = { kind: 'service', accountId: '', arn: 'lambda.amazonaws.com' };
    expect(
      decision({ identity: [], resource: trust({ Service: 'lambda.amazonaws.com' }) }, { ...open, caller: service }),
    ).toBe('allowed');
    expect(
      decision({ identity: [], resource: trust({ Service: 'ec2.amazonaws.com' }) }, { ...open, caller: service }),
    ).toBe('implicitDeny');
  });

  test('NotPrincipal denies everyone but those named', () => {
    const closed = {
      type: 'resource-policy' as const,
      policy: compiled('resource', 'bucket', {
        Effect: 'Deny',
        NotPrincipal: { AWS: user.arn },
        Action: 's3:*',
        Resource: '*',
      }),
    };
    expect(decision({ identity: [identity(allow())], resource: closed })).toBe('allowed');
    expect(decision({ identity: [identity(allow())], resource: closed }, { caller: session })).toBe('explicitDeny');
    // Who has a permissions boundary is denied whether named or not.
    const boundary = compiled('boundary', 'b', allow());
    expect(decision({ identity: [identity(allow())], boundary, resource: closed })).toBe('explicitDeny');
  });
});

describe('actions and resources', () => {
  const acts = (Action: string | readonly string[], action: string) =>
    decision({ identity: [identity(allow(Action))] }, { action });
  const reaches = (Resource: string | readonly string[], resource: string, context: Ask['context'] = {}) =>
    decision({ identity: [identity(allow('*', Resource))] }, { resource, context }) === 'allowed';

  test('actions are compared without regard to case, with wildcards', () => {
    expect(acts('S3:getobject', 's3:GetObject')).toBe('allowed');
    expect(acts('s3:Get*', 's3:GetObject')).toBe('allowed');
    expect(acts('s3:Get?bject', 's3:GetObject')).toBe('allowed');
    expect(acts('s3:Get', 's3:GetObject')).toBe('implicitDeny');
    expect(acts('*', 'iam:CreateRole')).toBe('allowed');
    expect(acts(['ec2:*', 'iam:*Role'], 'iam:CreateRole')).toBe('allowed');
    expect(acts('iam:*Role', 'iam:CreateRolePolicy')).toBe('implicitDeny');
  });

  test('NotAction and NotResource are everything else', () => {
    const policies = { identity: [identity({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })] };
    expect(decision(policies, { action: 's3:GetObject' })).toBe('allowed');
    expect(decision(policies, { action: 'iam:CreateRole' })).toBe('implicitDeny');
    const other = { identity: [identity({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::secret/*' })] };
    expect(decision(other)).toBe('allowed');
    expect(decision(other, { resource: 'arn:aws:s3:::secret/key' })).toBe('implicitDeny');
  });

  test('a wildcard that ends a field of a resource reaches over the colons after it; another one does not', () => {
    const group = 'arn:aws:logs:eu-west-1:111122223333:log-group:app:log-stream:1';
    expect(reaches('arn:aws:logs:*:log-group:app:*', group)).toBe(true);
    expect(reaches('arn:aws:logs:*:log-group:other:*', group)).toBe(false);
    expect(reaches('arn:aws:logs:e*:log-group:*', group)).toBe(true);
    expect(reaches('arn:aws:logs:*t-1:log-group:*', group)).toBe(false);
    expect(reaches('arn:aws:logs:eu-west-?:log-group:*', group)).toBe(false);
    expect(reaches('arn:aws:iam::*:role/Deploy', 'arn:aws:iam::222233334444:role/a:role/Deploy')).toBe(true);
    expect(reaches('arn:aws:logs:*', group)).toBe(true);
    expect(reaches(`arn:aws:${'*:'.repeat(40)}x`, `arn:aws:${'a:'.repeat(60)}y`)).toBe(false);
  });

  test('resources are compared with regard to case', () => {
    expect(reaches('arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b')).toBe(true);
    expect(reaches('arn:aws:s3:::Bucket/*', 'arn:aws:s3:::bucket/a')).toBe(false);
    expect(reaches('arn:aws:iam::*:role/Deploy', 'arn:aws:iam::222233334444:role/Deploy')).toBe(true);
    expect(reaches('arn:aws:iam::*:role/Deploy', 'arn:aws:iam::222233334444:role/x/Deploy')).toBe(false);
    expect(reaches('arn:aws:*:role/Deploy', 'arn:aws:iam::222233334444:role/Deploy')).toBe(true);
    expect(reaches('arn:*:iam::222233334444:role/*', 'arn:aws:iam::222233334444:role/a')).toBe(true);
    expect(reaches('arn:aws:s3:::*', 'arn:aws:s3:eu-west-1:222233334444:bucket')).toBe(false);
  });

  test('variables stand for the request’s values, which are text and not patterns', () => {
    const home = 'arn:aws:s3:::bucket/${aws:username}/*';
    expect(reaches(home, 'arn:aws:s3:::bucket/anna/a', { 'aws:username': 'anna' })).toBe(true);
    expect(reaches(home, 'arn:aws:s3:::bucket/bob/a', { 'aws:username': 'anna' })).toBe(false);
    expect(reaches(home, 'arn:aws:s3:::bucket/bob/a', { 'aws:username': '*' })).toBe(false);
    expect(reaches(home, 'arn:aws:s3:::bucket//a')).toBe(false);
    expect(reaches("arn:aws:s3:::bucket/${aws:username, 'guest'}/*", 'arn:aws:s3:::bucket/guest/a')).toBe(true);
    expect(reaches('arn:aws:s3:::bucket/${*}', 'arn:aws:s3:::bucket/*')).toBe(true);
    expect(reaches('arn:aws:s3:::bucket/${*}', 'arn:aws:s3:::bucket/x')).toBe(false);
  });

  test('the older language has no variables', () => {
    const read = parsePolicyDocument(
      JSON.stringify({ Version: '2008-10-17', Statement: allow('*', 'arn:aws:s3:::b/${aws:username}') }),
      'identity',
    );
    if (!read.ok) throw new Error(read.message);
    const policies = { identity: [compilePolicy('old', read.document)] };
    expect(decision(policies, { resource: 'arn:aws:s3:::b/anna', context: { 'aws:username': 'anna' } })).toBe(
      'implicitDeny',
    );
    expect(
      decision(policies, { resource: 'arn:aws:s3:::b/${aws:username}', context: { 'aws:username': 'anna' } }),
    ).toBe('allowed');
  });

  test('a pattern agrees with a regular expression of the same meaning, and is quick', () => {
    const piece = fc.constantFrom('a', 'b', '*', '?', '.', '/');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'b', '.', '/'), { maxLength: 10 }),
        (pattern, text) => {
          const expression = new RegExp(
            `^${pattern.map((unit) => (unit === '*' ? '.*' : unit === '?' ? '.' : `\\${unit}`.replace(/\\([ab])/, '$1'))).join('')}$`,
          );
          expect(matchesPattern(compilePattern(pattern.join('')), text.join(''))).toBe(expression.test(text.join('')));
        },
      ),
      { numRuns: fuzzRuns(3000) },
    );
    const started = performance.now();
    expect(matchesPattern(compilePattern(`${'a*'.repeat(50)}b`), 'a'.repeat(5000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('conditions', () => {
  const holds = (operator: string, key: string, values: unknown, context: Ask['context'] = {}) =>
    decision(
      { identity: [identity(allow('*', '*', { Condition: { [operator]: { [key]: values } } }))] },
      { context },
    ) === 'allowed';

  test.each<[operator: string, policy: unknown, request: string | readonly string[] | undefined, holds: boolean]>([
    ['StringEquals', 'Abc', 'Abc', true],
    ['StringEquals', 'Abc', 'abc', false],
    ['StringEquals', ['x', 'Abc'], 'Abc', true],
    ['StringEquals', 'a*', 'abc', false],
    ['StringEquals', 'x', undefined, false],
    ['StringEqualsIfExists', 'x', undefined, true],
    ['StringEqualsIfExists', 'x', 'y', false],
    ['StringNotEquals', 'x', 'y', true],
    ['StringNotEquals', ['x', 'y'], 'y', false],
    ['StringNotEquals', 'x', undefined, true],
    ['StringEqualsIgnoreCase', 'ABC', 'abc', true],
    ['StringNotEqualsIgnoreCase', 'ABC', 'abc', false],
    ['StringLike', 'a*c?', 'abbbcd', true],
    ['StringLike', 'a*c', 'Abc', false],
    ['StringNotLike', 'a*', 'abc', false],
    ['StringNotLike', 'a*', undefined, true],
    ['NumericEquals', '5', '5.0', true],
    ['NumericEquals', '5', 'five', false],
    ['NumericNotEquals', '5', '6', true],
    ['NumericLessThan', '5', '4.9', true],
    ['NumericLessThan', '5', '5', false],
    ['NumericLessThanEquals', '5', '5', true],
    ['NumericGreaterThan', '5', '10', true],
    ['NumericGreaterThanEquals', '5', '4', false],
    ['DateLessThan', '2026-11-22T10:00:00Z', '2026-11-22T09:59:59Z', true],
    ['DateLessThan', '2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z', false],
    ['DateLessThanEquals', '2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z', true],
    ['DateGreaterThan', '2026-11-22', '2026-11-22T00:00:01Z', true],
    ['DateGreaterThanEquals', '1795341600', '2026-11-22T10:00:00Z', true],
    ['DateEquals', '2026-11-22T11:00:00+01:00', '2026-11-22T10:00:00Z', true],
    ['DateNotEquals', '2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z', false],
    ['DateLessThan', 'tomorrow', '2026-11-22T10:00:00Z', false],
    ['Bool', 'true', 'true', true],
    ['Bool', true, 'TRUE', true],
    ['Bool', 'false', 'true', false],
    ['Bool', 'true', undefined, false],
    ['BoolIfExists', 'true', undefined, true],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['IpAddress', '203.0.113.0/24', '203.0.113.200', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.1', false],
    ['IpAddress', '203.0.113.7', '203.0.113.7', true],
    ['IpAddress', '2001:db8::/32', '2001:db8:1::5', true],
    ['IpAddress', '2001:db8::/32', '2001:db9::5', false],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
    ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
    ['NotIpAddress', '203.0.113.0/24', '203.0.113.1', false],
    ['ArnEquals', 'arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:role/a/b', true],
    ['ArnLike', 'arn:aws:iam::*:role/Deploy', 'arn:aws:iam::111122223333:role/Deploy', true],
    ['ArnLike', 'arn:aws:iam::111122223333:role/Deploy', 'arn:aws:iam::111122223333:role/deploy', false],
    ['ArnNotLike', 'arn:aws:iam::*:role/Deploy', 'arn:aws:iam::111122223333:role/Deploy', false],
    ['ArnNotEquals', 'arn:aws:iam::111122223333:role/x', undefined, true],
    ['ArnLike', 'arn:aws:*:111122223333:role/x', 'arn:aws:iam::111122223333:role/x', false],
    ['ArnLike', 'arn:aws:iam:*', 'arn:aws:iam::111122223333:role/x', true],
    ['ArnLike', '*', 'arn:aws:iam::111122223333:role/x', true],
    ['ArnLike', 'arn:*', 'not an ARN', false],
    ['Null', 'true', undefined, true],
    ['Null', 'true', 'x', false],
    ['Null', 'false', 'x', true],
    ['Null', false, undefined, false],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['x', 'b'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['x', 'y'], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], undefined, false],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
    ['ForAnyValue:StringNotEquals', ['a'], ['a'], false],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringEquals', ['a', 'b'], undefined, true],
    ['ForAllValues:StringEquals', ['a', 'b'], [''], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', ''], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], [''], false],
    ['ForAllValues:StringLike', ['a*'], ['ab', 'ac'], true],
    ['ForAllValues:StringNotLike', ['a*'], ['b', 'c'], true],
    ['ForAllValues:StringNotLike', ['a*'], ['b', 'ab'], false],
  ])('%s %j on %j is %s', (operator, policy, request, expected) => {
    expect(holds(operator, 'aws:TestKey', policy, request === undefined ? {} : { 'aws:testkey': request })).toBe(
      expected,
    );
  });

  test('keys are compared without regard to case; all conditions must hold', () => {
    expect(holds('StringEquals', 'AWS:TestKey', 'a', { 'aws:testKEY': 'a' })).toBe(true);
    const both = { StringEquals: { 'aws:a': '1', 'aws:b': '2' } };
    const policies = { identity: [identity(allow('*', '*', { Condition: both }))] };
    expect(decision(policies, { context: { 'aws:a': '1', 'aws:b': '2' } })).toBe('allowed');
    expect(decision(policies, { context: { 'aws:a': '1', 'aws:b': '3' } })).toBe('implicitDeny');
  });

  test('variables work in conditions, and an unknown one fits nothing', () => {
    expect(holds('StringEquals', 'aws:a', '${aws:b}', { 'aws:a': 'x', 'aws:b': 'x' })).toBe(true);
    expect(holds('StringEquals', 'aws:a', '${aws:b}', { 'aws:a': '' })).toBe(false);
    expect(holds('StringLike', 'aws:a', '${aws:b}-*', { 'aws:a': 'x-1', 'aws:b': 'x' })).toBe(true);
    expect(holds('StringLike', 'aws:a', '${aws:b}', { 'aws:a': 'anything', 'aws:b': '*' })).toBe(false);
    expect(holds('StringNotEquals', 'aws:a', '${aws:b}', { 'aws:a': 'x' })).toBe(true);
  });

  test('adding a deny never allows more; adding an allow never less', () => {
    const action = fc.constantFrom('s3:GetObject', 's3:PutObject', 'iam:CreateRole');
    const statement = fc.record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      Action: fc.constantFrom('*', 's3:*', 's3:Get*', 'iam:CreateRole'),
      Resource: fc.constantFrom('*', 'arn:aws:s3:::bucket/*', 'arn:aws:s3:::other/*'),
    });
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 5 }), statement, action, (list, added, asked) => {
        const before = decision({ identity: [identity(...list)] }, { action: asked });
        const after = decision({ identity: [identity(...list, added)] }, { action: asked });
        if (added.Effect === 'Deny' && before !== 'allowed') expect(after).not.toBe('allowed');
        if (added.Effect === 'Allow' && before === 'allowed') expect(after).toBe('allowed');
        if (before === 'explicitDeny') expect(after).toBe('explicitDeny');
      }),
      { numRuns: fuzzRuns(500) },
    );
  });
});
