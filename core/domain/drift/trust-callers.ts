import { isAccountId } from '../account-id';
import { parseArn, parseRoleArn } from '../arn';
import type { PolicyCaller } from '../policy-compile';
import type { PolicyDocument } from '../policy-document';
import { anExample } from './probes';

/** Somebody who tries to enter, standing for all who are like them. */
export type TrustCaller = {
  readonly kind: 'named' | 'account' | 'anyone' | 'service';
  /** as a person would call them: an ARN, an account's ID, a service */
  readonly name: string;
  readonly caller: PolicyCaller;
  /** condition keys that come with the caller */
  readonly brings: ReadonlyMap<string, readonly string[]>;
};

/** Keys that are not free: each caller has its own. */
export const callerKeys: ReadonlySet<string> = new Set([
  ...['aws:principalarn', 'aws:principalaccount', 'aws:principaltype', 'aws:userid', 'aws:username'],
  'aws:principalisawsservice',
]);

const stranger = '999999999999';

function accountOf(principal: string): string | undefined {
  return isAccountId(principal) ? principal : /^arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1];
}

function user(kind: TrustCaller['kind'], name: string, arn: string, accountId: string): TrustCaller {
  return {
    kind,
    name,
    caller: { kind: 'user', accountId, arn },
    brings: new Map([
      ['aws:principalarn', [arn]],
      ['aws:principalaccount', [accountId]],
      ['aws:principaltype', ['User']],
      ['aws:username', [arn.slice(arn.lastIndexOf('/') + 1)]],
      ['aws:principalisawsservice', ['false']],
    ]),
  };
}

function session(name: string, roleArn: string, accountId: string, sessionArn: string): TrustCaller {
  return {
    kind: 'named',
    name,
    caller: { kind: 'role-session', accountId, arn: sessionArn, roleArn },
    brings: new Map([
      ['aws:principalarn', [roleArn]],
      ['aws:principalaccount', [accountId]],
      ['aws:principaltype', ['AssumedRole']],
      ['aws:principalisawsservice', ['false']],
    ]),
  };
}

/** Whoever an ARN, or a pattern of one, names. */
function named(principal: string): TrustCaller | undefined {
  const example = anExample(principal);
  const role = parseRoleArn(example);
  if (role !== undefined) {
    const { accountId, partition, roleName } = role;
    return session(
      principal,
      example,
      accountId,
      `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/example`,
    );
  }
  const arn = parseArn(example);
  if (arn === undefined || !isAccountId(arn.accountId)) {
    // what IAM shows of somebody who was deleted
    if (!/^A(?:ROA|IDA)[A-Z0-9]+$/.test(principal)) return undefined;
    const caller = user('named', principal, `arn:aws:iam::000000000000:user/${principal}`, '000000000000');
    return { ...caller, caller: { ...caller.caller, uniqueId: principal } };
  }
  const assumed = /^assumed-role\/([^/]+)\//.exec(arn.resource)?.[1];
  return assumed === undefined
    ? user('named', principal, example, arn.accountId)
    : session(principal, `arn:${arn.partition}:iam::${arn.accountId}:role/${assumed}`, arn.accountId, example);
}

/** Somebody of an account whom nothing names. */
function anybodyOf(accountId: string, kind: 'account' | 'anyone' = 'account'): TrustCaller {
  return user(kind, accountId, `arn:aws:iam::${accountId}:user/nobody-in-particular`, accountId);
}

/** Everybody whom the policies could tell apart: those they name, somebody else of each account, services, and a stranger. */
export function callersIn(documents: readonly PolicyDocument[]): readonly TrustCaller[] {
  const statements = documents.flatMap((document) => document.statements);
  const principals = statements.flatMap((statement) => statement.principals?.values.aws ?? []);
  const asked = statements.flatMap(({ conditions }) => conditions);
  const valuesOf = (key: string) =>
    asked.filter((condition) => condition.key.toLowerCase() === key).flatMap(({ values }) => values);
  const specific = [...principals.filter((one) => accountOf(one) === undefined), ...valuesOf('aws:principalarn')]
    .map(named)
    .filter((caller) => caller !== undefined);
  const accounts = new Set([
    ...principals.flatMap((one) => accountOf(one) ?? []),
    ...valuesOf('aws:principalaccount').filter(isAccountId),
    ...specific.map(({ caller }) => caller.accountId),
  ]);
  const services = new Set(statements.flatMap((statement) => statement.principals?.values.service ?? []));
  const all = [
    ...specific,
    ...[...accounts].map((accountId) => anybodyOf(accountId)),
    anybodyOf(stranger, 'anyone'),
    ...[...services].map((name): TrustCaller => ({
      kind: 'service',
      name,
      caller: { kind: 'service', accountId: '', arn: name },
      brings: new Map([['aws:principalisawsservice', ['true']]]),
    })),
  ];
  return [...new Map(all.map((one) => [`${one.kind} ${one.name}`, one])).values()];
}
