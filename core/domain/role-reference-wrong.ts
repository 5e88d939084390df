import { parseArn, parseAssumedRoleArn, parseRoleArn } from './arn';
import { formatAccountId } from './account-id';
import { partitionById } from './partitions';

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

/** What speaks against assuming this role, although its ARN is well formed. */
export function whyRoleIsWrong(
  role: { readonly partition: string; readonly accountId: string; readonly path: string; readonly roleName: string },
  context: CallerContext,
): Wrong | undefined {
  if (role.path.startsWith('/aws-service-role/')) {
    return wrong(
      'service-linked',
      `${role.roleName} is a service-linked role. Only the AWS service it belongs to can use it, and nobody can change who it trusts.`,
    );
  }
  if (role.path.startsWith('/aws-reserved/')) {
    return wrong(
      'identity-center',
      `${role.roleName} is managed by IAM Identity Center. People reach it by signing in there; its trust cannot be edited in IAM.`,
      'Create a role of your own in the target account and paste the ARN from its page. To work as this one, choose Identity Center as the source.',
    );
  }
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

/** Names what a well-formed ARN of something else is, and where the role's is found. */
export function whyArnIsWrong(text: string): Wrong {
  if (/[<{[]|\.\.\.|replace|your[_-]|account[_-]?id|role[_-]?name/i.test(text)) {
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
        ? wrong(
            'damaged-arn',
            'This is meant to be a role’s ARN, but its path or name has characters IAM does not allow.',
          )
        : wrong('other-iam', 'This role cannot be used here.');
    default:
      return wrong('other-iam', `This is the ARN of an IAM ${type.replaceAll('-', ' ')}, not of a role.`);
  }
}
