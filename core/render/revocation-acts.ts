import { isAccountId } from '../domain/account-id';
import { parseRoleArn, type RoleArn } from '../domain/arn';
import { regionSchema } from '../domain/limits';
import { denyOlderSessionsPolicy, denyOlderSessionsPolicyName, type Stack } from '../domain/revocation';
import {
  closedTrustPolicy,
  denyAllBoundaryArn,
  denyAllPolicy,
  denyAllPolicyName,
  denyAssumePolicy,
  denyAssumePolicyName,
  roleScp,
  wayFacts,
  type Measure,
  type RevocationWay,
} from '../domain/revocation-ways';
import type { RenderedFile } from './rendering';

/** What scripts, clicks and pages for taking one role back are written from. */
export type RevocationGround = {
  readonly roleArn: string;
  readonly way: RevocationWay;
  /** where the AWS CLI asks; IAM is the same in all Regions of a partition */
  readonly region: string;
  /** needed for `delete-stack` */
  readonly stack?: Stack;
  /** whose right is taken; needed for `caller` */
  readonly caller?: { readonly accountId: string; readonly kind: 'user' | 'role'; readonly name: string };
  /** the organization's, where it is known; the script of `scp` asks AWS otherwise */
  readonly managementAccountId?: string;
};

/** One call in the AWS CLI's words: the request as JSON in a file, a policy as a file of its own. */
export type RevocationCall = {
  readonly service: 'iam' | 'organizations' | 'cloudformation';
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly document?: { readonly option: string; readonly text: string };
};

/** A measure as a script carries it out. */
export type RevocationAct = { readonly title: string } & (
  | { readonly kind: 'change'; readonly call: RevocationCall }
  /** `cutoffMark` in the policy stands for the time at which the script runs, plus half a minute */
  | { readonly kind: 'deny-older'; readonly call: RevocationCall }
  /** all that hangs on the role, listed when the script runs */
  | { readonly kind: 'detach' }
  | { readonly kind: 'delete-role' }
  | { readonly kind: 'scp'; readonly name: string; readonly make: RevocationCall; readonly accountId: string }
  | { readonly kind: 'stack'; readonly name: string; readonly roleName: string }
);

/** One of the scripts, without a folder in its name. */
export type RevocationFile = Omit<RenderedFile, 'accountId'>;

/** A time that no cutoff can be. */
export const cutoffMark = new Date(0).toISOString();

export type RevocationActs = {
  readonly role: RoleArn;
  /** whose credentials the script needs; absent: the management account, which AWS names */
  readonly accountId: string | undefined;
  /** the same in words: `account 444455556666` */
  readonly whose: string;
  readonly region: string;
  /** before AWS was seen to refuse */
  readonly acts: readonly RevocationAct[];
  /** after that; only `step-by-step` has some */
  readonly later: readonly RevocationAct[];
  /** looked at first: where the role is gone, everything is done */
  readonly isOnRole: boolean;
  /** everything that the way takes away is saved first, not the role alone */
  readonly keepsAll: boolean;
  /** `sallyport-revoke-TidewaterDeploy-444455556666`: of characters that no shell and no file system reads in another way */
  readonly baseName: string;
};

/** Why there is no script for it, in a sentence; undefined where there is one. */
export function whyNoRevocationScript(ground: RevocationGround): string | undefined {
  const read = revocationActs(ground);
  return typeof read === 'string' ? read : undefined;
}

const names = /^[\w+=,.@-]{1,64}$/;

/** The way as calls, or why it cannot be written down, in a sentence. The policies are the app's own, byte for byte. */
export function revocationActs(ground: RevocationGround): RevocationActs | string {
  const { caller, managementAccountId, roleArn, stack, way } = ground;
  const role = parseRoleArn(roleArn);
  if (role === undefined) return 'This is not the ARN of a role.';
  const { account, measures } = wayFacts[way];
  const accountId = { target: role.accountId, management: managementAccountId, source: caller?.accountId }[account];
  if (account !== 'management' && accountId === undefined) return 'It is not known in which account it is done.';
  if (accountId !== undefined && !isAccountId(accountId)) return 'It is not known in which account it is done.';
  if (way === 'caller' && !names.test(caller?.name ?? '')) return 'It is not known whose right is to be taken.';
  if (way === 'delete-stack' && !/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(stack?.name ?? '')) {
    return 'It is not known which stack made the role.';
  }
  const region = stack !== undefined && way === 'delete-stack' ? stack.region : ground.region;
  if (!regionSchema.safeParse(region).success) return 'It is not known in which Region to ask.';
  const proof = measures.indexOf('prove');
  const acts = (some: readonly Measure[]) => some.flatMap((measure) => actsOf(measure, role, ground));
  return {
    ...{ role, accountId, region },
    whose: accountId === undefined ? 'the organization’s management account' : `account ${accountId}`,
    acts: acts(measures.slice(0, proof)),
    later: acts(measures.slice(proof)),
    isOnRole: account === 'target' && way !== 'delete-stack',
    keepsAll: measures.includes('detach-permissions') || measures.includes('delete-role'),
    baseName: `sallyport-revoke-${role.roleName.replace(/[^A-Za-z0-9]+/g, '-')}-${role.accountId}`,
  };
}

function actsOf(measure: Measure, role: RoleArn, { caller, stack }: RevocationGround): readonly RevocationAct[] {
  const { accountId, arn, partition, roleName: RoleName } = role;
  const put = (PolicyName: string, text: string): RevocationCall => ({
    service: 'iam',
    operation: 'put-role-policy',
    request: { RoleName, PolicyName },
    document: { option: '--policy-document', text },
  });
  switch (measure) {
    case 'close-trust': {
      const document = { option: '--policy-document', text: closedTrustPolicy() };
      const call = { service: 'iam', operation: 'update-assume-role-policy', request: { RoleName }, document } as const;
      return [{ kind: 'change', title: `Closed the trust of ${RoleName}`, call }];
    }
    case 'deny-older-sessions': {
      const call = put(denyOlderSessionsPolicyName, denyOlderSessionsPolicy(0));
      return [{ kind: 'deny-older', title: `Put policy ${denyOlderSessionsPolicyName}`, call }];
    }
    case 'detach-permissions':
      return [{ kind: 'detach', title: `Took the permissions of ${RoleName}` }];
    case 'deny-all': {
      const call = put(denyAllPolicyName, denyAllPolicy());
      return [{ kind: 'change', title: `Put policy ${denyAllPolicyName}`, call }];
    }
    case 'set-boundary': {
      const request = { RoleName, PermissionsBoundary: denyAllBoundaryArn(partition) };
      const call = { service: 'iam', operation: 'put-role-permissions-boundary', request } as const;
      return [{ kind: 'change', title: 'Set AWSDenyAll as permissions boundary', call }];
    }
    case 'deny-by-scp':
      return [scpAct(role)];
    case 'deny-caller': {
      const { kind = 'user', name = '' } = caller ?? {};
      const PolicyName = denyAssumePolicyName(accountId, RoleName);
      const call: RevocationCall = {
        ...put(PolicyName, denyAssumePolicy(arn)),
        operation: `put-${kind}-policy`,
        request: { [kind === 'user' ? 'UserName' : 'RoleName']: name, PolicyName },
      };
      return [{ kind: 'change', title: `Put policy ${PolicyName} on ${kind} ${name}`, call }];
    }
    case 'prove':
      return [];
    case 'delete-role':
      return [{ kind: 'delete-role', title: `Deleted role ${RoleName}` }];
    case 'delete-stack':
      return [
        { kind: 'stack', title: `Deleted stack ${stack?.name ?? ''}`, name: stack?.name ?? '', roleName: RoleName },
      ];
  }
}

function scpAct(role: RoleArn): RevocationAct {
  const name = `Sallyport-${role.accountId}-${role.roleName}`;
  const request = {
    Name: name,
    Description: `Denies everything to ${role.roleName} in ${role.accountId}.`,
    Type: 'SERVICE_CONTROL_POLICY',
  };
  return {
    kind: 'scp',
    title: `Service control policy ${name}`,
    name,
    accountId: role.accountId,
    make: {
      service: 'organizations',
      operation: 'create-policy',
      request,
      document: { option: '--content', text: roleScp(role.arn) },
    },
  };
}
