import type { Recipe } from './recipe';

/** A third party deploys anything into the account: a role it may assume, with administrator rights. */
export const deploymentService: Recipe = {
  id: 'deployment-service',
  title: 'Deployment service',
  summary: 'A service deploys anything into the account',
  description:
    'A service outside the account creates and configures whatever an application needs, without holding a key.',
  icon: 'send',
  reach: 4,
  lets: [
    'Create, change and delete anything in any service',
    'Make roles for the applications it deploys',
    'Read all data in the account',
  ],
  doesNotLet: ['Enter without the external ID', 'Stay longer than one session', 'Act in any other account of yours'],
  watchOut: [
    'AdministratorAccess is the whole account. An account of its own for this service keeps the rest out of reach.',
  ],
  facts: [
    { term: 'Makes', text: '1 role, 1 attachment of an AWS policy' },
    { term: 'Asks you for', text: 'the account, and a name for the role' },
    { term: 'Safer than', text: 'an access key, which never expires; and a role without an external ID' },
    { term: 'Session', text: '1 h at most, external ID on' },
  ],
  note: {
    title: 'Why administrator?',
    text: 'A deployment service manages many AWS services, and the list grows. To contain it, give it an account of its own instead of a smaller policy that breaks with its next release.',
  },
  customizable: false,
  defaults: {
    roleName: 'DeploymentService',
    path: '/',
    maxSessionDuration: 3600,
    managedPolicies: ['AdministratorAccess'],
  },
  snippets: [
    {
      title: 'Deploy a stack',
      language: 'shell',
      text: [
        'aws cloudformation deploy \\',
        '  --stack-name <stack> --template-file <template.yaml> \\',
        '  --profile {{profile}} --region {{region}}',
      ].join('\n'),
    },
  ],
  permissionMap: [{ service: 'Every service', list: 'all', read: 'all', write: 'all', grant: 'risky' }],
  checks: {
    mustAllow: ['iam:ListRoles', 'iam:CreateRole', 'cloudformation:CreateStack', 's3:ListAllMyBuckets'],
    mustNotAllow: [],
  },
};
