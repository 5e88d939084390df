import { z } from 'zod';

/** From the mildest to the one that cannot be taken back. */
export const revocationWays = [
  'close-trust',
  'deny-older-sessions',
  'detach-permissions',
  'quarantine',
  'delete-role',
] as const;
export const revocationWaySchema = z.enum(revocationWays);
export type RevocationWay = z.infer<typeof revocationWaySchema>;

/** `open`: as before; `half`: one may come through, and may do nothing; `shut`: refused. */
export type DoorState = 'open' | 'half' | 'shut';

export type WayFacts = {
  /** new sessions */
  readonly outer: DoorState;
  /** sessions that live already */
  readonly inner: DoorState;
  /** IAM actions on the role without which it stops half-way */
  readonly needs: readonly string[];
  readonly canBeUndone: boolean;
};

const reading = ['iam:GetRole'] as const;
const readingPolicies = ['iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'] as const;

/** What each way does in the target account (aws-reference §6.1). */
export const wayFacts: Readonly<Record<RevocationWay, WayFacts>> = {
  'close-trust': {
    ...{ outer: 'shut', inner: 'open', canBeUndone: true },
    needs: [...reading, 'iam:UpdateAssumeRolePolicy'],
  },
  'deny-older-sessions': {
    ...{ outer: 'open', inner: 'shut', canBeUndone: true },
    needs: [...reading, 'iam:PutRolePolicy'],
  },
  'detach-permissions': {
    ...{ outer: 'half', inner: 'half', canBeUndone: true },
    needs: [...reading, ...readingPolicies, 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy'],
  },
  quarantine: {
    ...{ outer: 'shut', inner: 'shut', canBeUndone: true },
    needs: [...reading, 'iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy'],
  },
  'delete-role': {
    ...{ outer: 'shut', inner: 'shut', canBeUndone: false },
    needs: [
      ...reading,
      ...['iam:ListInstanceProfilesForRole', 'iam:RemoveRoleFromInstanceProfile'],
      ...['iam:ListRolePolicies', 'iam:DeleteRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:DetachRolePolicy'],
      'iam:DeleteRole',
    ],
  },
};

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

/** Is this a trust policy that `closedTrustPolicy` made? IAM keeps the meaning of the text, not its blanks. */
export function isClosedTrust(trustPolicy: string): boolean {
  try {
    return JSON.stringify(JSON.parse(trustPolicy)) === JSON.stringify(JSON.parse(closedTrustPolicy()));
  } catch {
    return false;
  }
}
