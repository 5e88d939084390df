import { parsePolicyDocument } from './policy-document';
import { compilePolicy, evaluate, type CompiledPolicy, type PolicyCaller } from './policy-evaluation';

/** Somebody of an account below, and what they have to be able to do. */
export type Bound = {
  /** in whose words: a connection's or a source's name */
  readonly name: string;
  readonly accountId: string;
  /** the role's or user's own ARN; of a session its role's */
  readonly principalArn: string;
  /** where its regional calls go */
  readonly region: string;
  /** what for: the work that was agreed, or taking access back */
  readonly purpose: 'recipe' | 'revocation';
  readonly needs: readonly { readonly action: string; readonly resource: string }[];
};

/** `purpose`, `name` and `accountId` as in `Bound`; each action once. */
export type DeniedNeed = Pick<Bound, 'accountId' | 'name' | 'purpose'> & { readonly actions: readonly string[] };

const everything = compiled('everything', {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

function compiled(label: string, document: string | object): CompiledPolicy {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const reading = parsePolicyDocument(text, 'service-control');
  if (!reading.ok) throw new Error(`The policy “${label}” cannot be read: ${reading.message}`);
  return compilePolicy(label, reading.document);
}

function callerOf({ accountId, principalArn }: Bound): PolicyCaller {
  const [, partition = 'aws'] = principalArn.split(':');
  const name = principalArn.split('/').at(-1) ?? '';
  if (principalArn.endsWith(':root')) return { kind: 'root', accountId, arn: principalArn };
  if (!principalArn.includes(':role/')) return { kind: 'user', accountId, arn: principalArn };
  const arn = `arn:${partition}:sts::${accountId}:assumed-role/${name}/session`;
  return { kind: 'role-session', accountId, arn, roleArn: principalArn };
}

/**
 * Which of these needs a service control policy would refuse, by the evaluator that the rest of the app goes by, as if
 * nothing else stood in the way. Nobody of the management account is bound (Organizations User Guide, "SCP effects on
 * permissions"), nor are service-linked roles. Ends at `most` of them. Pure. Throws for a document that is no policy.
 */
export function deniedBy(
  document: string,
  bound: readonly Bound[],
  managementAccountId: string,
  most = Number.POSITIVE_INFINITY,
): DeniedNeed[] {
  const guardRail = compiled('guard rail', document);
  const found: DeniedNeed[] = [];
  for (const one of bound) {
    if (found.length >= most) break;
    const { accountId, name, needs, principalArn, purpose, region } = one;
    if (accountId === managementAccountId || principalArn.includes(':role/aws-service-role/')) continue;
    const context = new Map([
      ['aws:requestedregion', [region]],
      ['aws:principalarn', [principalArn]],
      ['aws:principalaccount', [accountId]],
    ]);
    const denied = needs.filter(
      ({ action, resource }) =>
        evaluate(
          { action, resource, resourceAccountId: accountId, caller: callerOf(one), context },
          { identity: [everything], serviceControl: [[everything, guardRail]] },
        ).decision === 'explicitDeny',
    );
    if (denied.length === 0) continue;
    found.push({ name, accountId, purpose, actions: [...new Set(denied.map(({ action }) => action))] });
  }
  return found;
}
