/** The most that AWS takes of an account's e-mail address (CreateAccount, aws-reference §7). */
const mostCharacters = 64;

/**
 * An address for a new account that arrives where the management account's mail does, if the mail host takes a plus:
 * `ops@example.com` and “Python deploy” give `ops+python-deploy@example.com`. Undefined where none can be made of these.
 */
export function plusAddress(managementEmail: string, accountName: string): string | undefined {
  const at = managementEmail.lastIndexOf('@');
  if (at < 1) return undefined;
  const local = managementEmail.slice(0, at).split('+')[0] ?? '';
  const domain = managementEmail.slice(at);
  const room = mostCharacters - local.length - 1 - domain.length;
  const tag = accountName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, Math.max(0, room))
    .replace(/-+$/, '');
  return local === '' || tag === '' ? undefined : `${local}+${tag}${domain}`;
}
