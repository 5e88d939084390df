import { userArn } from './arns';
import type { TagRecord } from './snapshot';
import type { SandboxState } from './state';

function tagsOf(state: SandboxState, arn: string): { readonly kind: string; readonly tags: readonly TagRecord[] } {
  const [, accountId = '', kind = '', name = ''] =
    /^arn:aws:iam::([0-9]{12}):(user|role|policy)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  const account = state.accounts.get(accountId);
  const user = account?.users.get(name.toLowerCase());
  if (kind === 'role') return { kind, tags: state.roleByArn(arn)?.role.tags ?? [] };
  if (kind === 'policy') return { kind, tags: account?.policies.get(arn)?.tags ?? [] };
  return { kind, tags: user !== undefined && userArn(accountId, user) === arn ? user.tags : [] };
}

/**
 * The condition keys that the tags of what is acted on set, in lower case: `aws:resourcetag/…` for users, roles and
 * customer managed policies, `iam:resourcetag/…` for users and roles only (Service Authorization Reference, "Resource
 * types defined by IAM" and "… by STS"). Nothing for whatever is not there or is none of these.
 */
export function resourceTagContext(state: SandboxState, arn: string): ReadonlyMap<string, readonly string[]> {
  const { kind, tags } = tagsOf(state, arn);
  const prefixes = kind === 'policy' ? ['aws'] : ['aws', 'iam'];
  return new Map(
    prefixes.flatMap((prefix) =>
      tags.map(({ key, value }): [string, readonly string[]] => [
        `${prefix}:resourcetag/${key.toLowerCase()}`,
        [value],
      ]),
    ),
  );
}
