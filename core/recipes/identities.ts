import type { Recipe } from './recipe';

const names = {
  pattern: '[\\w+=,.@-]{1,64}',
  patternWords: 'A name has 64 letters, digits and + = , . @ - _ at most.',
} as const;
const withPerson = { parameter: 'makePerson', is: 'yes' } as const;

const rights = [
  { policy: 'job-function/ViewOnlyAccess', when: { parameter: 'rights', is: 'view' } },
  { policy: 'ReadOnlyAccess', when: { parameter: 'rights', is: 'read' } },
  { policy: 'PowerUserAccess', when: { parameter: 'rights', is: 'power' } },
];

/** Users for people, roles for applications. */
export const identities: Recipe = {
  id: 'identities',
  title: 'Identities',
  summary: 'A role for an application, a user for a person',
  description:
    'An application enters with a role and temporary credentials. A person who cannot use IAM Identity Center gets a user in a group.',
  icon: 'users',
  reach: 1,
  lets: ['Enter as the application, with the rights you choose', 'See identities and their last use'],
  doesNotLet: ['Change any identity', 'Enter without the external ID', 'Stay longer than one session'],
  watchOut: ['A user with an access key has it until somebody deletes it. Look at identities regularly.'],
  facts: [
    { term: 'Makes', text: '1 role; on request a group with a user' },
    { term: 'Asks you for', text: 'names, and what the application may do' },
    { term: 'Session', text: '1 h at most, external ID on' },
  ],
  customizable: false,
  defaults: { roleName: 'Application', path: '/', maxSessionDuration: 3600, managedPolicies: [] },
  parameters: [
    {
      kind: 'choice',
      id: 'rights',
      label: 'What may the application do',
      help: 'The user, where one is made, gets the same.',
      options: [
        { value: 'view', label: 'View', detail: 'ViewOnlyAccess: lists and basic facts. No data.' },
        { value: 'read', label: 'Read', detail: 'ReadOnlyAccess: data as well.' },
        { value: 'power', label: 'Work', detail: 'PowerUserAccess: everything but identities.' },
      ],
      default: 'view',
    },
    {
      kind: 'toggle',
      id: 'makePerson',
      label: 'Also a user for a person',
      help: 'Without a key: one is made later, when it is needed.',
      default: 'no',
    },
    {
      kind: 'text',
      id: 'group',
      label: 'Group',
      help: 'Carries the rights.',
      default: 'People',
      ...names,
      when: withPerson,
    },
    {
      kind: 'text',
      id: 'person',
      label: 'User',
      help: 'A name that says who it is.',
      default: 'first.person',
      ...names,
      when: withPerson,
    },
  ],
  attached: [...rights, { policy: 'IAMReadOnlyAccess' }],
  resources: [
    { kind: 'group', name: '{{group}}', when: withPerson, attached: rights },
    { kind: 'user', name: '{{person}}', when: withPerson, group: '{{group}}', accessKey: false },
  ],
  outputs: [
    { term: 'Role of the application', text: '{{roleArn}}' },
    { term: 'User', text: 'arn:{{partition}}:iam::{{accountId}}:user/{{person}}', when: withPerson },
  ],
  guide: [
    {
      title: 'Give the application a profile of its own',
      text: 'Start a session and hand it over: the profile names the role, and holds no key.',
    },
    {
      title: 'Look again regularly',
      text: 'Every identity has an age and a last use. What nobody used for 90 days can go.',
    },
  ],
  corrections: [
    {
      found: 'Temporary keys noted without their session token and their expiry',
      here: 'A session always carries both. Without the token AWS refuses the keys.',
    },
  ],
  permissionMap: [{ service: 'What you choose', list: 'all', read: 'some', write: 'none', grant: 'none' }],
  checks: {
    mustAllow: ['iam:ListRoles', 'iam:GetUser', 'iam:GetAccessKeyLastUsed'],
    mustNotAllow: ['iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachRolePolicy'],
  },
};
