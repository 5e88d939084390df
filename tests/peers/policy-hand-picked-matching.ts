import { allow, anna, deny, file, handPicked, policy, type Context, type HandPicked } from './policy-hand-picked';
import { home, type Statement } from './policy-oracle-support';

const orders = `arn:aws:dynamodb:eu-west-1:${home}:table/Orders`;
const group = `arn:aws:logs:eu-west-1:${home}:log-group:app:log-stream:1`;

const says = (
  name: string,
  expected: HandPicked['expected'],
  statements: readonly Statement[],
  more: {
    readonly action?: string;
    readonly resource?: string;
    readonly context?: Context;
    readonly oracleDiffers?: string;
  } = {},
): HandPicked => handPicked(name, expected, { identity: [policy(...statements)], ...more });

const actions: readonly HandPicked[] = [
  says('actions do not mind the case', 'allowed', [allow('S3:GETOBJECT')]),
  says('a wildcard in an action', 'allowed', [allow('s3:Get*')]),
  says('a wildcard within an action', 'allowed', [allow('s3:*Object')]),
  says('a question mark is one character', 'allowed', [allow('s3:Get?bject')]),
  says('a question mark is not none', 'implicitDeny', [allow('s3:GetObject?')]),
  says('an action fits as a whole, not its beginning', 'implicitDeny', [allow('s3:Get')]),
  says('a prefix belongs to its service', 'implicitDeny', [allow('s3-object-lambda:*')]),
  says('NotAction with Allow gives everything else', 'allowed', [
    { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
  ]),
  says('NotAction with Allow does not give what it names', 'implicitDeny', [
    { Effect: 'Allow', NotAction: ['s3:Get*', 'iam:*'], Resource: '*' },
  ]),
  says('NotAction with Allow denies nothing: another statement may give it', 'allowed', [
    { Effect: 'Allow', NotAction: 's3:*', Resource: '*' },
    allow('s3:GetObject'),
  ]),
  says('NotAction with Deny denies everything else', 'explicitDeny', [
    allow(),
    { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' },
  ]),
  says('NotAction with Deny gives nothing', 'implicitDeny', [{ Effect: 'Deny', NotAction: 's3:*', Resource: '*' }]),
  says('NotAction minds its resource: another bucket is not given', 'implicitDeny', [
    { Effect: 'Allow', NotAction: 'iam:*', Resource: 'arn:aws:s3:::other/*' },
  ]),
];

const resources: readonly HandPicked[] = [
  says('a resource minds the case', 'implicitDeny', [allow('*', 'arn:aws:s3:::Tidewater/*')]),
  says('* covers slashes', 'allowed', [allow('*', 'arn:aws:s3:::tidewater/*.zip')]),
  says('? is one character', 'allowed', [allow('*', 'arn:aws:s3:::tidewater/releases/?.zip')]),
  says('? is not two', 'implicitDeny', [allow('*', 'arn:aws:s3:::tidewater/releases?.zip')]),
  says('a bucket is not its objects', 'implicitDeny', [allow('*', 'arn:aws:s3:::tidewater')]),
  says('objects are not their bucket', 'implicitDeny', [allow('*', 'arn:aws:s3:::tidewater/*')], {
    action: 's3:ListBucket',
    resource: 'arn:aws:s3:::tidewater',
  }),
  says('a wildcard in the region and account', 'allowed', [allow('*', 'arn:aws:dynamodb:*:*:table/Orders')], {
    action: 'dynamodb:GetItem',
    resource: orders,
  }),
  says('another account in the pattern', 'implicitDeny', [allow('*', 'arn:aws:dynamodb:*:999988887777:table/*')], {
    action: 'dynamodb:GetItem',
    resource: orders,
  }),
  says('an empty field is not a wildcard', 'implicitDeny', [allow('*', `arn:aws:dynamodb::${home}:table/Orders`)], {
    action: 'dynamodb:GetItem',
    resource: orders,
  }),
  says('in the last field * covers colons', 'allowed', [allow('*', `arn:aws:logs:eu-west-1:${home}:log-group:app:*`)], {
    action: 'logs:GetLogEvents',
    resource: group,
  }),
  says(
    'a wildcard that does not end its field stays in it',
    'implicitDeny',
    [allow('*', 'arn:aws:dynamodb:*t-1:table/Orders')],
    {
      action: 'dynamodb:GetItem',
      resource: orders,
    },
  ),
  says(
    'a wildcard that ends its field reaches over colons',
    'allowed',
    [allow('*', 'arn:aws:dynamodb:*:table/Orders')],
    {
      action: 'dynamodb:GetItem',
      resource: orders,
      oracleDiffers:
        'It compares field by field. IAM User Guide, “IAM JSON policy elements: Resource”: a * that ends a segment can match beyond the colons.',
    },
  ),
  says('… in a denial too', 'explicitDeny', [allow(), deny('*', 'arn:aws:dynamodb:*:table/Orders')], {
    action: 'dynamodb:GetItem',
    resource: orders,
    oracleDiffers:
      'It compares field by field. IAM User Guide, “IAM JSON policy elements: Resource”: a * that ends a segment can match beyond the colons.',
  }),
  says('a short form with a wildcard covers the rest', 'allowed', [allow('*', 'arn:aws:s3:*')]),
  says('an action without a resource wants *', 'implicitDeny', [allow('s3:ListAllMyBuckets', 'arn:aws:s3:::*')], {
    action: 's3:ListAllMyBuckets',
    resource: '*',
  }),
  says('an action without a resource, given on *', 'allowed', [allow('s3:ListAllMyBuckets')], {
    action: 's3:ListAllMyBuckets',
    resource: '*',
  }),
  says('NotResource with Allow gives everything else', 'allowed', [
    { Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::secret/*' },
  ]),
  says('NotResource with Allow does not give what it names', 'implicitDeny', [
    { Effect: 'Allow', Action: 's3:*', NotResource: ['arn:aws:s3:::secret/*', 'arn:aws:s3:::tidewater/*'] },
  ]),
  says('NotResource with Deny denies everything else', 'explicitDeny', [
    allow(),
    { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::secret/*' },
  ]),
  says('NotResource with Deny leaves what it names', 'allowed', [
    allow(),
    { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::tidewater/*' },
  ]),
];

const own = 'arn:aws:s3:::tidewater/${aws:username}/*';
const ofAnna = 'arn:aws:s3:::tidewater/anna/a.zip';
const username = { 'aws:username': 'anna' };
const team = 'aws:PrincipalTag/team';

const variables: readonly HandPicked[] = [
  says('a variable in a resource', 'allowed', [allow('s3:*', own)], { resource: ofAnna, context: username }),
  says('a variable of another user', 'implicitDeny', [allow('s3:*', own)], {
    resource: 'arn:aws:s3:::tidewater/bob/a.zip',
    context: username,
  }),
  says(
    'names of variables do not mind the case',
    'allowed',
    [allow('s3:*', 'arn:aws:s3:::tidewater/${AWS:UserName}/*')],
    {
      resource: ofAnna,
      context: username,
    },
  ),
  says('a wildcard in a variable’s value is text', 'implicitDeny', [allow('s3:*', own)], {
    resource: ofAnna,
    context: { 'aws:username': '*' },
  }),
  says('a variable without a value fits no resource', 'implicitDeny', [allow('s3:*', own)], {
    resource: 'arn:aws:s3:::tidewater//a.zip',
  }),
  says(
    '… and in NotResource names none: all are denied',
    'explicitDeny',
    [allow(), { Effect: 'Deny', Action: 's3:*', NotResource: own }],
    {
      resource: ofAnna,
      oracleDiffers:
        'It takes the statement for not fitting. IAM User Guide, “Policy variables with no value”: such a resource matches no resource, so NotResource names none.',
    },
  ),
  says(
    'a default stands in for a variable without a value',
    'allowed',
    [allow('s3:*', "arn:aws:s3:::tidewater/${aws:PrincipalTag/team, 'everyone'}/*")],
    { resource: 'arn:aws:s3:::tidewater/everyone/a.zip' },
  ),
  says(
    'a default does not stand in for a value',
    'implicitDeny',
    [allow('s3:*', "arn:aws:s3:::tidewater/${aws:PrincipalTag/team, 'everyone'}/*")],
    { resource: 'arn:aws:s3:::tidewater/everyone/a.zip', context: { [team]: 'data' } },
  ),
  says('${*} is an asterisk', 'allowed', [allow('s3:*', 'arn:aws:s3:::tidewater/a${*}b')], {
    resource: 'arn:aws:s3:::tidewater/a*b',
  }),
  says('${*} is no wildcard', 'implicitDeny', [allow('s3:*', 'arn:aws:s3:::tidewater/a${*}b')], {
    resource: 'arn:aws:s3:::tidewater/axb',
  }),
  says('${?} is a question mark', 'allowed', [allow('s3:*', 'arn:aws:s3:::tidewater/a${?}b')], {
    resource: 'arn:aws:s3:::tidewater/a?b',
  }),
  says('${?} is no wildcard', 'implicitDeny', [allow('s3:*', 'arn:aws:s3:::tidewater/a${?}b')], {
    resource: 'arn:aws:s3:::tidewater/axb',
  }),
  says('${$} is a dollar', 'allowed', [allow('s3:*', 'arn:aws:s3:::tidewater/${$}5')], {
    resource: 'arn:aws:s3:::tidewater/$5',
  }),
  says(
    '${*} in StringLike is an asterisk',
    'implicitDeny',
    [allow('s3:*', '*', { Condition: { StringLike: { [team]: 'a${*}' } } })],
    { context: { [team]: 'ab' } },
  ),
  says(
    'a variable in a condition',
    'allowed',
    [allow('s3:*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/name': '${aws:username}' } } })],
    { context: { ...username, 'aws:PrincipalTag/name': 'anna' } },
  ),
  says(
    'StringEquals with a variable without a value is false',
    'implicitDeny',
    [allow('s3:*', '*', { Condition: { StringEquals: { [team]: '${aws:PrincipalTag/city}' } } })],
    { context: { [team]: 'a' } },
  ),
  says(
    'StringNotEquals with a variable without a value is true',
    'allowed',
    [allow('s3:*', '*', { Condition: { StringNotEquals: { [team]: '${aws:PrincipalTag/city}' } } })],
    {
      context: { [team]: 'a' },
      oracleDiffers:
        'It answers false. IAM User Guide, “Policy variables with no value”: inverted operators do match against a null value.',
    },
  ),
  says(
    'StringLike: a wildcard in a variable’s value is text',
    'implicitDeny',
    [allow('s3:*', '*', { Condition: { StringLike: { [team]: '${aws:PrincipalTag/city}' } } })],
    { context: { [team]: 'anything', 'aws:PrincipalTag/city': '*' } },
  ),
  says(
    'a variable in an ARN condition',
    'allowed',
    [allow('s3:*', '*', { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/${aws:username}' } } })],
    { context: { ...username, 'aws:PrincipalArn': anna } },
  ),
  says(
    'a key with several values is no variable',
    'implicitDeny',
    [allow('s3:*', 'arn:aws:s3:::tidewater/${aws:TagKeys}/*')],
    { resource: 'arn:aws:s3:::tidewater/a/b', context: { 'aws:TagKeys': ['a', 'b'] } },
  ),
];

const version =
  'It reads variables in every version. IAM User Guide, “IAM JSON policy elements: Version”: before 2012-10-17 they are text.';
const old = (...statements: readonly Statement[]) => ({ Version: '2008-10-17', Statement: statements });

const versions: readonly HandPicked[] = [
  handPicked('version 2008-10-17: a variable is text', 'implicitDeny', {
    identity: [old(allow('s3:*', own))],
    resource: ofAnna,
    context: username,
    oracleDiffers: version,
  }),
  handPicked('version 2008-10-17: a variable in a condition is text', 'allowed', {
    identity: [old(allow('s3:*', '*', { Condition: { StringEquals: { [team]: '${aws:username}' } } }))],
    context: { ...username, [team]: '${aws:username}' },
    oracleDiffers: version,
  }),
  handPicked('version 2008-10-17: wildcards are wildcards all the same', 'allowed', {
    identity: [old(allow('s3:Get*', 'arn:aws:s3:::tide*'))],
    resource: file,
  }),
];

export const matchingCases: readonly HandPicked[] = [...actions, ...resources, ...variables, ...versions];
