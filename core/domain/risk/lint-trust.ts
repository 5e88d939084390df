import type { PolicyCondition, PolicyStatement } from '../policy-document';
import { isPrivateRange, prefixOfRange } from '../policy-ip';
import type { RiskFinding } from './finding';
import { readPolicyText, type PolicyText } from './policy-text';
import type { Path } from './places';

export type TrustToLint = {
  /** the role's policy, as it is written */
  readonly text: string;
  /** seconds; what the role allows at most */
  readonly maxSessionDuration?: number;
};

type Told = (id: string, severity: RiskFinding['severity'], path: Path, message: string, narrow: string) => void;

const stale = /^A(?:ROA|IDA)[A-Z0-9]+$/;
/** Where AWS documents that a service names the account it acts for when it assumes a role; to ask others could shut them out. */
const servicesWithSource =
  /^(?:cloudformation|codebuild|config|ecs-tasks|fis|glue|lambda|personalize|scheduler|states|vpc-flow-logs)\.amazonaws\.com(?:\.cn)?$/;

/** What somebody should look at in a role's trust before it is used (aws-reference §2). Empty for what is no trust policy. */
export function lintTrust({ text, maxSessionDuration }: TrustToLint): readonly RiskFinding[] {
  const policy = readPolicyText(text, 'trust');
  if (policy === undefined) return [];
  const found: RiskFinding[] = [];
  const tell: Told = (...finding) => {
    const made = policy.finding(...finding);
    if (!found.some(({ id, pointer }) => id === made.id && pointer === made.pointer)) found.push(made);
  };
  for (const statement of policy.document.statements) {
    if (statement.effect !== 'Allow') {
      lintDenial(policy, statement, tell);
      continue;
    }
    lintPrincipals(policy, statement, tell);
    lintServices(policy, statement, tell);
    for (const condition of statement.conditions) lintCondition(policy, statement, condition, tell);
  }
  lintExternalId(policy, tell);
  if (maxSessionDuration !== undefined && maxSessionDuration > 4 * 3600) {
    const [first] = policy.document.statements;
    if (first !== undefined) {
      tell(
        'long-sessions',
        'warning',
        policy.path(first.index, 'Action'),
        `A session may last ${maxSessionDuration / 3600} h, and so long a stolen one stays good.`,
        'One hour is enough for whoever renews by itself; four for a person’s day.',
      );
    }
  }
  return found;
}

function lintPrincipals(policy: PolicyText, { conditions, index, principals }: PolicyStatement, tell: Told): void {
  if (principals === undefined) return;
  const { aws, everyone } = principals.values;
  if (everyone) {
    const isNarrowed = conditions.some(isAboutWho);
    tell(
      'anyone',
      isNarrowed ? 'warning' : 'danger',
      policy.path(index, 'Principal'),
      isNarrowed
        ? 'Everybody is named; only the conditions keep strangers out.'
        : 'Anybody with an AWS account may enter who knows the role’s ARN.',
      'Name the account that is meant.',
    );
  }
  for (const name of aws) {
    const path = policy.path(index, 'Principal.AWS', name);
    if (stale.test(name)) {
      tell(
        'deleted-identity',
        'warning',
        path,
        `${name} is how IAM shows an identity that was deleted; whoever is made anew under its name is not let in.`,
        'Name the account, with a condition on aws:PrincipalArn.',
      );
    }
    if (/^(?:[0-9]{12}|arn:[^:]+:iam::[0-9]{12}:root)$/.test(name) && conditions.length === 0) {
      tell(
        'whole-account',
        'warning',
        path,
        'Everybody in that account may enter whom its administrators let assume roles.',
        'Add a condition on aws:PrincipalArn, and the external ID.',
      );
    }
  }
}

function lintDenial(policy: PolicyText, { index, principals }: PolicyStatement, tell: Told): void {
  if (principals?.negated !== true) return;
  tell(
    'not-principal',
    'warning',
    policy.path(index, 'NotPrincipal'),
    'NotPrincipal denies everybody else, their sessions included, and also whoever has a permissions boundary.',
    'Deny everybody, with a condition on aws:PrincipalArn that leaves the right ones out.',
  );
}

function lintServices(policy: PolicyText, { conditions, index, principals }: PolicyStatement, tell: Told): void {
  const isTied = conditions.some(({ key }) => /^aws:source(?:account|arn|orgid|orgpaths)$/i.test(key));
  if (isTied) return;
  const able = principals?.values.service.filter((service) => servicesWithSource.test(service)) ?? [];
  const [first] = able;
  if (first === undefined) return;
  tell(
    'service-without-source',
    'warning',
    policy.path(index, 'Principal.Service', first),
    `Nothing ties ${able.join(' and ')} to one account, though it could be.`,
    'Add a condition on aws:SourceAccount or aws:SourceArn.',
  );
}

/** Conditions that keep strangers out by themselves. */
function isAboutWho({ key, operator }: PolicyCondition): boolean {
  return (
    /^(?:aws:principal(?:arn|account|orgid|orgpaths)|aws:userid)$/i.test(key) && !/not|ifexists|^null$/i.test(operator)
  );
}

function lintCondition(policy: PolicyText, { index }: PolicyStatement, condition: PolicyCondition, tell: Told): void {
  const { key, operator, values } = condition;
  const path = policy.path(index, `Condition.${operator}`);
  if (/ifexists$/i.test(operator) || /not(?:equals|like|ipaddress)|^notip/i.test(operator)) {
    tell(
      /ifexists$/i.test(operator) ? 'if-exists' : 'negated',
      'warning',
      path,
      `${operator} lets everybody pass who does not send ${key} at all.`,
      `Use ${operator.replace(/IfExists$/i, '').replace(/Not/i, '')} with the values that are meant.`,
    );
  } else if (/like$/i.test(operator) && key.toLowerCase() === 'sts:externalid' && /[*?]/.test(values.join(''))) {
    tell(
      'external-id-pattern',
      values.some((value) => /^\*+$/.test(value)) ? 'danger' : 'warning',
      path,
      'A pattern lets more than one external ID pass.',
      'Use StringEquals with the one external ID.',
    );
  }
  if (!/^IpAddress/i.test(operator)) return;
  for (const range of values) {
    if (prefixOfRange(range) === 0) {
      tell('every-address', 'warning', path, `${range} is every address.`, 'Name the networks that are meant.');
    } else if (isPrivateRange(range)) {
      tell(
        'private-address',
        'warning',
        path,
        `${range} is a private range: AWS never sees it, it sees your public address.`,
        'Name the public address behind which that network is.',
      );
    }
  }
}

function asksForExternalId({ conditions }: PolicyStatement): boolean {
  return conditions.some(
    ({ key, operator, values }) =>
      key.toLowerCase() === 'sts:externalid' &&
      /^(?:ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)$/i.test(operator) &&
      !(/like$/i.test(operator) && values.some((value) => /[*?]/.test(value))),
  );
}

function lintExternalId(policy: PolicyText, tell: Told): void {
  const fromAccounts = policy.document.statements.filter(
    ({ effect, principals }) =>
      effect === 'Allow' &&
      principals !== undefined &&
      (principals.values.everyone || principals.values.aws.length > 0),
  );
  const bare = fromAccounts.filter((statement) => !asksForExternalId(statement));
  const [first] = bare;
  if (first === undefined) return;
  const isSecondWay = bare.length < fromAccounts.length;
  tell(
    'no-external-id',
    'warning',
    policy.path(first.index, 'Action'),
    isSecondWay
      ? 'Another statement lets the same or other accounts in without an external ID.'
      : 'No external ID is asked for: another customer of the same deployer can name your role, and be let in.',
    'Add StringEquals on sts:ExternalId to the statement.',
  );
}
