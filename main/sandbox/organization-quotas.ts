const day = 24 * 3_600_000;

/**
 * Default quotas (Organizations User Guide, "Quotas for AWS Organizations"; API reference, CloseAccount and
 * LeaveOrganization). Policies per entity and their size were doubled on 15 May 2026.
 */
export const organizationQuotas = {
  /** The management account counts, and so do closed ones while they are listed. */
  accounts: 10,
  accountsCreatedAtOnce: 5,
  accountsClosedAtOnce: 3,
  /** In any `closurePeriod`: the higher of both, and never more than the third. */
  closures: 250,
  closuresShare: 0.2,
  closuresAtMost: 1000,
  closurePeriod: 30 * day,
  /** A created account stays at least so long. */
  waitBeforeLeaving: 4 * day,
  units: 2000,
  unitDepth: 5,
  policies: 10_000,
  /** Characters, white space included. */
  policySize: 10_240,
  policiesPerTarget: 10,
  tags: 50,
} as const;
