import type { Recipe } from './recipe';

const names = {
  pattern: '[\\w+=,.@-]{1,64}',
  patternWords: 'A name has 64 letters, digits and + = , . @ - _ at most.',
} as const;
const withBuild = { parameter: 'makeBuildRole', is: 'yes' } as const;

/** Only for things in the same account: another customer's build or stack cannot borrow the role. */
const sameAccount = { StringEquals: { 'aws:SourceAccount': '{{accountId}}' } };

const serviceTrust = (sid: string, service: string): Record<string, unknown> => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: sid, Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', Condition: sameAccount },
  ],
});

/** Roles that CloudFormation and CodeBuild act with, and who may hand them over. */
export const serviceRoles: Recipe = {
  id: 'service-roles',
  title: 'Service roles (CloudFormation, CodeBuild)',
  summary: 'Let CloudFormation and CodeBuild provision on your behalf',
  description:
    'CloudFormation provisions what templates describe, CodeBuild runs builds. Each acts with a role of its own, and whoever deploys hands it over without having its rights.',
  icon: 'cube',
  reach: 3,
  lets: ['Create and update stacks, and start builds', 'Hand the two service roles to these two services'],
  doesNotLet: [
    'Use the service roles’ rights directly',
    'Hand any other role to a service',
    'Enter without the external ID',
  ],
  watchOut: [
    'Whoever may hand a broad role to CloudFormation can make anything with a template. Narrow the provisioning role for production.',
  ],
  facts: [
    { term: 'Makes', text: '2 roles, or 3 with the one for builds' },
    { term: 'Asks you for', text: 'names, and how much stacks may provision' },
    { term: 'Session', text: '1 h at most, external ID on' },
  ],
  customizable: false,
  defaults: { roleName: 'StackDeploy', path: '/', maxSessionDuration: 3600, managedPolicies: [] },
  parameters: [
    {
      kind: 'text',
      id: 'provisioningRole',
      label: 'Provisioning role',
      help: 'CloudFormation acts with it.',
      default: 'StackProvisioning',
      ...names,
    },
    {
      kind: 'choice',
      id: 'provisioning',
      label: 'What may stacks provision',
      help: 'Start broad while templates change; narrow it for production.',
      options: [
        { value: 'power', label: 'Everything but identities', detail: 'PowerUserAccess: no users, groups or roles.' },
        { value: 'admin', label: 'Everything', detail: 'AdministratorAccess: also roles and policies.' },
      ],
      default: 'power',
    },
    {
      kind: 'toggle',
      id: 'makeBuildRole',
      label: 'Also a role for CodeBuild',
      help: 'Writes its logs, and nothing else until you add to it.',
      default: 'yes',
    },
    {
      kind: 'text',
      id: 'buildRole',
      label: 'Build role',
      help: 'CodeBuild acts with it.',
      default: 'BuildService',
      ...names,
      when: withBuild,
    },
  ],
  inline: [
    {
      name: 'DeployStacks',
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Stacks',
            Effect: 'Allow',
            Action: [
              'cloudformation:*Stack*',
              'cloudformation:*ChangeSet*',
              'cloudformation:Describe*',
              'cloudformation:Get*',
              'cloudformation:List*',
              'cloudformation:ValidateTemplate',
            ],
            Resource: '*',
          },
          {
            Sid: 'HandOverProvisioning',
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: 'arn:{{partition}}:iam::{{accountId}}:role/{{provisioningRole}}',
            Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
          },
        ],
      },
    },
    {
      name: 'RunBuilds',
      when: withBuild,
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Builds',
            Effect: 'Allow',
            Action: [
              'codebuild:BatchGet*',
              'codebuild:CreateProject',
              'codebuild:List*',
              'codebuild:StartBuild',
              'codebuild:StopBuild',
              'codebuild:UpdateProject',
            ],
            Resource: '*',
          },
          {
            Sid: 'HandOverBuilds',
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: 'arn:{{partition}}:iam::{{accountId}}:role/{{buildRole}}',
            Condition: { StringEquals: { 'iam:PassedToService': 'codebuild.amazonaws.com' } },
          },
        ],
      },
    },
  ],
  resources: [
    {
      kind: 'role',
      name: '{{provisioningRole}}',
      when: { parameter: 'provisioning', is: 'power' },
      description: 'CloudFormation provisions stacks with this role.',
      trust: serviceTrust('CloudFormation', 'cloudformation.amazonaws.com'),
      attached: [{ policy: 'PowerUserAccess' }],
    },
    {
      kind: 'role',
      name: '{{provisioningRole}}',
      when: { parameter: 'provisioning', is: 'admin' },
      description: 'CloudFormation provisions stacks with this role.',
      trust: serviceTrust('CloudFormation', 'cloudformation.amazonaws.com'),
      attached: [{ policy: 'AdministratorAccess' }],
    },
    {
      kind: 'role',
      name: '{{buildRole}}',
      when: withBuild,
      description: 'CodeBuild runs builds with this role.',
      trust: serviceTrust('CodeBuild', 'codebuild.amazonaws.com'),
      inline: [
        {
          name: 'WriteLogs',
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'WriteLogs',
                Effect: 'Allow',
                Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: 'arn:{{partition}}:logs:*:{{accountId}}:log-group:/aws/codebuild/*',
              },
            ],
          },
        },
      ],
    },
  ],
  outputs: [
    { term: 'Role to deploy with', text: '{{roleArn}}' },
    { term: 'Provisioning role', text: 'arn:{{partition}}:iam::{{accountId}}:role/{{provisioningRole}}' },
    { term: 'Build role', text: 'arn:{{partition}}:iam::{{accountId}}:role/{{buildRole}}', when: withBuild },
  ],
  corrections: [
    {
      found: 'Service roles with administrator rights that the console makes by itself',
      here: 'What stacks may provision is a choice, and it is shown before anything is made.',
    },
    {
      found: 'A service trusted without saying whose things it may act for',
      here: 'Only for stacks and builds of this account (aws:SourceAccount).',
    },
  ],
  permissionMap: [
    { service: 'CloudFormation', list: 'all', read: 'all', write: 'all', grant: 'some' },
    { service: 'CodeBuild', list: 'all', read: 'all', write: 'some', grant: 'some' },
  ],
  checks: {
    mustAllow: ['cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:DescribeStacks'],
    mustNotAllow: ['iam:CreateUser', 'iam:AttachRolePolicy', 'iam:PassRole'],
  },
};

const protonTrust = serviceTrust('Proton', 'proton.amazonaws.com');

/** What AWS Proton needed. Kept for who still has its infrastructure. */
export const protonServiceRoles: Recipe = {
  id: 'proton-service-roles',
  title: 'AWS Proton service roles',
  summary: 'Roles for Proton environments and pipelines',
  description: 'The roles that AWS Proton provisioned environments, builds and pipelines with.',
  icon: 'history',
  reach: 3,
  lets: ['Look at what Proton made', 'Hand the Proton roles to Proton'],
  doesNotLet: ['Enter without the external ID', 'Hand any other role to a service'],
  watchOut: [
    'AWS ended Proton on 7 October 2026. What it provisioned goes on running; nothing new can be made with it.',
  ],
  facts: [
    { term: 'Makes', text: '4 roles' },
    { term: 'Asks you for', text: 'names' },
    { term: 'Session', text: '1 h at most, external ID on' },
  ],
  customizable: false,
  defaults: {
    roleName: 'ProtonAccess',
    path: '/',
    maxSessionDuration: 3600,
    managedPolicies: ['AWSProtonReadOnlyAccess'],
  },
  legacy: {
    text: 'AWS ended Proton on 7 October 2026; it took no new customers since 7 October 2025. Deployed infrastructure stays.',
    insteadId: 'service-roles',
  },
  parameters: [
    {
      kind: 'text',
      id: 'environmentRole',
      label: 'Environment role',
      help: 'For provisioning that AWS managed.',
      default: 'ProtonEnvironment',
      ...names,
    },
    {
      kind: 'text',
      id: 'buildRole',
      label: 'CodeBuild role',
      help: 'For provisioning with CodeBuild.',
      default: 'ProtonCodeBuild',
      ...names,
    },
    {
      kind: 'text',
      id: 'pipelineRole',
      label: 'Pipeline role',
      help: 'For the pipelines of services.',
      default: 'ProtonPipeline',
      ...names,
    },
  ],
  inline: [
    {
      name: 'HandOverProtonRoles',
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'HandOverProtonRoles',
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: [
              'arn:{{partition}}:iam::{{accountId}}:role/{{environmentRole}}',
              'arn:{{partition}}:iam::{{accountId}}:role/{{pipelineRole}}',
            ],
            Condition: { StringEquals: { 'iam:PassedToService': 'proton.amazonaws.com' } },
          },
        ],
      },
    },
  ],
  resources: [
    {
      kind: 'role',
      name: '{{environmentRole}}',
      description: 'Proton provisioned environments with this role.',
      trust: protonTrust,
      attached: [{ policy: 'PowerUserAccess' }],
    },
    {
      kind: 'role',
      name: '{{buildRole}}',
      description: 'CodeBuild provisioned for Proton with this role.',
      trust: serviceTrust('CodeBuild', 'codebuild.amazonaws.com'),
      attached: [{ policy: 'PowerUserAccess' }],
    },
    {
      kind: 'role',
      name: '{{pipelineRole}}',
      description: 'Proton provisioned pipelines with this role.',
      trust: protonTrust,
      attached: [{ policy: 'PowerUserAccess' }],
    },
  ],
  outputs: [{ term: 'Role ARN', text: '{{roleArn}}' }],
  permissionMap: [{ service: 'Proton', list: 'all', read: 'all', write: 'none', grant: 'some' }],
  checks: {
    mustAllow: ['proton:ListEnvironments', 'proton:GetEnvironment'],
    mustNotAllow: ['iam:CreateUser', 'iam:AttachRolePolicy', 'iam:PassRole'],
  },
};
