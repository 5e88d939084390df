import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutOf } from '../../../../core/domain/narrowing/cut';
import { narrowPolicy } from '../../../../core/domain/narrowing/narrow-policy';
import type { NarrowingChoice, ServiceUsage } from '../../../../core/domain/narrowing/usage';
import type { ServiceActions } from '../../../../core/domain/permissions/action-levels';
import { parsePolicyDocument } from '../../../../core/domain/policy-document';
import { compilePolicy, evaluate } from '../../../../core/domain/policy-evaluation';
import { fuzzRuns } from '../../../support/fuzz-runs';

const now = Date.UTC(2026, 5, 1);
const dayMs = 86_400_000;
const choice: NarrowingChoice = { unusedForDays: 90, level: 'actions', keep: [] };

function service(prefix: string, write: readonly string[], read: readonly string[]): ServiceActions {
  return { prefix, name: prefix, actions: { list: [], read, write, permissions: [], tagging: [] } };
}

const services: readonly ServiceActions[] = [
  service('s3', ['PutObject', 'PutBucketPolicy', 'PutBucketAcl', 'DeleteBucket'], ['GetObject', 'GetBucketAcl']),
  service('iam', ['CreateRole', 'DeleteRole', 'PassRole'], ['GetRole']),
  service('lambda', ['CreateFunction', 'InvokeFunction'], ['GetFunction']),
  service('ec2', ['RunInstances'], ['DescribeInstances']),
];

function used(
  namespace: string,
  daysAgo: number | undefined,
  actions: Record<string, number | undefined> = {},
): ServiceUsage {
  const at = (days: number | undefined) => (days === undefined ? {} : { lastAt: now - days * dayMs });
  return {
    ...{ namespace, name: namespace, ...at(daysAgo) },
    actions: Object.entries(actions).map(([name, days]) => ({ name, ...at(days) })),
  };
}

function narrowed(statement: object | object[], usage: readonly ServiceUsage[], how = choice): unknown {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  const result = narrowPolicy(text, cutOf(usage, services, how, now));
  return result.kind === 'smaller' ? (JSON.parse(result.document) as { Statement: unknown }).Statement : result.kind;
}

const allow = (Action: string | string[], rest: object = { Resource: '*' }) => ({ Effect: 'Allow', Action, ...rest });

describe('a policy without what was not used', () => {
  test('leaves of everything what was used, and the passing of roles on', () => {
    expect(narrowed(allow('*'), [used('s3', 3), used('ec2', 120), used('lambda', undefined), used('iam', 1)])).toEqual([
      allow(['iam:*', 's3:*']),
    ]);
    expect(narrowed(allow('*'), [used('s3', 3), used('iam', undefined)])).toEqual([allow(['s3:*', 'iam:PassRole'])]);
    expect(narrowed(allow('*'), [used('s3', 91), used('iam', undefined)])).toBe('nothing');
  });

  test('takes a service out of a list, and keeps resource, condition, Sid and place', () => {
    const rest = { Resource: 'arn:aws:s3:::one/*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
    expect(
      narrowed(
        [{ Sid: 'One', ...allow(['s3:GetObject', 'ec2:*'], rest) }, allow('ec2:RunInstances'), allow('s3:Put*')],
        [used('s3', 3), used('ec2', undefined)],
      ),
    ).toEqual([{ Sid: 'One', ...allow('s3:GetObject', rest) }, allow('s3:Put*')]);
  });

  test('takes single actions that are kept track of, and writes the others as short as they were', () => {
    const usage = [used('s3', 1, { PutBucketPolicy: undefined, PutBucketAcl: 100, GetBucketAcl: 2 })];
    expect(narrowed(allow('s3:*'), usage)).toEqual([allow(['s3:DeleteBucket', 's3:Get*', 's3:PutObject'].sort())]);
    expect(narrowed(allow('s3:Put*'), usage)).toEqual([allow('s3:PutObject')]);
    expect(narrowed(allow(['s3:PutBucketAcl', 's3:GetObject']), usage)).toEqual([allow('s3:GetObject')]);
    expect(narrowed(allow('s3:PutBucketAcl'), usage)).toBe('nothing');
    expect(narrowed(allow('s3:*'), usage, { ...choice, level: 'services' })).toBe('same');
  });

  test('what a person keeps stays', () => {
    const usage = [used('s3', 1, { PutBucketPolicy: undefined, PutBucketAcl: undefined }), used('ec2', undefined)];
    const keep = ['ec2', 's3:PutBucketPolicy'];
    expect(narrowed(allow(['s3:Put*', 'ec2:*']), usage, { ...choice, keep })).toEqual([
      allow(['s3:PutBucketPolicy', 's3:PutObject', 'ec2:*']),
    ]);
  });

  test('turns all but some into what was used of it', () => {
    const but = (NotAction: string[]) => ({ Effect: 'Allow', NotAction, Resource: '*' });
    const usage = [used('s3', 1), used('lambda', 1), used('ec2', undefined), used('iam', undefined)];
    expect(narrowed(but(['iam:*', 's3:Put*']), usage)).toEqual([allow(['lambda:*', 's3:DeleteBucket', 's3:Get*'])]);
    expect(narrowed(but(['ec2:*']), usage)).toEqual([allow(['lambda:*', 's3:*', 'iam:PassRole'])]);
  });

  test('leaves denials, services that AWS did not tell of, and what is no policy', () => {
    const deny = { Effect: 'Deny', Action: 'ec2:*', Resource: '*' };
    expect(narrowed([deny, allow('ec2:*')], [used('ec2', undefined)])).toEqual([deny]);
    expect(narrowed(allow('kms:*'), [used('s3', undefined)])).toBe('same');
    expect(narrowPolicy('{"Statement":', cutOf([], services, choice, now))).toEqual({ kind: 'unread' });
  });
});

describe('whatever the policy and the use', () => {
  const every = services.flatMap(({ actions, prefix }) =>
    Object.values(actions)
      .flat()
      .map((name) => ({ namespace: prefix, name, action: `${prefix}:${name}` })),
  );
  const pattern = fc.constantFrom(
    ...['*', '*', 's3:*', 's3:Put*', 's3:P*t*', 's3:Get?bject', 'S3:getobject', 'iam:*', 'iam:Pass*'],
    ...['iam:CreateRole', 'lambda:*', 'lambda:*Function', 'ec2:Run*', 'kms:*'],
  );
  const statement = fc.record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    element: fc.constantFrom('Action', 'Action', 'Action', 'NotAction'),
    patterns: fc.array(pattern, { minLength: 1, maxLength: 4 }),
  });
  const days = fc.constantFrom(1, 89, 91, 300, undefined);
  const usage = fc.tuple(
    ...services.map(({ actions, prefix }) => {
      const names = Object.values(actions)
        .flat()
        .filter((name) => name !== 'PassRole');
      return fc
        .record({
          at: days,
          each: fc.array(days, { minLength: names.length, maxLength: names.length }),
          told: fc.boolean(),
        })
        .map(({ at, each, told }) =>
          used(prefix, at, told ? Object.fromEntries(names.map((name, i) => [name, each[i]])) : {}),
        );
    }),
  );

  const allows = (text: string | undefined, action: string): boolean => {
    if (text === undefined) return false;
    const read = parsePolicyDocument(text, 'identity');
    if (!read.ok) throw new Error(read.message);
    const { decision } = evaluate(
      {
        ...{ action, resource: 'arn:aws:s3:::one', resourceAccountId: '222233334444', context: new Map() },
        caller: { kind: 'user', accountId: '222233334444', arn: 'arn:aws:iam::222233334444:user/one' },
      },
      { identity: [compilePolicy('one', read.document)] },
    );
    return decision === 'allowed';
  };

  test('nothing more is allowed than before, what is in use or unknown stays, and what is unused goes', () => {
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1, maxLength: 3 }),
        usage,
        fc.boolean(),
        (statements, told, single) => {
          const how: NarrowingChoice = { ...choice, level: single ? 'actions' : 'services' };
          const before = JSON.stringify({
            Version: '2012-10-17',
            Statement: statements.map(({ effect, element, patterns }) => ({
              ...{ Effect: effect, [element]: patterns, Resource: '*' },
            })),
          });
          const result = narrowPolicy(before, cutOf(told, services, how, now));
          const after = result.kind === 'same' ? before : result.kind === 'smaller' ? result.document : undefined;
          const isLate = (at: number | undefined) => at === undefined || at < now - 90 * dayMs;
          const isAnyKept = told.some(({ lastAt }) => !isLate(lastAt));
          for (const { action, name, namespace } of every) {
            const of = told.find((one) => one.namespace === namespace);
            const tracked = of?.actions.find((one) => one.name === name);
            const goes = isLate(of?.lastAt) || (single && tracked !== undefined && isLate(tracked.lastAt));
            const stays = action === 'iam:PassRole' ? isAnyKept : !goes;
            expect([action, allows(after, action)]).toEqual([action, allows(before, action) && stays]);
          }
          expect(allows(after, 'kms:Decrypt') && !allows(before, 'kms:Decrypt')).toBe(false);
        },
      ),
      { numRuns: fuzzRuns(500) },
    );
  });
});
