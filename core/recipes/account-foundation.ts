import type { Recipe } from './recipe';

/** The road from no account to one that can be worked with. It makes nothing: a person does it, and ticks it off. */
export const accountFoundation: Recipe = {
  id: 'account-foundation',
  title: 'Account foundation',
  summary: 'From no AWS account to one that is safe to work in',
  description: 'What to do once, in order, before anything else is connected. Nothing is created by this list.',
  icon: 'shield',
  reach: 0,
  lets: [],
  doesNotLet: [],
  watchOut: ['The root user can do everything, and nothing can forbid it anything. Lock it away.'],
  facts: [
    { term: 'Makes', text: 'nothing by itself' },
    { term: 'Asks you for', text: 'an e-mail address, a phone, a payment card' },
    { term: 'Takes', text: 'about half an hour, over which you can close the app' },
  ],
  customizable: false,
  defaults: { roleName: 'Foundation', path: '/', maxSessionDuration: 3600, managedPolicies: [] },
  checklist: [
    {
      id: 'sign-up',
      title: 'Sign up for an account',
      text: 'AWS asks for an e-mail address that nobody used for an account before, a payment card, and calls or texts a phone to verify it. Use an address that several trusted people can read.',
      linkId: 'aws-sign-up',
    },
    {
      id: 'root-mfa',
      title: 'Give the root user MFA',
      text: 'Sign in as root once, and register a passkey or an authenticator. Register a second one that is kept elsewhere.',
      linkId: 'docs-root-user',
    },
    {
      id: 'root-keys',
      title: 'See that the root user has no access key',
      text: 'On its security credentials page there must be none. Delete what is there: nothing needs it.',
      linkId: 'docs-root-user',
    },
    {
      id: 'identity-center',
      title: 'Administrators through IAM Identity Center',
      text: 'Switch it on, make a user for yourself and assign AdministratorAccess. Everything then works with short-term credentials, and one place ends them all.',
      label: 'recommended',
      linkId: 'docs-identity-center',
    },
    {
      id: 'admin-user',
      title: 'Or an administrator as an IAM user',
      text: 'A user with a password, MFA and AdministratorAccess. Its keys are long-term: they are good until somebody deletes them.',
      label: 'not recommended',
      linkId: 'docs-admin-user',
    },
    {
      id: 'command-line',
      title: 'Set the command line up',
      text: 'aws configure sso makes a profile that signs in through Identity Center. Sallyport finds it by itself.',
      linkId: 'docs-configure-profiles',
    },
    {
      id: 'lock-root',
      title: 'Put the root user away',
      text: 'Its password and second factor go where two people are needed to fetch them. From here on it is used for what only root can do.',
      linkId: 'docs-root-tasks',
    },
    {
      id: 'budget',
      title: 'Set a budget that tells you',
      text: 'A monthly budget with an e-mail at 80 % says early when something was left running, or is not yours.',
      linkId: 'docs-budgets',
    },
  ],
  permissionMap: [],
  checks: { mustAllow: [], mustNotAllow: [] },
};
