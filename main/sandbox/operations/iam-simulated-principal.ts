import type { PolicyCaller } from '../../../core/domain/policy-evaluation';
import { groupArn, roleArn, userArn } from '../arns';
import type { Call } from '../call';
import { AwsRefusal, noSuchEntity } from '../http';
import type { TagRecord } from '../snapshot';
import type { Account } from '../state';
import { policyArnRule } from './iam-shared';

export const invalidInput = (message: string): AwsRefusal => new AwsRefusal('InvalidInput', message, 400);

/** Whose request is simulated, and the condition keys that follow from who it is. */
export type SimulatedPrincipal = {
  readonly caller: PolicyCaller;
  readonly context: ReadonlyMap<string, readonly string[]>;
};

type Labelled = { readonly label: string; readonly document: string };

/** A user, group or role of the account, with all its policies. */
type PolicySource = SimulatedPrincipal & {
  readonly kind: 'user' | 'group' | 'role';
  readonly policies: readonly Labelled[];
  readonly boundary: Labelled | undefined;
};

type Holder = {
  readonly name: string;
  readonly inline: readonly { readonly name: string; readonly document: string }[];
  readonly attached: readonly string[];
};

function policiesOf(call: Call, kind: string, holder: Holder): readonly Labelled[] {
  return [
    // As the simulator names inline policies: kind, holder and name.
    ...holder.inline.map(({ document, name }) => ({ label: `${kind}_${holder.name}_${name}`, document })),
    ...holder.attached.flatMap((arn) => {
      const document = call.policies.document(arn);
      return document === undefined ? [] : [{ label: arn, document }];
    }),
  ];
}

function boundaryOf(call: Call, arn: string | undefined): Labelled | undefined {
  const document = arn === undefined ? undefined : call.policies.document(arn);
  return arn === undefined || document === undefined ? undefined : { label: arn, document };
}

function contextOf(
  account: Account,
  arn: string,
  type: string,
  tags: readonly TagRecord[],
): Map<string, readonly string[]> {
  return new Map<string, readonly string[]>([
    ['aws:principalarn', [arn]],
    ['aws:principalaccount', [account.id]],
    ['aws:principaltype', [type]],
    ...tags.map(({ key, value }): [string, readonly string[]] => [`aws:principaltag/${key.toLowerCase()}`, [value]]),
  ]);
}

function simulatedUser(account: Account, name: string): SimulatedPrincipal | undefined {
  const user = account.users.get(name.toLowerCase());
  if (user === undefined) return undefined;
  const arn = userArn(account.id, user);
  const context = contextOf(account, arn, 'User', user.tags);
  context.set('aws:username', [user.name]);
  context.set('aws:userid', [user.id]);
  return { caller: { kind: 'user', accountId: account.id, arn, uniqueId: user.id }, context };
}

const unclear = (arn: string): AwsRefusal =>
  invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);

/** CallerArn: a user, and nothing else (API reference, SimulateCustomPolicy). */
export function simulatedCaller(call: Call): SimulatedPrincipal | undefined {
  const arn = call.parameters.optionalText('CallerArn', { min: 1, max: 2048 });
  if (arn === undefined) return undefined;
  const match = /^arn:aws:iam::([0-9]{12}):user\/(?:.*\/)?([^/]+)$/.exec(arn);
  if (match === null) throw unclear(arn);
  const account = call.state.accounts.get(match[1] ?? '');
  const known = account === undefined ? undefined : simulatedUser(account, match[2] ?? '');
  // A user may be made up, also one of an account that the sandbox does not have.
  return (
    known ?? {
      caller: { kind: 'user', accountId: match[1] ?? '', arn },
      context: new Map([
        ['aws:principalarn', [arn]],
        ['aws:username', [match[2] ?? '']],
      ]),
    }
  );
}

/** PolicySourceArn: a session's ARN is refused, for it carries no policies of its own (aws-reference §3.4). */
export function simulatedPrincipal(call: Call, source: string): PolicySource {
  const { account } = call.caller;
  call.parameters.text('PolicySourceArn', policyArnRule);
  const match = /^arn:aws:iam::[0-9]{12}:(user|group|role)\/(?:.*\/)?([^/]+)$/.exec(source);
  const [, kind, name = ''] = match ?? [];
  const missing = noSuchEntity(`The ${kind ?? 'entity'} with name ${name} cannot be found.`);
  if (kind === 'user') {
    const user = account.users.get(name.toLowerCase());
    const simulated = simulatedUser(account, name);
    if (user === undefined || simulated === undefined || userArn(account.id, user) !== source) throw missing;
    const groups = [...account.groups.values()].filter((group) => group.members.includes(user.id));
    return {
      ...simulated,
      kind,
      policies: [...policiesOf(call, kind, user), ...groups.flatMap((group) => policiesOf(call, 'group', group))],
      boundary: boundaryOf(call, user.boundaryArn),
    };
  }
  if (kind === 'group') {
    const group = account.groups.get(name.toLowerCase());
    if (group === undefined || groupArn(account.id, group) !== source) throw missing;
    return {
      kind,
      caller: { kind: 'user', accountId: account.id, arn: source },
      context: new Map(),
      policies: policiesOf(call, kind, group),
      boundary: undefined,
    };
  }
  if (kind === 'role') {
    const role = account.roles.get(name.toLowerCase());
    if (role === undefined || roleArn(account.id, role) !== source) throw missing;
    return {
      kind,
      caller: { kind: 'role-session', accountId: account.id, arn: source, roleArn: source, uniqueId: role.id },
      context: contextOf(account, source, 'AssumedRole', role.tags),
      policies: policiesOf(call, kind, role),
      boundary: boundaryOf(call, role.boundaryArn),
    };
  }
  throw unclear(source);
}
