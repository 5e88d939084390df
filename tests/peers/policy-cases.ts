import fc from 'fast-check';
import { home, other, type Document, type OracleCase, type Statement } from './policy-oracle-support';

/** Actions with the resources that they act on. */
const questions = [
  {
    action: 's3:GetObject',
    resources: ['arn:aws:s3:::tidewater/a.zip', 'arn:aws:s3:::tidewater/deep/b.zip', 'arn:aws:s3:::other/a.zip'],
  },
  { action: 's3:PutObject', resources: ['arn:aws:s3:::tidewater/a.zip', 'arn:aws:s3:::other/c'] },
  { action: 's3:ListBucket', resources: ['arn:aws:s3:::tidewater', 'arn:aws:s3:::other'] },
  { action: 'iam:GetRole', resources: [`arn:aws:iam::${home}:role/Deploy`, `arn:aws:iam::${home}:role/team/Audit`] },
  { action: 'iam:PassRole', resources: [`arn:aws:iam::${home}:role/Deploy`] },
  { action: 'dynamodb:GetItem', resources: [`arn:aws:dynamodb:eu-west-1:${home}:table/Orders`] },
] as const;

const actionPatterns = [
  '*',
  's3:*',
  's3:Get*',
  's3:GetObject',
  'S3:getobject',
  's3:PutObject',
  's3:List*',
  'iam:*',
  'iam:GetRole',
  'iam:Pass?ole',
  'iam:PassRole',
  'dynamodb:*',
  'dynamodb:GetItem',
  'ec2:*',
];
const resourcePatterns = [
  '*',
  'arn:aws:s3:::tidewater',
  'arn:aws:s3:::tidewater/*',
  'arn:aws:s3:::tidewater/?.zip',
  'arn:aws:s3:::*',
  `arn:aws:iam::${home}:role/*`,
  `arn:aws:iam::${home}:role/Deploy`,
  `arn:aws:iam::*:role/team/*`,
  `arn:aws:dynamodb:*:${home}:table/Orders`,
];

const oneOrMore = (values: readonly string[]) =>
  fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }));

const ifExists = (operator: string) => fc.constantFrom(operator, operator, `${operator}IfExists`);

/** Conditions on keys that every request may carry; some are absent from the request on purpose. */
const condition = fc.oneof(
  fc.record({
    operator: fc.constantFrom(
      'StringEquals',
      'StringNotEquals',
      'StringLike',
      'StringNotLike',
      'StringEqualsIgnoreCase',
      'StringEqualsIfExists',
      'StringNotEqualsIfExists',
    ),
    key: fc.constantFrom('aws:PrincipalOrgID', 'aws:PrincipalTag/team'),
    value: fc.constantFrom<string | string[]>('o-abcdefghij', 'platform', 'PLATFORM', 'plat*', ['platform', 'data']),
  }),
  fc.record({
    operator: ifExists('Bool'),
    key: fc.constant('aws:MultiFactorAuthPresent'),
    value: fc.constantFrom('true', 'false'),
  }),
  fc.record({
    operator: fc.constantFrom('IpAddress', 'NotIpAddress', 'IpAddressIfExists'),
    key: fc.constant('aws:SourceIp'),
    value: fc.constantFrom<string | string[]>('203.0.113.0/24', '198.51.100.7/32', ['10.0.0.0/8', '203.0.113.9/32']),
  }),
  fc.record({
    operator: fc.constantFrom('DateLessThan', 'DateGreaterThan', 'DateLessThanEquals', 'DateGreaterThanEquals'),
    key: fc.constantFrom('aws:CurrentTime', 'aws:TokenIssueTime'),
    value: fc.constantFrom('2026-11-22T09:00:00Z', '2026-11-22T08:00:00Z', '2027-01-01T00:00:00Z'),
  }),
  fc.record({
    operator: fc.constantFrom('NumericLessThan', 'NumericGreaterThanEquals', 'NumericEquals'),
    key: fc.constant('aws:MultiFactorAuthAge'),
    value: fc.constantFrom('300', '3600'),
  }),
  fc.record({
    operator: fc.constantFrom('ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'),
    key: fc.constant('aws:PrincipalArn'),
    value: fc.constantFrom(
      `arn:aws:iam::${home}:user/deployer`,
      `arn:aws:iam::*:user/*`,
      `arn:aws:iam::${home}:user/other`,
    ),
  }),
  fc.record({
    operator: fc.constant('Null'),
    key: fc.constantFrom('aws:PrincipalOrgID', 'aws:MultiFactorAuthAge', 'aws:TokenIssueTime'),
    value: fc.constantFrom('true', 'false'),
  }),
);

const conditions = fc.option(
  fc.array(condition, { minLength: 1, maxLength: 2 }).map((list) => {
    const block: Record<string, Record<string, string | string[]>> = {};
    for (const { operator, key, value } of list) (block[operator] ??= {})[key] = value;
    return block;
  }),
  { nil: undefined, freq: 2 },
);

const statement = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    actions: oneOrMore(actionPatterns),
    notAction: fc.constantFrom(false, false, false, true),
    resources: oneOrMore(resourcePatterns),
    notResource: fc.constantFrom(false, false, false, true),
    conditions,
  })
  .map(({ effect, actions, notAction, resources, notResource, conditions: block }): Statement => ({
    Effect: effect,
    [notAction ? 'NotAction' : 'Action']: actions,
    [notResource ? 'NotResource' : 'Resource']: resources,
    ...(block === undefined ? {} : { Condition: block }),
  }));

const document = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((statements): Document => ({ Version: '2012-10-17', Statement: statements }));

/** Without it nearly everything would be refused, and the interesting cases are those in which something is taken away. */
const broad = fc.constant<Document>({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
const mixed = fc.oneof(broad, document);

/** A bucket's policy: says to whom it speaks, and only names the bucket. */
const bucketPolicy = fc
  .array(
    fc.record({
      effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      principal: fc.constantFrom<unknown>(
        '*',
        { AWS: home },
        { AWS: `arn:aws:iam::${home}:root` },
        { AWS: `arn:aws:iam::${home}:user/deployer` },
        { AWS: `arn:aws:iam::${home}:user/other` },
      ),
      actions: oneOrMore(['s3:*', 's3:GetObject', 's3:PutObject', 's3:ListBucket']),
      resources: oneOrMore(['arn:aws:s3:::tidewater', 'arn:aws:s3:::tidewater/*']),
      conditions,
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((list): Document => ({
    Version: '2012-10-17',
    Statement: list.map(({ effect, principal, actions, resources, conditions: block }) => ({
      Effect: effect,
      Principal: principal,
      Action: actions,
      Resource: resources,
      ...(block === undefined ? {} : { Condition: block }),
    })),
  }));

const context = fc
  .record(
    {
      'aws:SourceIp': fc.constantFrom('203.0.113.9', '198.51.100.7', '192.0.2.1'),
      'aws:MultiFactorAuthPresent': fc.constantFrom('true', 'false'),
      'aws:MultiFactorAuthAge': fc.constantFrom('60', '300', '7200'),
      'aws:CurrentTime': fc.constant('2026-11-22T09:00:00Z'),
      'aws:TokenIssueTime': fc.constantFrom('2026-11-22T08:30:00Z', '2026-11-22T07:00:00Z'),
      'aws:PrincipalOrgID': fc.constant('o-abcdefghij'),
      'aws:PrincipalTag/team': fc.constantFrom('platform', 'data', 'Platform'),
    },
    { requiredKeys: ['aws:CurrentTime'] },
  )
  .map((given): Record<string, string> => ({
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Record<string, string>),
    'aws:PrincipalArn': `arn:aws:iam::${home}:user/deployer`,
    'aws:PrincipalAccount': home,
  }));

/** The same cases each time for the same seed. */
export function oracleCases(count: number, seed: number): readonly OracleCase[] {
  const arbitrary = fc
    .record({
      question: fc.constantFrom(...questions),
      pick: fc.nat(2),
      isElsewhere: fc.constantFrom(false, false, true),
      context,
      identity: fc.array(mixed, { minLength: 0, maxLength: 2 }),
      boundary: fc.option(mixed, { nil: undefined, freq: 2 }),
      resourcePolicy: fc.option(bucketPolicy, { nil: undefined }),
      serviceControl: fc.option(
        fc.array(mixed, { minLength: 1, maxLength: 2 }).map((level) => [level]),
        { nil: undefined, freq: 2 },
      ),
    })
    .map(({ question, pick, isElsewhere, ...rest }): OracleCase => {
      const resource = question.resources[pick % question.resources.length] ?? question.resources[0];
      const isBucket = question.action.startsWith('s3:');
      return {
        ...rest,
        principal: `arn:aws:iam::${home}:user/deployer`,
        action: question.action,
        resource,
        resourceAccountId: isBucket && isElsewhere ? other : home,
        ...(isBucket ? {} : { resourcePolicy: undefined }),
      };
    });
  return fc.sample(arbitrary, { numRuns: count, seed });
}
