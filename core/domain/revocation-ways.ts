import { z } from '../zod';

/** One change in AWS that takes access back, or `prove`: asking AWS until it has refused twice. */
export const measures = [
  'close-trust',
  'deny-older-sessions',
  'detach-permissions',
  'deny-all',
  'set-boundary',
  'deny-by-scp',
  'deny-caller',
  'prove',
  'delete-role',
  'delete-stack',
] as const;
export const measureSchema = z.enum(measures);
export type Measure = z.infer<typeof measureSchema>;

/** The recommended one, then from the mildest to those that cannot be taken back. */
export const revocationWays = [
  'step-by-step',
  'close-trust',
  'deny-older-sessions',
  'detach-permissions',
  'quarantine',
  'delete-role',
  'deny-all',
  'boundary',
  'scp',
  'caller',
  'delete-stack',
] as const;
export const revocationWaySchema = z.enum(revocationWays);
export type RevocationWay = z.infer<typeof revocationWaySchema>;

/** `open`: as before; `half`: one may come through, and may do nothing; `shut`: refused. */
export type DoorState = 'open' | 'half' | 'shut';

/** In which account it is done: the role's own, the organization's management account, or the one that calls. */
export type ActingAccount = 'target' | 'management' | 'source';

type Effect = {
  /** new sessions */
  readonly outer: DoorState;
  /** sessions that live already */
  readonly inner: DoorState;
  /** IAM actions without which it stops half-way */
  readonly needs: readonly string[];
  readonly canBeUndone: boolean;
};

export type WayFacts = Effect & {
  /** in this order; each is done before the next begins */
  readonly measures: readonly Measure[];
  readonly account: ActingAccount;
};

const readingPolicies = ['iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'] as const;

/** What each measure does (aws-reference §6.1). A boundary does not limit what a resource policy grants to a session. */
const effects: Readonly<Record<Measure, Effect>> = {
  'close-trust': { outer: 'shut', inner: 'open', canBeUndone: true, needs: ['iam:UpdateAssumeRolePolicy'] },
  'deny-older-sessions': {
    ...{ outer: 'open', inner: 'shut', canBeUndone: true },
    needs: ['iam:GetRolePolicy', 'iam:PutRolePolicy'],
  },
  'detach-permissions': {
    ...{ outer: 'half', inner: 'half', canBeUndone: true },
    needs: [...readingPolicies, 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy'],
  },
  'deny-all': { outer: 'half', inner: 'shut', canBeUndone: true, needs: ['iam:PutRolePolicy'] },
  'set-boundary': { outer: 'half', inner: 'half', canBeUndone: true, needs: ['iam:PutRolePermissionsBoundary'] },
  'deny-by-scp': {
    ...{ outer: 'half', inner: 'shut', canBeUndone: true },
    needs: ['organizations:CreatePolicy', 'organizations:AttachPolicy', 'organizations:ListPolicies'],
  },
  'deny-caller': {
    ...{ outer: 'shut', inner: 'open', canBeUndone: true },
    needs: ['iam:PutUserPolicy', 'iam:PutRolePolicy'],
  },
  prove: { outer: 'open', inner: 'open', canBeUndone: true, needs: [] },
  'delete-role': {
    ...{ outer: 'shut', inner: 'shut', canBeUndone: false },
    needs: [
      ...['iam:ListInstanceProfilesForRole', 'iam:RemoveRoleFromInstanceProfile'],
      ...['iam:ListRolePolicies', 'iam:DeleteRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:DetachRolePolicy'],
      'iam:DeleteRole',
    ],
  },
  'delete-stack': { outer: 'shut', inner: 'shut', canBeUndone: false, needs: ['cloudformation:DeleteStack'] },
};

const wayMeasures: Readonly<Record<RevocationWay, readonly Measure[]>> = {
  // nothing is deleted before AWS was seen to refuse
  'step-by-step': ['close-trust', 'deny-older-sessions', 'prove', 'delete-role'],
  'close-trust': ['close-trust', 'prove'],
  'deny-older-sessions': ['deny-older-sessions', 'prove'],
  'detach-permissions': ['detach-permissions', 'prove'],
  // the outer door first: a session opened in between is older than the cutoff
  quarantine: ['close-trust', 'deny-older-sessions', 'prove'],
  'delete-role': ['delete-role', 'prove'],
  'deny-all': ['deny-all', 'prove'],
  boundary: ['set-boundary', 'prove'],
  scp: ['deny-by-scp', 'prove'],
  caller: ['deny-caller', 'prove'],
  'delete-stack': ['delete-stack', 'prove'],
};

const accounts: Partial<Readonly<Record<RevocationWay, ActingAccount>>> = { scp: 'management', caller: 'source' };

function factsOf(way: RevocationWay): WayFacts {
  const parts = wayMeasures[way].map((measure) => effects[measure]);
  const account = accounts[way] ?? 'target';
  return {
    measures: wayMeasures[way],
    account,
    outer: mostShut(parts.map(({ outer }) => outer)),
    inner: mostShut(parts.map(({ inner }) => inner)),
    needs: [...new Set([...(account === 'target' ? ['iam:GetRole'] : []), ...parts.flatMap(({ needs }) => needs)])],
    canBeUndone: parts.every(({ canBeUndone }) => canBeUndone),
  };
}

function mostShut(doors: readonly DoorState[]): DoorState {
  if (doors.includes('shut')) return 'shut';
  return doors.includes('half') ? 'half' : 'open';
}

/** What each way does, which follows from its measures. */
export const wayFacts = Object.fromEntries(revocationWays.map((way) => [way, factsOf(way)])) as Readonly<
  Record<RevocationWay, WayFacts>
>;

/** Ways that a session of the role can take against itself: its last call takes its own power away (aws-reference §6.6). */
export const selfWays: readonly RevocationWay[] = ['quarantine'];

/**
 * A trust policy under which nobody may assume the role. A statement that denies, so that nothing that is allowed beside
 * it counts; IAM takes no trust policy without one (aws-reference §6.6).
 */
export function closedTrustPolicy(): string {
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ClosedBySallyport',
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        },
      ],
    },
    null,
    2,
  );
}

/** Is this a trust policy that `closedTrustPolicy` made? */
export function isClosedTrust(trustPolicy: string): boolean {
  return isSamePolicy(trustPolicy, closedTrustPolicy());
}

/** IAM keeps the meaning of a policy's text, not its blanks. What is not JSON is like nothing. */
export function isSamePolicy(one: string, other: string): boolean {
  try {
    return JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
  } catch {
    return false;
  }
}

/** Name of the inline policy of `deny-all` on the role. */
export const denyAllPolicyName = 'DeniedBySallyport';

/** Denies everything to whoever is in the role, whatever grants it. */
export function denyAllPolicy(): string {
  return JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Sid: 'DeniedBySallyport', Effect: 'Deny', Action: '*', Resource: '*' }] },
    null,
    2,
  );
}

/** AWS's own policy that denies everything, as a boundary (aws-reference §6.1). */
export function denyAllBoundaryArn(partition: string): string {
  return `arn:${partition}:iam::aws:policy/AWSDenyAll`;
}

/** A service control policy that denies everything to one role of the account, and to nobody else. */
export function roleScp(roleArn: string): string {
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'DeniedBySallyport',
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn } },
        },
      ],
    },
    null,
    2,
  );
}

/** Denies a user or role of the source account the assuming of one role. */
export function denyAssumePolicy(roleArn: string): string {
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [{ Sid: 'DeniedBySallyport', Effect: 'Deny', Action: 'sts:AssumeRole', Resource: roleArn }],
    },
    null,
    2,
  );
}

/** Name of the inline policy of `deny-caller`: one for each role, so that taking one back leaves the others. */
export function denyAssumePolicyName(accountId: string, roleName: string): string {
  return `DenyAssume-${accountId}-${roleName}`.slice(0, 128);
}
