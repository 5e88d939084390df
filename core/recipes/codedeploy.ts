import type { Recipe } from './recipe';

const bucketInTarget = { parameter: 'bucketSide', is: 'target' } as const;
const bucketInTrusted = { parameter: 'bucketSide', is: 'trusted' } as const;
const full = { parameter: 'rights', is: 'full' } as const;
const hasConsole = { parameter: 'hasConsole', is: 'yes' } as const;

const isThere = { parameter: 'makeBucket', is: 'no' } as const;

const bucketArn = 'arn:{{partition}}:s3:::{{bucket}}';

/** Deployments with CodeDeploy in the target account, started from the trusted one; revisions in a bucket on either side. */
export const codeDeploy: Recipe = {
  id: 'cross-account-codedeploy',
  title: 'Cross-account CodeDeploy',
  summary: 'Deploy revisions with CodeDeploy from another account',
  description:
    'From a development account, CodeDeploy deployments are started in a production account. Applications, deployment groups and instances stay where they are.',
  icon: 'stack',
  reach: 2,
  lets: ['Register and deploy revisions with CodeDeploy', 'Read and write the revision bucket'],
  doesNotLet: ['Touch any other bucket', 'Enter without the external ID', 'Stay longer than one session'],
  watchOut: [
    'A deployment group and its instances belong to one account: they cannot be shared between the two.',
    'The console’s “Switch role” cannot enter a role that asks for an external ID. Open the console from a session instead.',
  ],
  facts: [
    { term: 'Makes', text: '1 role; on request the bucket, an instance profile, a service role' },
    { term: 'Asks you for', text: 'where revisions are stored, and whether groups are managed as well' },
    { term: 'Hands on', text: 'switch-role address, role name with account ID, role ARN' },
    { term: 'Session', text: '1 h at most, external ID on' },
  ],
  customizable: false,
  defaults: { roleName: 'CodeDeployAccess', path: '/', maxSessionDuration: 3600, managedPolicies: [] },
  parameters: [
    {
      kind: 'choice',
      id: 'rights',
      label: 'What may they do',
      help: 'The smaller one is enough to deploy.',
      options: [
        {
          value: 'deploy',
          label: 'Deploy only',
          detail: 'AWSCodeDeployDeployerAccess: register revisions and deploy.',
        },
        {
          value: 'full',
          label: 'Manage deployment groups',
          detail: 'AWSCodeDeployFullAccess, and passing the service role.',
        },
      ],
      default: 'deploy',
    },
    {
      kind: 'choice',
      id: 'bucketSide',
      label: 'Where are revisions stored',
      help: 'The bucket with what is deployed.',
      options: [
        {
          value: 'target',
          label: 'In the target account',
          detail: 'Nothing more is needed: role and bucket are in one account.',
        },
        {
          value: 'trusted',
          label: 'In the deploying account',
          detail: 'Its policy lets in the role, and the role of the target’s instances.',
        },
      ],
      default: 'target',
    },
    {
      kind: 'text',
      id: 'bucket',
      label: 'Bucket',
      help: 'Bucket names are unique among all accounts of AWS.',
      placeholder: 'acme-revisions',
      default: 'revisions-{{accountId}}',
      pattern: '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]',
      patternWords: 'A bucket name has 3 to 63 small letters, digits, dots and hyphens.',
    },
    {
      kind: 'toggle',
      id: 'makeBucket',
      label: 'Make the bucket',
      help: 'With public access blocked and versions kept. Off when it is there already.',
      default: 'yes',
    },
    {
      kind: 'text',
      id: 'instanceRole',
      label: 'Role of the instances',
      help: 'Instances fetch the revision with it. It is made with an instance profile of the same name.',
      default: 'CodeDeployInstance',
      pattern: '[\\w+=,.@-]{1,64}',
      patternWords: 'A role name has 64 letters, digits and + = , . @ - _ at most.',
      when: bucketInTrusted,
    },
    {
      kind: 'text',
      id: 'serviceRole',
      label: 'Service role of CodeDeploy',
      help: 'CodeDeploy acts on the instances with it. Creating a group means handing it over.',
      default: 'CodeDeployService',
      pattern: '[\\w+=,.@-]{1,64}',
      patternWords: 'A role name has 64 letters, digits and + = , . @ - _ at most.',
      when: full,
    },
  ],
  attached: [
    { policy: 'AWSCodeDeployDeployerAccess', when: { parameter: 'rights', is: 'deploy' } },
    { policy: 'AWSCodeDeployFullAccess', when: full },
  ],
  inline: [
    {
      name: 'RevisionBucket',
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'FindRevisions',
            Effect: 'Allow',
            Action: ['s3:ListBucket', 's3:GetBucketLocation', 's3:GetBucketVersioning'],
            Resource: bucketArn,
          },
          {
            Sid: 'StoreRevisions',
            Effect: 'Allow',
            Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
            Resource: `${bucketArn}/*`,
          },
        ],
      },
    },
    {
      name: 'HandOverTheServiceRole',
      when: full,
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'HandOverTheServiceRole',
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: 'arn:{{partition}}:iam::{{accountId}}:role/{{serviceRole}}',
            Condition: { StringEquals: { 'iam:PassedToService': 'codedeploy.amazonaws.com' } },
          },
        ],
      },
    },
  ],
  resources: [
    {
      kind: 'role',
      name: '{{serviceRole}}',
      when: full,
      description: 'CodeDeploy acts on instances with this role.',
      trust: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'CodeDeploy',
            Effect: 'Allow',
            Principal: { Service: 'codedeploy.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      attached: [{ policy: 'service-role/AWSCodeDeployRole' }],
    },
    {
      kind: 'role',
      name: '{{instanceRole}}',
      when: bucketInTrusted,
      description: 'Instances fetch revisions from a bucket in account {{trustedAccountId}} with this role.',
      trust: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Instances', Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      inline: [
        {
          name: 'FetchRevisions',
          document: {
            Version: '2012-10-17',
            Statement: [
              { Sid: 'FindRevisions', Effect: 'Allow', Action: 's3:ListBucket', Resource: bucketArn },
              {
                Sid: 'FetchRevisions',
                Effect: 'Allow',
                Action: ['s3:GetObject', 's3:GetObjectVersion'],
                Resource: `${bucketArn}/*`,
              },
            ],
          },
        },
      ],
      instanceProfile: '{{instanceRole}}',
    },
    { kind: 'bucket', name: '{{bucket}}', when: bucketInTarget, exists: isThere },
    {
      kind: 'bucket',
      name: '{{bucket}}',
      when: bucketInTrusted,
      account: 'trusted',
      exists: isThere,
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'ReadAcrossAccounts',
            Effect: 'Allow',
            Principal: { AWS: ['arn:{{partition}}:iam::{{accountId}}:role/{{instanceRole}}', '{{roleArn}}'] },
            Action: ['s3:Get*', 's3:List*'],
            Resource: [bucketArn, `${bucketArn}/*`],
          },
          {
            Sid: 'StoreAcrossAccounts',
            Effect: 'Allow',
            Principal: { AWS: '{{roleArn}}' },
            Action: 's3:PutObject',
            Resource: `${bucketArn}/*`,
          },
        ],
      },
    },
  ],
  outputs: [
    { term: 'Role ARN', text: '{{roleArn}}' },
    { term: 'Role name and account', text: '{{roleName}} in {{accountId}}' },
    {
      term: 'Switch-role address',
      text: 'https://{{signInHost}}/switchrole?account={{accountId}}&roleName={{rolePathAndName}}',
      when: hasConsole,
    },
    { term: 'Instance profile', text: '{{instanceRole}}', when: bucketInTrusted },
    { term: 'Service role', text: 'arn:{{partition}}:iam::{{accountId}}:role/{{serviceRole}}', when: full },
  ],
  guide: [
    {
      title: 'Make CodeDeploy’s own things in the target account',
      text: 'Application, deployment group, deployment configuration and instances. The instances carry the instance profile.',
    },
    {
      title: 'Push a revision to the bucket',
      text: 'With credentials of the account that owns the bucket, or with a session of this role.',
    },
    { title: 'Start a session and deploy', text: 'Hand it to a shell, then aws deploy create-deployment.' },
  ],
  corrections: [
    {
      found: 'A bucket policy that names an instance profile as its principal',
      here: 'The role inside the profile is named: a profile is no principal, and AWS refuses the policy.',
    },
    {
      found: 'List permissions on the objects of a bucket only (bucket/*)',
      here: 'Listing is allowed on the bucket itself, reading on its objects.',
    },
    {
      found: 'A statement ID with blanks and hyphens',
      here: 'Letters and digits only, which every kind of policy takes.',
    },
    {
      found: 'AmazonS3FullAccess for one bucket',
      here: 'Only this bucket, only what a deployment needs.',
    },
  ],
  snippets: [
    {
      title: 'Deploy a revision',
      language: 'shell',
      text: [
        'aws deploy create-deployment \\',
        '  --application-name <application> \\',
        '  --deployment-group-name <group> \\',
        '  --s3-location bucket=<bucket>,key=<revision.zip>,bundleType=zip \\',
        '  --profile {{profile}} --region {{region}}',
      ].join('\n'),
    },
    {
      title: 'Watch a deployment',
      language: 'shell',
      text: 'aws deploy get-deployment --deployment-id <id> --profile {{profile}} --region {{region}}',
    },
  ],
  permissionMap: [
    { service: 'CodeDeploy', list: 'all', read: 'all', write: 'some', grant: 'none' },
    { service: 'S3, one bucket', list: 'some', read: 'some', write: 'some', grant: 'none' },
  ],
  checks: {
    mustAllow: ['codedeploy:CreateDeployment', 'codedeploy:RegisterApplicationRevision', 'codedeploy:GetDeployment'],
    mustNotAllow: ['iam:CreateUser', 'iam:AttachRolePolicy', 's3:DeleteBucket', 's3:PutBucketPolicy'],
  },
};
