import { z } from 'zod';
import { maxSessionDurationSchema, roleNameSchema, rolePathSchema } from '../domain/limits';

/** How far a permission reaches in one service. `risky` is full reach over who may do what. */
export const permissionLevelSchema = z.enum(['none', 'some', 'all', 'risky']);
export type PermissionLevel = z.infer<typeof permissionLevelSchema>;

export const permissionRowSchema = z.strictObject({
  service: z.string().max(60),
  list: permissionLevelSchema,
  read: permissionLevelSchema,
  write: permissionLevelSchema,
  grant: permissionLevelSchema,
});
export type PermissionRow = Readonly<z.infer<typeof permissionRowSchema>>;

/**
 * A template for a connection, as data: which trust, which permissions, which checks, in which words.
 * Managed policies are named without their ARN, because the partition is only known with the account.
 */
export const recipeSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]{1,62}$/),
  title: z.string().max(60),
  summary: z.string().max(120),
  description: z.string().max(300),
  icon: z.string().max(32),
  /** 0 (decided by the person) to 4 (everything) */
  reach: z.literal([0, 1, 2, 3, 4]),
  lets: z.array(z.string().max(120)).max(8),
  doesNotLet: z.array(z.string().max(120)).max(8),
  watchOut: z.array(z.string().max(240)).max(4),
  facts: z.array(z.strictObject({ term: z.string().max(40), text: z.string().max(240) })).max(8),
  note: z.strictObject({ title: z.string().max(80), text: z.string().max(400) }).optional(),
  /** may the person choose policies, boundary and whether an external ID is asked for */
  customizable: z.boolean(),
  defaults: z.strictObject({
    roleName: roleNameSchema,
    path: rolePathSchema,
    maxSessionDuration: maxSessionDurationSchema,
    /** names below `arn:<partition>:iam::aws:policy/`, with their path where they have one */
    managedPolicies: z.array(z.string().max(128)).max(10),
  }),
  permissionMap: z.array(permissionRowSchema).max(8),
  checks: z.strictObject({
    mustAllow: z.array(z.string().max(128)).max(20),
    mustNotAllow: z.array(z.string().max(128)).max(20),
  }),
});
export type Recipe = Readonly<z.infer<typeof recipeSchema>>;
