import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { checkSchema, diagnosisSchema } from '../domain/check';
import { testedBySchema } from '../domain/health';
import { idSchema, instantSchema, workspaceSchema } from '../domain/limits';
import { userCodeSchema } from '../domain/identity-center';
import { planStepSchema } from '../domain/plan-step';
import { call, nothing } from './call';
import { signInWaySchema } from './sources';

/** Long work that is going on or has just ended. Pushed as a whole each time it changes. */
export const operationSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('test'),
    id: idSchema,
    subjectId: idSchema,
    roleArn: z.string().max(2048),
    startedAt: instantSchema,
    state: z.enum(['running', 'passed', 'warned', 'failed', 'cancelled']),
    checks: z.array(checkSchema).max(20),
    error: appErrorSchema.optional(),
    diagnosis: diagnosisSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('creation'),
    id: idSchema,
    subjectId: idSchema,
    startedAt: instantSchema,
    undo: z.boolean(),
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    steps: z
      .array(
        z.strictObject({
          step: planStepSchema,
          state: z.enum(['waiting', 'running', 'done', 'undone', 'failed']),
          tookMs: z.number().min(0).optional(),
        }),
      )
      .max(60),
    error: appErrorSchema.optional(),
  }),
  /** many connections tested in one go; pushed ten times a second at most, whatever their number */
  z.strictObject({
    kind: z.literal('health'),
    id: idSchema,
    /** one for each workspace */
    subjectId: workspaceSchema,
    by: testedBySchema.exclude(['person']),
    startedAt: instantSchema,
    finishedAt: instantSchema.optional(),
    state: z.enum(['running', 'done', 'cancelled']),
    total: z.int().min(0),
    /** passed + warned + failed + unasked */
    done: z.int().min(0),
    passed: z.int().min(0),
    warned: z.int().min(0),
    failed: z.int().min(0),
    /** these keep their last result: AWS throttled to the end, or could not be reached */
    unasked: z.int().min(0),
    /** why, of the latest of them */
    unaskedError: appErrorSchema.optional(),
    /** being tested now */
    running: z.int().min(0),
    /** tested at a time at most, now: less than the usual while AWS throttles */
    atOnce: z.int().min(1),
    /** AWS throttled: nothing new is asked before this moment */
    throttledUntil: instantSchema.optional(),
    /** closing or revoked: left out, not in `total` */
    closed: z.int().min(0),
    /** worked before and failed now: how many, and the first of them */
    turned: z.int().min(0),
    turnedNames: z.array(z.string().max(80)).max(3),
    /** results that could not be kept */
    error: appErrorSchema.optional(),
  }),
  /** roles are held against what was agreed: one, or many in one go */
  z.strictObject({
    kind: z.literal('drift'),
    id: idSchema,
    /** `drift`, with the connection's ID behind it where it is one */
    subjectId: z.string().max(64),
    by: z.enum(['person', 'schedule']),
    startedAt: instantSchema,
    finishedAt: instantSchema.optional(),
    state: z.enum(['running', 'done', 'cancelled']),
    total: z.int().min(0),
    /** same + drifted + blind + unasked */
    done: z.int().min(0),
    same: z.int().min(0),
    drifted: z.int().min(0),
    /** nobody here may see these */
    blind: z.int().min(0),
    /** these keep their last look: AWS throttled to the end, or could not be reached */
    unasked: z.int().min(0),
    /** why, of the latest of them */
    error: appErrorSchema.optional(),
    /** at a time at most, now */
    atOnce: z.int().min(1),
    throttledUntil: instantSchema.optional(),
  }),
  /** parts of a role are put back as they were agreed; its journal is in the records */
  z.strictObject({
    kind: z.literal('put-back'),
    id: idSchema,
    /** the connection, with `put-back ` before it */
    subjectId: z.string().max(64),
    startedAt: instantSchema,
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    done: z.int().min(0),
    total: z.int().min(0),
    error: appErrorSchema.optional(),
  }),
  /** an account of the organization is entered, its role made and tested; each part has an operation of its own */
  z.strictObject({
    kind: z.literal('by-itself'),
    id: idSchema,
    /** the sub-account */
    subjectId: idSchema,
    draftId: idSchema,
    startedAt: instantSchema,
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    /** once it is recorded */
    connectionId: idSchema.optional(),
  }),
  /** a person signs in to IAM Identity Center in a browser */
  z.strictObject({
    kind: z.literal('sign-in'),
    id: idSchema,
    /** the sign-in */
    subjectId: idSchema,
    way: signInWaySchema,
    startedAt: instantSchema,
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    /** it waits for the person until this moment */
    waitsUntil: instantSchema.optional(),
    /** to be compared, and typed where the page asks for it */
    userCode: userCodeSchema.optional(),
    /** the page that takes the code, without it; main checked that it is AWS's */
    page: z.url().max(512).optional(),
    error: appErrorSchema.optional(),
  }),
]);
export type SignInOperation = Readonly<Extract<z.infer<typeof operationSchema>, { kind: 'sign-in' }>>;
export type OperationByItself = Readonly<Extract<z.infer<typeof operationSchema>, { kind: 'by-itself' }>>;
export type DriftOperation = Readonly<Extract<z.infer<typeof operationSchema>, { kind: 'drift' }>>;
export type PutBackOperation = Readonly<Extract<z.infer<typeof operationSchema>, { kind: 'put-back' }>>;
export type HealthOperation = Readonly<Extract<z.infer<typeof operationSchema>, { kind: 'health' }>>;
export type Operation = Readonly<z.infer<typeof operationSchema>>;

const operationIdSchema = z.strictObject({ operationId: idSchema });

export const operations = {
  /** what is running now, for a window that has just opened */
  list: call(nothing, z.strictObject({ operations: z.array(operationSchema).max(100) })),
  cancel: call(operationIdSchema, nothing),
  /** ends the pause before the next attempt of a waiting check */
  askNow: call(operationIdSchema, nothing),
};
