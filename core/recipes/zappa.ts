import type { Recipe } from './recipe';

const withUser = { parameter: 'makeUser', is: 'yes' } as const;
const executionRoleArn = 'arn:{{partition}}:iam::{{accountId}}:role/{{executionRole}}';
const bucketArn = 'arn:{{partition}}:s3:::{{bucket}}';
const names = {
  pattern: '[\\w+=,.@-]{1,64}',
  patternWords: 'A name has 64 letters, digits and + = , . @ - _ at most.',
} as const;

/** Python applications on Lambda with Zappa: what they run as, and what deploys them. */
export const zappa: Recipe = {
  id: 'zappa',
  title: 'Serverless Python (Zappa)',
  summary: 'Deploy Python applications to Lambda with Zappa',
  description:
    'The role that functions run with, the bucket that code is uploaded to, and the rights to deploy: for a role that is assumed, and for a user with a key where one is wanted.',
  icon: 'bolt',
  reach: 3,
  lets: [
    'Create, change and delete Lambda functions and their schedules',
    'Manage API Gateway, CloudFormation stacks and DNS records',
    'Upload code to one bucket',
    'Hand the execution role to Lambda',
  ],
  doesNotLet: [
    'Make other users, roles or policies',
    'Change any role but the execution role',
    'Touch any other bucket',
  ],
  watchOut: [
    'Who deploys a function decides what runs with the execution role’s rights.',
    'The user’s access key does not expire by itself. Make it only for tools that cannot assume a role.',
  ],
  facts: [
    { term: 'Makes', text: '2 roles, 3 policies, 1 bucket; on request a group, a user and its key' },
    { term: 'Asks you for', text: 'names, and whether a user is wanted' },
    { term: 'Safer than', text: 'a key with administrator rights in a file' },
    { term: 'Session', text: '1 h at most, external ID on' },
  ],
  note: {
    title: 'When snags do not end',
    text: 'An account of its own with “Deployment service” contains the whole experiment, and is closed when it is over.',
  },
  customizable: false,
  defaults: { roleName: 'ZappaDeploy', path: '/', maxSessionDuration: 3600, managedPolicies: [] },
  parameters: [
    {
      kind: 'text',
      id: 'executionRole',
      label: 'Execution role',
      help: 'What the functions run as.',
      default: 'ZappaDjangoRole',
      ...names,
    },
    {
      kind: 'text',
      id: 'bucket',
      label: 'Bucket for code',
      help: 'Zappa uploads packages to it. Bucket names are unique among all accounts of AWS.',
      default: 'zappa-{{accountId}}',
      pattern: '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]',
      patternWords: 'A bucket name has 3 to 63 small letters, digits, dots and hyphens.',
    },
    {
      kind: 'toggle',
      id: 'makeBucket',
      label: 'Make the bucket',
      help: 'Off when it is there already.',
      default: 'yes',
    },
    {
      kind: 'toggle',
      id: 'makeUser',
      label: 'Also make a user with an access key',
      help: 'As Zappa’s own guides do. Its secret goes into the keychain; it never expires by itself.',
      default: 'no',
    },
    {
      kind: 'text',
      id: 'group',
      label: 'Group',
      help: 'Carries the rights of the user.',
      default: 'ZappaGroup',
      ...names,
      when: withUser,
    },
    {
      kind: 'text',
      id: 'user',
      label: 'User',
      help: 'Has the access key and no policy of its own.',
      default: 'ZappaUser',
      ...names,
      when: withUser,
    },
  ],
  resources: [
    {
      kind: 'policy',
      name: 'ZappaRolePolicy',
      description: 'What Zappa functions may do.',
      document: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Logs', Effect: 'Allow', Action: 'logs:*', Resource: 'arn:{{partition}}:logs:*:*:*' },
          {
            Sid: 'Lambda',
            Effect: 'Allow',
            Action: ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration', 'lambda:InvokeFunction'],
            Resource: 'arn:{{partition}}:lambda:*:{{accountId}}:function:*',
          },
          {
            Sid: 'Tracing',
            Effect: 'Allow',
            Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
            Resource: '*',
          },
          {
            Sid: 'PrivateNetworks',
            Effect: 'Allow',
            Action: [
              'ec2:AttachNetworkInterface',
              'ec2:CreateNetworkInterface',
              'ec2:DeleteNetworkInterface',
              'ec2:DescribeInstances',
              'ec2:DescribeSecurityGroups',
              'ec2:DescribeNetworkInterfaces',
              'ec2:DetachNetworkInterface',
              'ec2:ModifyNetworkInterfaceAttribute',
              'ec2:ResetNetworkInterfaceAttribute',
            ],
            Resource: '*',
          },
          { Sid: 'Buckets', Effect: 'Allow', Action: 's3:*', Resource: 'arn:{{partition}}:s3:::*' },
          { Sid: 'Streams', Effect: 'Allow', Action: 'kinesis:*', Resource: 'arn:{{partition}}:kinesis:*:*:*' },
          { Sid: 'Topics', Effect: 'Allow', Action: 'sns:*', Resource: 'arn:{{partition}}:sns:*:*:*' },
          { Sid: 'Queues', Effect: 'Allow', Action: 'sqs:*', Resource: 'arn:{{partition}}:sqs:*:*:*' },
          { Sid: 'Tables', Effect: 'Allow', Action: 'dynamodb:*', Resource: 'arn:{{partition}}:dynamodb:*:*:*' },
          { Sid: 'Names', Effect: 'Allow', Action: 'route53:*', Resource: '*' },
        ],
      },
    },
    {
      kind: 'role',
      name: '{{executionRole}}',
      description: 'Zappa functions run as this role.',
      trust: {
        Version: '2012-10-17',
        Statement: [
          // Of the three only Lambda says that it names the account it acts for (Lambda Developer Guide, "Working with AWS
          // managed policies in the execution role"); asking the others for it could shut them out.
          {
            Sid: 'ZappaFunctions',
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': '{{accountId}}' } },
          },
          {
            Sid: 'ZappaServices',
            Effect: 'Allow',
            Principal: { Service: ['apigateway.amazonaws.com', 'events.amazonaws.com'] },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      attached: [{ policy: '{{policy:ZappaRolePolicy}}' }],
    },
    {
      kind: 'policy',
      name: 'ZappaUserGeneralPolicy',
      description: 'What deploys Zappa applications may do.',
      attachToAccessRole: true,
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'TheExecutionRoleOnly',
            Effect: 'Allow',
            Action: ['iam:GetRole', 'iam:PutRolePolicy'],
            Resource: executionRoleArn,
          },
          {
            Sid: 'HandItToLambda',
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: executionRoleArn,
            Condition: {
              StringEquals: {
                'iam:PassedToService': ['lambda.amazonaws.com', 'apigateway.amazonaws.com', 'events.amazonaws.com'],
              },
            },
          },
          {
            Sid: 'Deploy',
            Effect: 'Allow',
            Action: [
              'apigateway:DELETE',
              'apigateway:GET',
              'apigateway:PATCH',
              'apigateway:POST',
              'apigateway:PUT',
              'cloudformation:CreateStack',
              'cloudformation:DeleteStack',
              'cloudformation:DescribeStackResource',
              'cloudformation:DescribeStacks',
              'cloudformation:ListStackResources',
              'cloudformation:UpdateStack',
              'events:DeleteRule',
              'events:DescribeRule',
              'events:ListRules',
              'events:ListRuleNamesByTarget',
              'events:ListTargetsByRule',
              'events:PutRule',
              'events:PutTargets',
              'events:RemoveTargets',
              'lambda:*',
              'logs:DescribeLogStreams',
              'logs:FilterLogEvents',
              'route53:ListHostedZones',
              'route53:ChangeResourceRecordSets',
              'route53:GetHostedZone',
            ],
            Resource: '*',
          },
        ],
      },
    },
    {
      kind: 'policy',
      name: 'ZappaUserS3Policy',
      description: 'The bucket that Zappa uploads code to.',
      attachToAccessRole: true,
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'TheBucket',
            Effect: 'Allow',
            Action: ['s3:ListBucket', 's3:ListBucketMultipartUploads'],
            Resource: bucketArn,
          },
          {
            Sid: 'ItsObjects',
            Effect: 'Allow',
            Action: [
              's3:DeleteObject',
              's3:GetObject',
              's3:PutObject',
              's3:AbortMultipartUpload',
              's3:ListMultipartUploadParts',
            ],
            Resource: `${bucketArn}/*`,
          },
        ],
      },
    },
    { kind: 'bucket', name: '{{bucket}}', exists: { parameter: 'makeBucket', is: 'no' } },
    {
      kind: 'group',
      name: '{{group}}',
      when: withUser,
      attached: [{ policy: '{{policy:ZappaUserGeneralPolicy}}' }, { policy: '{{policy:ZappaUserS3Policy}}' }],
    },
    { kind: 'user', name: '{{user}}', when: withUser, group: '{{group}}', accessKey: true },
  ],
  outputs: [
    { term: 'Role to deploy with', text: '{{roleArn}}' },
    { term: 'Execution role', text: executionRoleArn },
    { term: 'Bucket', text: '{{bucket}} in {{region}}' },
    { term: 'User', text: 'arn:{{partition}}:iam::{{accountId}}:user/{{user}}', when: withUser },
  ],
  guide: [
    {
      title: 'Tell Zappa the role, the bucket and the Region',
      text: 'In zappa_settings.json: "role_name", "s3_bucket" and "aws_region"; "manage_roles": false, because the role is there.',
    },
  ],
  corrections: [
    {
      found: 'iam:PutRolePolicy on every role, with which a deployer can give itself any right',
      here: 'Only the execution role may be read and changed.',
    },
    { found: 's3:CreateMultipartUpload, which is no action of IAM', here: 's3:PutObject covers it.' },
    {
      found: 's3:ListBucketMultipartUploads on objects',
      here: 'It is allowed on the bucket, where it means something.',
    },
    { found: 'iam:PassRole for any service', here: 'Only to the three services that run the application.' },
  ],
  snippets: [
    {
      title: 'Deploy with Zappa',
      language: 'shell',
      text: ['export AWS_PROFILE={{profile}} AWS_DEFAULT_REGION={{region}}', 'zappa deploy <stage>'].join('\n'),
    },
    {
      title: 'Update with Zappa',
      language: 'shell',
      text: ['export AWS_PROFILE={{profile}} AWS_DEFAULT_REGION={{region}}', 'zappa update <stage>'].join('\n'),
    },
  ],
  permissionMap: [
    { service: 'Lambda', list: 'all', read: 'all', write: 'all', grant: 'some' },
    { service: 'API Gateway, CloudFormation', list: 'all', read: 'all', write: 'all', grant: 'none' },
    { service: 'S3, one bucket', list: 'some', read: 'some', write: 'some', grant: 'none' },
    { service: 'IAM, one role', list: 'none', read: 'some', write: 'some', grant: 'risky' },
  ],
  checks: {
    mustAllow: ['lambda:CreateFunction', 'cloudformation:CreateStack', 'events:PutRule', 'route53:ListHostedZones'],
    mustNotAllow: ['iam:CreateUser', 'iam:AttachRolePolicy', 'iam:PassRole', 's3:DeleteBucket'],
  },
};
