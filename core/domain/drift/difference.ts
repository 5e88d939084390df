import { z } from '../../zod';
import { appErrorSchema } from '../../app-error';
import { idSchema, instantSchema } from '../limits';
import { roleStateSchema } from './agreement';

/** In what way a role can have drifted from what was agreed. */
export const driftKinds = [
  'principal-added',
  'principal-removed',
  'account-trusted',
  'anyone-trusted',
  'service-trusted',
  'federation-trusted',
  'trust-closed',
  'trust-reworded',
  'external-id-dropped',
  'external-id-changed',
  'external-id-weakened',
  'condition-dropped',
  'condition-weakened',
  'condition-changed',
  'condition-added',
  'policy-attached',
  'policy-detached',
  'policy-version-changed',
  'inline-added',
  'inline-removed',
  'inline-changed',
  'boundary-added',
  'boundary-removed',
  'boundary-changed',
  'session-raised',
  'session-lowered',
  'role-recreated',
  'role-gone',
  'tags-removed',
] as const;
export type DriftKind = (typeof driftKinds)[number];

/** `widened`: somebody may enter, or do, what they could not. `narrowed`: the other way round, and nothing of the first. */
export const driftSeveritySchema = z.enum(['widened', 'narrowed', 'other']);
export type DriftSeverity = z.infer<typeof driftSeveritySchema>;

export const differenceSchema = z.strictObject({
  kind: z.enum(driftKinds),
  severity: driftSeveritySchema,
  /** RFC 6901, into the document as it is now; empty where it is not about a value in a document */
  pointer: z.string().max(400),
  /** of `after`, from 1 */
  line: z.int().min(1).optional(),
  /** what it is and why it matters, in a sentence or two */
  message: z.string().min(1).max(400),
});
export type Difference = Readonly<z.infer<typeof differenceSchema>>;

/** What somebody may paste of a look: a role with all its policies, laid out by the CLI. Characters. */
export const longestPasted = 524_288;

/** Longer documents are named, not shown. Characters. */
export const longestShown = 65_536;
const shownTextSchema = z.string().max(longestShown);

/** A part of the role that is agreed to, or put back, as a whole. */
export const driftPartSchema = z.strictObject({
  /** `trust`, `session`, `role`, `tags`, `boundary`, `inline NAME` or `managed ARN`; `inline` or `managed`: others of that kind */
  id: z.string().min(1).max(2100),
  of: z.enum(['trust', 'managed', 'inline', 'boundary', 'session', 'role', 'tags']),
  title: z.string().max(160),
  /** `unseen`: the look did not show it; whether it is as agreed is not known */
  state: z.enum(['same', 'changed', 'added', 'removed', 'unseen']),
  /** as it was agreed and as it is now, laid out alike; absent where there is none or it is too long */
  before: shownTextSchema.optional(),
  after: shownTextSchema.optional(),
  differences: z.array(differenceSchema).max(60),
});
export type DriftPart = Readonly<z.infer<typeof driftPartSchema>>;

/** With whose eyes AWS was looked at. */
export const driftEyesSchema = z.strictObject({
  /** `pasted`: what somebody in the account ran and sent */
  kind: z.enum(['source', 'member-role', 'role', 'pasted']),
  /** the source; of the role's own session and of what was pasted none */
  label: z.string().max(80).optional(),
});
export type DriftEyes = Readonly<z.infer<typeof driftEyesSchema>>;

/** When IAM says that a role was made and last used. No use: none in the 400 days that it keeps (aws-reference §6.4). */
export const roleUseSchema = z.strictObject({ createdAt: instantSchema, lastUsedAt: instantSchema.optional() });
export type RoleUse = Readonly<z.infer<typeof roleUseSchema>>;

/** The last look at a connection's role. */
export const driftLookSchema = z.strictObject({
  /** the connection's */
  id: idSchema,
  at: instantSchema,
  /** `blind`: nobody here may see it, or AWS could not be asked; `parts` are then those of the look before, if there was one */
  state: z.enum(['same', 'drift', 'blind']),
  eyes: driftEyesSchema.optional(),
  /** the look that saw something: `at` unless blind */
  seenAt: instantSchema.optional(),
  /** why it is blind */
  error: appErrorSchema.optional(),
  /** what AWS had; absent where the role was gone */
  seen: roleStateSchema.optional(),
  /** as the look at `seenAt` had it; not kept by looks of before it was asked for */
  use: roleUseSchema.optional(),
  /** the look that first saw these very differences */
  driftedAt: instantSchema.optional(),
  parts: z.array(driftPartSchema).max(300),
});
export type DriftLook = Readonly<z.infer<typeof driftLookSchema>>;

/** What the list says of a connection. */
export const driftMarkSchema = z.strictObject({
  at: instantSchema,
  state: z.enum(['same', 'drift', 'blind']),
  /** parts that differ */
  count: z.int().min(0),
  /** parts that the look did not show */
  unseen: z.int().min(0),
  isWider: z.boolean(),
});
export type DriftMark = Readonly<z.infer<typeof driftMarkSchema>>;

export function changedParts(parts: readonly DriftPart[]): readonly DriftPart[] {
  return parts.filter(({ state }) => state !== 'same' && state !== 'unseen');
}

export function unseenParts(parts: readonly DriftPart[]): readonly DriftPart[] {
  return parts.filter(({ state }) => state === 'unseen');
}

/** Of the policies of a kind beyond those that were agreed; a look that shows them has a part for each. */
export function isWholeKind({ id, of }: Pick<DriftPart, 'id' | 'of'>): boolean {
  return (of === 'inline' || of === 'managed') && id === of;
}

export function worstOf(differences: readonly Difference[]): DriftSeverity {
  const severities = differences.map(({ severity }) => severity);
  return severities.includes('widened') ? 'widened' : severities.includes('narrowed') ? 'narrowed' : 'other';
}

export function markOf({ at, parts, state }: DriftLook): DriftMark {
  const changed = changedParts(parts);
  return {
    at,
    state,
    count: changed.length,
    unseen: unseenParts(parts).length,
    isWider: changed.some(({ differences }) => worstOf(differences) === 'widened'),
  };
}
