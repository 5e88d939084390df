import { parseArn, parseAssumedRoleArn, parseRoleArn } from './arn';
import { formatAccountId } from './account-id';
import { partitionById } from './partitions';
import { assertNever } from '../result';

/** What somebody pasted in place of a role. */
export type WrongKind =
  | 'user'
  | 'group'
  | 'policy'
  | 'instance-profile'
  | 'root'
  | 'service-linked'
  | 'identity-center'
  | 'federated-user'
  | 'other-iam'
  | 'other-service'
  | 'own-account'
  | 'other-partition'
  | 'account-id'
  | 'account-alias'
  | 'external-id'
  | 'bad-role-name'
  | 'email-address'
  | 'damaged-arn'
  | 'placeholder'
  | 'web-page';

export type Wrong = {
  readonly kind: 'wrong';
  readonly what: WrongKind;
  readonly message: string;
  readonly whereToFind: string;
};

const inRolePage =
  'In the target account open IAM, Roles, choose the role; its ARN is at the top of its page and has “:role/” in it.';

export function wrong(what: WrongKind, message: string, whereToFind: string = inRolePage): Wrong {
  return { kind: 'wrong', what, message, whereToFind };
}

/** Where the caller stands, as GetCallerIdentity told it. */
export type CallerContext = {
  readonly callerAccountId?: string;
  readonly callerPartition?: string;
};

function serviceLinked(roleName: string): Wrong {
  return wrong(
    'service-linked',
    `${roleName} is a service-linked role. Only the AWS service it belongs to can use it, and nobody can change who it trusts.`,
  );
}

function identityCenter(roleName: string): Wrong {
  return wrong(
    'identity-center',
    `${roleName} is managed by IAM Identity Center. People reach it by signing in there; its trust cannot be edited in IAM.`,
    'Create a role of your own in the target account and paste the ARN from its page. To work as this one, choose Identity Center as the source.',
  );
}

/** Sessions and addresses leave out the path that would tell it; these beginnings of names do too. */
export function whyNameIsReserved(roleName: string): Wrong | undefined {
  if (/^AWSReservedSSO_/.test(roleName)) return identityCenter(roleName);
  if (/^AWSServiceRoleFor[A-Z]/.test(roleName)) return serviceLinked(roleName);
  return undefined;
}

/** What speaks against assuming this role, although its ARN is well formed. */
export function whyRoleIsWrong(
  role: { readonly partition: string; readonly accountId: string; readonly path: string; readonly roleName: string },
  context: CallerContext,
): Wrong | undefined {
  if (role.path.startsWith('/aws-service-role/')) return serviceLinked(role.roleName);
  if (role.path.startsWith('/aws-reserved/')) return identityCenter(role.roleName);
  if (context.callerPartition !== undefined && role.partition !== context.callerPartition) {
    const here = partitionById(context.callerPartition)?.title ?? context.callerPartition;
    const there = partitionById(role.partition)?.title ?? role.partition;
    return wrong(
      'other-partition',
      `This role is in ${there}, but the source identity is in ${here}. A role cannot be assumed from another partition.`,
      `Choose a source identity in ${there}, or the ARN of a role in ${here}.`,
    );
  }
  if (context.callerAccountId !== undefined && role.accountId === context.callerAccountId) {
    return wrong(
      'own-account',
      `This role is in ${formatAccountId(role.accountId)}, the account the source identity already is in. A connection leads to another account.`,
      'Sign in to the target account, the one that gives access, and copy the ARN of the role created there.',
    );
  }
  return undefined;
}

export function whyTrustPolicyIsWrong(): Wrong {
  return wrong('policy', 'This is a trust policy: it says who may assume a role, but not which role it belongs to.');
}

export function whyPageIsWrong(page: 'user' | 'group' | 'policy' | 'role-list' | 'sign-in' | 'other'): Wrong {
  switch (page) {
    case 'user':
      return wrong('user', 'That is the console page of an IAM user. Only a role can be assumed.');
    case 'group':
      return wrong('group', 'That is the console page of a group. Only a role can be assumed.');
    case 'policy':
      return wrong('policy', 'That is the console page of a policy, not of a role.');
    case 'role-list':
      return wrong(
        'web-page',
        'That is the list of roles. Open the role itself.',
        'Choose the role in that list; its ARN is at the top of its page.',
      );
    case 'sign-in':
      return wrong('web-page', 'That is where people sign in to an account. It does not say which role.');
    case 'other':
      return wrong('web-page', 'That is a page of the AWS console, but not the page of a role.');
    default:
      return assertNever(page);
  }
}

/** Why a text that begins like a role's ARN is not one: the first thing that IAM would refuse. */
function whyRoleArnIsDamaged(resource: string): Wrong {
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  if (name === '') return wrong('damaged-arn', 'This ARN is cut off: the role’s name is missing at its end.');
  if (name.length > 64) {
    return wrong('bad-role-name', `A role’s name has at most 64 characters; this has ${String(name.length)}.`);
  }
  if (resource.includes('//')) return wrong('damaged-arn', 'There are two slashes side by side in this ARN.');
  if (resource.length - name.length - 'role'.length > 512) {
    return wrong('damaged-arn', 'The path in this ARN is longer than the 512 characters IAM allows.');
  }
  return wrong(
    'damaged-arn',
    'This is meant to be a role’s ARN, but its path or name has characters IAM does not allow.',
  );
}

/**
 * Names what an ARN of something else is, and where the role's is found. `seen` is how it stood in the text: with a
 * placeholder in it, or cut off by dots.
 */
export function whyArnIsWrong(
  text: string,
  seen: { readonly shown: string; readonly isCutOff: boolean } = { shown: text, isCutOff: false },
): Wrong {
  if (seen.isCutOff) {
    return wrong('damaged-arn', 'This ARN is cut off: dots stand where the rest of it was. Copy all of it.');
  }
  if (/[<{[]|\.\.\.|\u2026|replace|your[_-]|account[_-]?id|role[_-]?name|:x{4,}:/i.test(seen.shown)) {
    return wrong('placeholder', 'A placeholder is still in this ARN: part of it was never filled in.');
  }
  const arn = parseArn(text);
  if (arn === undefined) {
    const account = text.split(':')[4] ?? '';
    if (/^[0-9]+$/.test(account) && account.length !== 12) {
      return wrong(
        'damaged-arn',
        `The account ID in this ARN has ${String(account.length)} digits. It must have twelve.`,
      );
    }
    return wrong('damaged-arn', 'This begins like an ARN but is not complete.');
  }
  const [type = '', ...rest] = arn.resource.split('/');
  const name = rest.at(-1) ?? '';
  if (arn.service === 'sts' && type === 'federated-user') {
    return wrong('federated-user', `${name} is a federated user, not a role. Nobody can assume it.`);
  }
  if (arn.service === 'sts' && type === 'assumed-role' && parseAssumedRoleArn(text) === undefined) {
    return wrong('damaged-arn', 'This is the ARN of a session, and it is not complete.');
  }
  if (arn.service !== 'iam') {
    return wrong('other-service', `This is the ARN of something in ${arn.service}, not of an IAM role.`);
  }
  switch (type) {
    case 'root':
      return wrong('root', 'This stands for a whole account (its root), not for a role.');
    case 'user':
      return wrong('user', `${name} is an IAM user. Only a role can be assumed.`);
    case 'group':
      return wrong('group', `${name} is a group of IAM users. Only a role can be assumed.`);
    case 'policy':
      return wrong(
        'policy',
        `${name} is a policy: it says what a role may do, but it is not the role.`,
        'In the target account open IAM, Roles, and choose the role this policy is attached to.',
      );
    case 'instance-profile':
      return wrong(
        'instance-profile',
        `${name} is an instance profile: the box that carries a role to a server. The role inside it is what is needed.`,
        `Run: aws iam get-instance-profile --instance-profile-name ${name} --query InstanceProfile.Roles[].Arn`,
      );
    case 'role':
      return parseRoleArn(text) === undefined
        ? whyRoleArnIsDamaged(arn.resource)
        : wrong('other-iam', 'This role cannot be used here.');
    default:
      return wrong('other-iam', `This is the ARN of an IAM ${type.replaceAll('-', ' ')}, not of a role.`);
  }
}
