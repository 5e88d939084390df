import type { Recipe } from './recipe';

/** Somebody looks at the configuration of an account without changing anything. */
export const readOnlyAudit: Recipe = {
  id: 'read-only-audit',
  title: 'Read-only audit',
  summary: 'Look at an account without changing anything',
  description: 'An auditor or a security tool sees how the account is set up. What depth it sees is your choice.',
  icon: 'eye',
  reach: 1,
  lets: ['List what there is in the account', 'Read how services are configured'],
  doesNotLet: ['Create, change or delete anything', 'Enter without the external ID', 'Stay longer than one session'],
  watchOut: ['Configuration can hold names, addresses and, where somebody was careless, secrets.'],
  facts: [
    { term: 'Makes', text: '1 role, 1 or 2 attachments of AWS policies' },
    { term: 'Asks you for', text: 'how deep they may look' },
    { term: 'Session', text: '1 h at most, external ID on' },
  ],
  customizable: false,
  defaults: { roleName: 'ReadOnlyAudit', path: '/', maxSessionDuration: 3600, managedPolicies: [] },
  parameters: [
    {
      kind: 'choice',
      id: 'depth',
      label: 'How deep may they look',
      help: 'None of these allows a change.',
      options: [
        {
          value: 'audit',
          label: 'Security audit',
          detail: 'SecurityAudit: configuration that matters for security. No data.',
        },
        {
          value: 'view',
          label: 'View only',
          detail: 'ViewOnlyAccess: lists and basic facts of every service. No data.',
        },
        { value: 'both', label: 'Both', detail: 'What most audit tools ask for.' },
        {
          value: 'data',
          label: 'Everything, data included',
          detail: 'ReadOnlyAccess: also objects, tables and messages.',
        },
      ],
      default: 'audit',
    },
  ],
  attached: [
    { policy: 'SecurityAudit', when: { parameter: 'depth', is: 'audit' } },
    { policy: 'job-function/ViewOnlyAccess', when: { parameter: 'depth', is: 'view' } },
    { policy: 'SecurityAudit', when: { parameter: 'depth', is: 'both' } },
    { policy: 'job-function/ViewOnlyAccess', when: { parameter: 'depth', is: 'both' } },
    { policy: 'ReadOnlyAccess', when: { parameter: 'depth', is: 'data' } },
  ],
  outputs: [{ term: 'Role ARN', text: '{{roleArn}}' }],
  permissionMap: [{ service: 'Every service', list: 'all', read: 'some', write: 'none', grant: 'none' }],
  checks: {
    mustAllow: ['iam:ListRoles', 's3:ListAllMyBuckets', 'ec2:DescribeInstances'],
    mustNotAllow: ['iam:CreateUser', 'iam:AttachRolePolicy', 's3:PutObject', 'ec2:TerminateInstances'],
  },
};
