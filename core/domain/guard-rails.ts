import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { accountIdSchema, idSchema, instantSchema, regionSchema, roleNameSchema, rolePathSchema } from './limits';
import { placeIdSchema } from './sub-account';

/** A root, a unit or an account, by its ID: what a policy is attached to. */
export const policyTargetIdSchema = z.union([placeIdSchema, accountIdSchema]);

/** A role in any account, by path and name: this one, and none that a wildcard would fit. */
export const anyRoleSchema = z.strictObject({ path: rolePathSchema.regex(/^[^*?$]*$/), name: roleNameSchema });
export type AnyRole = Readonly<z.infer<typeof anyRoleSchema>>;

/** A service control policy of the catalogue, with the answers to its own questions. */
export const guardRailSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stay') }),
  z.strictObject({
    kind: z.literal('role'),
    role: anyRoleSchema,
    /** who may change it all the same; at least one, or nobody could take access back */
    exceptions: z.array(anyRoleSchema).min(1).max(5),
  }),
  z.strictObject({ kind: z.literal('regions'), regions: z.array(regionSchema).min(1).max(20) }),
  z.strictObject({ kind: z.literal('trail') }),
]);
export type GuardRail = Readonly<z.infer<typeof guardRailSchema>>;
export type GuardRailKind = GuardRail['kind'];

export const guardRailKinds = ['stay', 'role', 'regions', 'trail'] as const satisfies readonly GuardRailKind[];

/** One thing of the way, on record before AWS is asked and after it answered. AWS's time where it did. */
export const guardRailStepSchema = z.strictObject({
  what: z.enum(['switch-on', 'create', 'reuse', 'attach', 'see', 'detach', 'delete', 'keep']),
  /** `started`: nobody knows yet what came of it; `found`: AWS had it so already */
  state: z.enum(['started', 'done', 'found', 'failed']),
  at: instantSchema,
  requestId: z.string().max(128).optional(),
});
export type GuardRailStep = Readonly<z.infer<typeof guardRailStepSchema>>;

/**
 * A guard rail that was asked for. `attaching`, `detaching`: goes on by itself, also after a restart; `stopped`: a call
 * failed or the person stopped it, and it can be gone on with, or taken back. `wanted` says which way it was going.
 */
export const guardRailRecordSchema = z.strictObject({
  id: idSchema,
  guardRail: guardRailSchema,
  /** as AWS was given it */
  document: z.string().min(2).max(5120),
  targetId: policyTargetIdSchema,
  sourceId: z.string().min(1).max(64),
  managementAccountId: accountIdSchema,
  state: z.enum(['attaching', 'attached', 'detaching', 'detached', 'stopped']),
  wanted: z.enum(['attached', 'detached']),
  policyId: z
    .string()
    .regex(/^p-[0-9a-zA-Z_]{8,128}$/)
    .optional(),
  /** this app made the policy; what others made is never deleted */
  made: z.boolean(),
  startedAt: instantSchema,
  steps: z.array(guardRailStepSchema).max(100),
  error: appErrorSchema.optional(),
});
export type GuardRailRecord = Readonly<z.infer<typeof guardRailRecordSchema>>;

export type GuardRailFacts = {
  readonly title: string;
  /** in the policy's name, by which it is found again */
  readonly word: string;
  /** what it refuses, in one line */
  readonly denies: string;
  readonly hits: string;
  readonly stillWorks: string;
};

export const guardRailFacts: Readonly<Record<GuardRailKind, GuardRailFacts>> = {
  stay: {
    title: 'Stay in the organization',
    word: 'StayInOrganization',
    denies: 'Leaving the organization.',
    hits: 'Every identity of the accounts below, their root users too.',
    stillWorks: 'The management account can still remove an account.',
  },
  role: {
    title: 'Protect a role',
    word: 'ProtectRole',
    denies: 'Making, changing and deleting the role, and the roles that are excepted.',
    hits: 'Every identity of the accounts below, the role itself too, but for those that you except.',
    stillWorks:
      'The role is used as before, and the excepted ones can take it back. A managed policy of the account that it has can still be changed.',
  },
  regions: {
    title: 'Only some Regions',
    word: 'OnlyRegions',
    denies: 'Every call to another Region.',
    hits: 'Every identity of the accounts below, their root users too.',
    stillWorks:
      'Global services such as IAM, STS, Route 53 and CloudFront. What is in other Regions stays there and costs as before.',
  },
  trail: {
    title: 'Keep CloudTrail on',
    word: 'KeepCloudTrail',
    denies: 'Stopping, changing and deleting a trail.',
    hits: 'Every identity of the accounts below, their root users too.',
    stillWorks: 'Reading events and making further trails. A trail of the organization is changed in its own account.',
  },
};

/** What policies of the catalogue are called: `Sallyport-OnlyRegions-1f0c9a2b`, by the record that made it. */
export function guardRailName(kind: GuardRailKind, recordId: string): string {
  return `Sallyport-${guardRailFacts[kind].word}-${recordId.slice(0, 8)}`;
}

/** Which guard rail a policy of that name is; undefined for what the catalogue did not make. */
export function kindOfName(name: string): GuardRailKind | undefined {
  return guardRailKinds.find((kind) => name.startsWith(`Sallyport-${guardRailFacts[kind].word}-`));
}

/** Beside the name in the console: at most 512 characters. */
export function guardRailDescription(kind: GuardRailKind): string {
  return `Sallyport guard rail. Denies: ${guardRailFacts[kind].denies}`;
}

/**
 * Every action of IAM that makes, changes or deletes a role (Service Authorization Reference, "IAM": write, permissions
 * and tagging actions on the resource type role; those of service-linked roles do not come from policies of accounts).
 */
export const roleChanges = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:DeleteRole',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
  'iam:UpdateRoleDescription',
] as const;

/** What silences a trail (Control Tower Controls Reference, "Disallow configuration changes to CloudTrail"). */
const trailChanges = [
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
];

/**
 * Services with one endpoint for all Regions, and what they need in the Region where it stands (Organizations User Guide,
 * "General examples", Deny access based on the requested Region). AWS says itself that its list may lack new ones.
 */
const globalActions = [
  ...['a4b:*', 'acm:*', 'aws-marketplace-management:*', 'aws-marketplace:*', 'aws-portal:*', 'billing:*', 'budgets:*'],
  ...['ce:*', 'chime:*', 'cloudfront:*', 'config:*', 'cur:*', 'directconnect:*', 'ec2:DescribeRegions'],
  ...['ec2:DescribeTransitGateways', 'ec2:DescribeVpnGateways', 'fms:*', 'globalaccelerator:*', 'health:*', 'iam:*'],
  ...['importexport:*', 'kms:*', 'mobileanalytics:*', 'networkmanager:*', 'organizations:*', 'pricing:*', 'route53:*'],
  ...['route53-recovery-cluster:*', 'route53-recovery-control-config:*', 'route53-recovery-readiness:*'],
  ...['route53domains:*', 's3:GetAccountPublic*', 's3:ListAllMyBuckets', 's3:ListMultiRegionAccessPoints'],
  ...['s3:PutAccountPublic*', 'shield:*', 'sts:*', 'support:*', 'trustedadvisor:*', 'waf-regional:*', 'waf:*'],
  ...['wafv2:*', 'wellarchitected:*'],
];

/** Characters that AWS took from the beginning; twice as many since May 2026. Blanks count, so there are none. */
export const guardRailSizeLimit = 5120;

/** The role in all accounts of the partition. `partition` such as `aws`. */
function roleInAnyAccount(partition: string, { name, path }: AnyRole): string {
  return `arn:${partition}:iam::*:role${path}${name}`;
}

function statementOf(guardRail: GuardRail, partition: string): object {
  switch (guardRail.kind) {
    case 'stay':
      return { Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' };
    case 'role': {
      const exceptions = guardRail.exceptions.map((role) => roleInAnyAccount(partition, role));
      return {
        Effect: 'Deny',
        Action: roleChanges,
        // with those that are excepted: whoever could change or make one of them would be excepted too
        Resource: [...new Set([roleInAnyAccount(partition, guardRail.role), ...exceptions])],
        Condition: { ArnNotLike: { 'aws:PrincipalArn': exceptions } },
      };
    }
    case 'regions':
      return {
        Effect: 'Deny',
        NotAction: globalActions,
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': [...new Set(guardRail.regions)].sort() } },
      };
    case 'trail':
      return { Effect: 'Deny', Action: trailChanges, Resource: '*' };
  }
}

/** The policy as AWS is given it: JSON without blanks. The same answers in another order give the same policy. */
export function guardRailDocument(guardRail: GuardRail, partition: string): string {
  const Sid = `Sallyport${guardRailFacts[guardRail.kind].word}`;
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid, ...statementOf(guardRail, partition) }] });
}

/** A short line of the answers: “eu-west-1, eu-central-1”. Empty where there are none. */
export function guardRailAnswers(guardRail: GuardRail): string {
  switch (guardRail.kind) {
    case 'role':
      return `${guardRail.role.path}${guardRail.role.name}`.slice(1);
    case 'regions':
      return [...new Set(guardRail.regions)].sort().join(', ');
    case 'stay':
    case 'trail':
      return '';
  }
}

/** Whether they forbid the same: of one kind, with the same answers, in whatever order. */
export function isSameGuardRail(one: GuardRail, other: GuardRail): boolean {
  return one.kind === other.kind && guardRailDocument(one, 'aws') === guardRailDocument(other, 'aws');
}

/** Whether two policies say the same, however they are written. */
export function isSamePolicy(one: string, other: string): boolean {
  return one === other || canonical(one) === canonical(other);
}

function canonical(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)))
        : value,
    );
  } catch {
    return text;
  }
}
