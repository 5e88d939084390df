import { z } from '../zod';
import { workspaces } from './page-start';

/**
 * Shapes that many schemas share. Limits are AWS's where AWS has one (aws-reference §2–§5), ours elsewhere;
 * everything that crosses a boundary is bounded.
 */
export const idSchema = z.uuid();
/** Milliseconds since 1970-01-01T00:00:00Z, at AWS's clock. */
export const instantSchema = z.int().min(0).max(8_640_000_000_000_000);
export const accountIdSchema = z.string().regex(/^\d{12}$/, 'An account ID has twelve digits.');
export const partitionSchema = z
  .string()
  .regex(/^aws(-[a-z]+)*$/)
  .max(32);
export const regionSchema = z
  .string()
  .regex(/^[a-z]{2,5}(-[a-z]+)+-\d$/, 'A Region looks like eu-west-1.')
  .max(32);
export const arnSchema = z.string().min(20).max(2048).startsWith('arn:');
export const roleNameSchema = z
  .string()
  .min(1, 'A role needs a name.')
  .max(64, 'A role name has 64 characters at most.')
  .regex(/^[\w+=,.@-]+$/, 'Only letters, digits and + = , . @ - _ can stand in a role name.');
export const rolePathSchema = z
  .string()
  .max(512, 'A path has 512 characters at most.')
  .regex(/^\/$|^\/(?:[\x21-\x2e\x30-\x7e]+\/)+$/, 'A path begins and ends with /, like /deploy/.');
/** 2 to 1,224 characters [model:sts]. */
export const externalIdSchema = z
  .string()
  .min(2)
  .max(1224)
  .regex(/^[\w+=,.@:/-]*$/);
/** Seconds; 900 to 43,200 [model:sts]. */
export const sessionDurationSchema = z.int().min(900).max(43_200);
/** Seconds; 3,600 to 43,200 [model:iam]. */
export const maxSessionDurationSchema = z.int().min(3600).max(43_200);
export const policyTextSchema = z.string().min(2).max(20_480);
export const labelSchema = z
  .string()
  .trim()
  .min(1, 'A name is needed.')
  .max(80, 'A name has 80 characters at most.')

  .regex(/^[^\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e]*$/, 'A name has no invisible characters.');
export const tagSchema = z.strictObject({
  key: z.string().min(1).max(128),
  value: z.string().max(256),
});
export const workspaceSchema = z.enum(workspaces);
export type Workspace = z.infer<typeof workspaceSchema>;
