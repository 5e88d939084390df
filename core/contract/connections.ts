import { z } from 'zod';
import { connectionSchema, connectionSummarySchema } from '../domain/connection';
import { idSchema, instantSchema, labelSchema } from '../domain/limits';
import { call, nothing } from './call';

const connectionIdSchema = z.strictObject({ connectionId: idSchema });

export const connections = {
  list: call(nothing, z.strictObject({ connections: z.array(connectionSummarySchema).max(20_000) })),
  get: call(connectionIdSchema, z.strictObject({ connection: connectionSchema, operationId: idSchema.optional() })),
  rename: call(z.strictObject({ connectionId: idSchema, name: labelSchema }), nothing),
  setReview: call(z.strictObject({ connectionId: idSchema, reviewAt: instantSchema.optional() }), nothing),
  test: call(connectionIdSchema, z.strictObject({ operationId: idSchema })),
  /** forgets the record; refused while the role may still let somebody in, unless `evenIfOpen` */
  forget: call(z.strictObject({ connectionId: idSchema, evenIfOpen: z.boolean() }), nothing),
};
