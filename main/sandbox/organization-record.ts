import { z } from '../../core/zod';
import { accountFailures } from '../../core/domain/practice-trouble';

/** AWS's own policy that allows everything: on the root, each unit and each account from the beginning. */
export const fullAccessId = 'p-FullAWSAccess';

const tags = z.array(z.object({ key: z.string(), value: z.string() })).default([]);

const accountRequest = z.object({
  id: z.string(),
  accountName: z.string(),
  email: z.string(),
  roleName: z.string(),
  billingAccess: z.enum(['ALLOW', 'DENY']).default('ALLOW'),
  tags,
  state: z.enum(['IN_PROGRESS', 'SUCCEEDED', 'FAILED']),
  requestedAt: z.number(),
  completesAt: z.number(),
  /** So long after it is done the access role lets nobody in yet. */
  entryDelayMs: z.number().default(0),
  /** Decided when it was asked or when it is done, told when it is done. */
  failureReason: z.enum(accountFailures).optional(),
  accountId: z.string().optional(),
});

const member = z.object({
  id: z.string(),
  parentId: z.string(),
  email: z.string(),
  state: z.enum(['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']),
  joinedMethod: z.enum(['INVITED', 'CREATED']),
  joinedAt: z.number(),
  closure: z.object({ requestedAt: z.number(), completesAt: z.number() }).optional(),
  tags,
});

const unit = z.object({ id: z.string(), parentId: z.string(), name: z.string(), tags });

/** A service control policy of the organization's own. */
const policy = z.object({ id: z.string(), name: z.string(), description: z.string(), content: z.string(), tags });

type Targets = {
  readonly rootId: string;
  readonly units: readonly { readonly id: string }[];
  readonly accounts: readonly { readonly id: string }[];
};

/** What there is when service control policies are switched on: AWS's own one everywhere. */
export function fullAccessEverywhere({ accounts, rootId, units }: Targets): { policyId: string; targetId: string }[] {
  return [rootId, ...[...units, ...accounts].map(({ id }) => id)].map((targetId) => ({
    policyId: fullAccessId,
    targetId,
  }));
}

export const organizationSchema = z
  .object({
    id: z.string(),
    managementAccountId: z.string(),
    featureSet: z.enum(['ALL', 'CONSOLIDATED_BILLING']),
    rootId: z.string(),
    rootTags: tags,
    units: z.array(unit),
    accounts: z.array(member),
    requests: z.array(accountRequest),
    policies: z.array(policy).default([]),
    /** Empty while service control policies are switched off: otherwise at least the root has one. */
    attachments: z.array(z.object({ policyId: z.string(), targetId: z.string() })).optional(),
  })
  // Snapshots of before there were policies say nothing of attachments.
  .transform(({ attachments, ...organization }) => ({
    ...organization,
    attachments: attachments ?? (organization.featureSet === 'ALL' ? fullAccessEverywhere(organization) : []),
  }));

export type OrganizationRecord = z.infer<typeof organizationSchema>;
export type AccountRequestRecord = z.infer<typeof accountRequest>;
export type MemberRecord = z.infer<typeof member>;
export type UnitRecord = z.infer<typeof unit>;
export type ServiceControlPolicyRecord = z.infer<typeof policy>;
