import type { LinkId } from '../../core/domain/links';
import { err, ok, type Result } from '../../core/result';
import type { AppError } from '../../core/app-error';
import { isIdentityCenterHost } from '../../core/domain/identity-center';

/** The consoles by partition (aws-reference §5). Partitions without a console of their own are not linked to. */
const consoleHosts: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

const signInHosts = [
  'signin.aws.amazon.com',
  'signin.amazonaws-us-gov.com',
  'signin.amazonaws.cn',
  'signin.amazonaws-eusc.eu',
];

const documentation = {
  'docs-external-id': 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
  'docs-keyring': 'https://wiki.archlinux.org/title/GNOME/Keyring',
  'docs-revoke-sessions': 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html',
  'docs-configure-profiles': 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html',
  'aws-sign-up': 'https://portal.aws.amazon.com/billing/signup',
  'docs-root-user': 'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html',
  'docs-root-tasks': 'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-tasks.html',
  'docs-identity-center': 'https://docs.aws.amazon.com/singlesignon/latest/userguide/getting-started.html',
  'docs-admin-user': 'https://docs.aws.amazon.com/IAM/latest/UserGuide/getting-started.html',
  'docs-budgets': 'https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html',
} as const satisfies Partial<Record<LinkId, string>>;

/** Pages of the console that need nothing but its host. */
const consolePages = {
  'iam-console-roles': '/iam/home#/roles',
  'iam-create-role': '/iam/home#/roles/create',
  'iam-create-policy': '/iam/home#/policies/create',
  'iam-groups': '/iam/home#/groups',
  'iam-create-group': '/iam/home#/groups/create',
  'iam-users': '/iam/home#/users',
  'iam-create-user': '/iam/home#/users/create',
  's3-buckets': '/s3/buckets',
  's3-create-bucket': '/s3/bucket/create',
  cloudshell: '/cloudshell/home',
} as const satisfies Partial<Record<LinkId, string>>;

const hosts: ReadonlySet<string> = new Set([
  ...Object.values(consoleHosts),
  ...signInHosts,
  ...Object.values(documentation).map((address) => new URL(address).hostname),
]);

export type LinkDetails = { readonly partition?: string; readonly roleName?: string };

/** IAM's own rule for role names. */
const roleName = /^[\w+=,.@-]{1,64}$/;

/**
 * The address behind a link's id. SECURITY(S-14): the page names a link, main knows where it goes.
 * Error: `not-possible` for a partition without a console and for a missing or impossible role name.
 */
export function linkAddress(linkId: LinkId, details: LinkDetails = {}): Result<string> {
  if (linkId in documentation) return ok(documentation[linkId as keyof typeof documentation]);
  const host = Object.hasOwn(consoleHosts, details.partition ?? 'aws')
    ? consoleHosts[details.partition ?? 'aws']
    : undefined;
  if (host === undefined) return err(noLink('Sallyport knows no AWS console for this partition.'));
  if (linkId in consolePages) return ok(`https://${host}${consolePages[linkId as keyof typeof consolePages]}`);
  switch (linkId) {
    case 'iam-role-page':
      if (details.roleName === undefined || !roleName.test(details.roleName)) {
        return err(noLink('There is no role name to open the page of.'));
      }
      return ok(`https://${host}/iam/home#/roles/details/${encodeURIComponent(details.roleName)}?section=permissions`);
    default:
      return err(noLink('There is no such link.'));
  }
}

/**
 * SECURITY(S-14): the last look before the system's browser gets an address: https, an exact host of the list or one of
 * IAM Identity Center's (whose portals have a name of their own), no port, no name or password in it. Everything that is opened passes here, also sign-in links that main made itself.
 */
export function mayOpen(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  return (
    url.protocol === 'https:' &&
    (hosts.has(url.hostname) || isIdentityCenterHost(url.hostname)) &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}

/** Opens an address in the system's browser. Errors: `not-possible`, also when the system has no browser to open. */
export async function openExternal(
  shell: { openExternal(address: string): Promise<void> },
  address: string,
): Promise<Result<void>> {
  if (!mayOpen(address)) return err(noLink('This address is not one that Sallyport opens.'));
  try {
    await shell.openExternal(address);
    return ok(undefined);
  } catch {
    return err(noLink('The system did not open the browser.'));
  }
}

function noLink(message: string): AppError {
  return {
    kind: 'not-possible',
    message,
    whatDidNotChange: 'Nothing was opened and nothing was changed.',
    whatToDo: 'Open the AWS console yourself.',
    retryable: false,
    remedies: [],
  };
}
