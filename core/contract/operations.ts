import { z } from 'zod';
import { appErrorSchema } from '../app-error';
import { checkSchema, diagnosisSchema } from '../domain/check';
import { idSchema, instantSchema } from '../domain/limits';
import { planStepSchema } from '../domain/plan-step';
import { call, nothing } from './call';

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
]);
export type Operation = Readonly<z.infer<typeof operationSchema>>;

const operationIdSchema = z.strictObject({ operationId: idSchema });

export const operations = {
  /** what is running now, for a window that has just opened */
  list: call(nothing, z.strictObject({ operations: z.array(operationSchema).max(100) })),
  cancel: call(operationIdSchema, nothing),
  /** ends the pause before the next attempt of a waiting check */
  askNow: call(operationIdSchema, nothing),
};
