import { z } from '../zod';
import { testResultSchema } from './check';
import {
  accountIdSchema,
  arnSchema,
  externalIdSchema,
  idSchema,
  instantSchema,
  labelSchema,
  maxSessionDurationSchema,
  partitionSchema,
  regionSchema,
  roleNameSchema,
} from './limits';
import { importFormats } from './import-roles';
import { planOutputsSchema, receiptEntrySchema } from './plan';

export const creationWaySchema = z.enum(['automatic', 'console', 'elsewhere']);

/** A word that a person marks connections with, to find them together. Nothing of it reaches AWS. */
export const connectionTagSchema = z
  .string()
  .trim()
  .min(1, 'A tag needs a letter.')
  .max(32)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:@/-]*$/u, 'Letters, digits and . _ : @ / - only.');

export const mostTags = 20;

export const connectionStatusSchema = z.enum(['not-tested', 'working', 'failing', 'closing', 'revoked']);

/** Connections that are kept at most. */
export const mostConnections = 20_000;

/** One target role that the deployer may assume. Holds no secret. */
export const connectionSchema = z.strictObject({
  id: idSchema,
  name: labelSchema,
  roleArn: arnSchema,
  roleName: roleNameSchema,
  accountId: accountIdSchema,
  partition: partitionSchema,
  region: regionSchema,
  externalId: externalIdSchema.optional(),
  recipeId: z.string().max(64),
  sourceId: z.string().max(64),
  /** the source that made the role, if one did: first choice for revoking */
  targetSourceId: z.string().max(64).optional(),
  madeBy: creationWaySchema,
  createdAt: instantSchema,
  maxSessionDuration: maxSessionDurationSchema,
  status: connectionStatusSchema,
  lastTest: testResultSchema.optional(),
  receipt: z.array(receiptEntrySchema).max(60),
  /** everything of the receipt was taken back, each at its own time; `at` is when it was looked for again and was gone */
  undone: z.strictObject({ at: instantSchema, entries: z.array(receiptEntrySchema).max(60) }).optional(),
  outputs: planOutputsSchema.optional(),
  reviewAt: instantSchema.optional(),
  /** what it is filed under; connections with the same words are together */
  folder: labelSchema.optional(),
  /** in their order of the alphabet, each once */
  tags: z.array(connectionTagSchema).max(mostTags).optional(),
  /** the other tool's entry that it was made of; `mfaSerial` is the device that was named there */
  imported: z
    .strictObject({ from: z.enum(importFormats), name: z.string().max(128), mfaSerial: z.string().max(256).optional() })
    .optional(),
});
export type Connection = Readonly<z.infer<typeof connectionSchema>>;

/** A connection with this status may still let somebody in. */
export function stillLetsIn(status: Connection['status']): boolean {
  return status !== 'revoked' && status !== 'closing';
}

/** What the list needs; the page asks for the whole. */
export const connectionSummarySchema = connectionSchema
  .pick({
    id: true,
    name: true,
    roleName: true,
    accountId: true,
    recipeId: true,
    status: true,
    createdAt: true,
    maxSessionDuration: true,
    folder: true,
    tags: true,
  })
  .extend({ lastTestAt: instantSchema.optional() });
export type ConnectionSummary = Readonly<z.infer<typeof connectionSummarySchema>>;

export function summarize(connection: Connection): ConnectionSummary {
  const { id, name, roleName, accountId, recipeId, status, createdAt, maxSessionDuration, folder, tags, lastTest } =
    connection;
  const lastTestAt = lastTest?.finishedAt;
  return {
    id,
    name,
    roleName,
    accountId,
    recipeId,
    status,
    createdAt,
    maxSessionDuration,
    ...(folder !== undefined && { folder }),
    ...(tags !== undefined && { tags }),
    ...(lastTestAt !== undefined && { lastTestAt }),
  };
}
