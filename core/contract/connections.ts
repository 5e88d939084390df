import { z } from '../zod';
import { connectionSchema, connectionSummarySchema, connectionTagSchema, mostTags } from '../domain/connection';
import { maximumPastedRole } from '../domain/diagnosis/pasted-eyes';
import { healthEverySchema, keptTestEnds, testEndSchema } from '../domain/health';
import { idSchema, instantSchema, labelSchema } from '../domain/limits';
import { call, nothing } from './call';

/** What fits in one message. */
export const mostNamedConnections = 3000;
/** A message that may name every connection there can be, in characters. */
const namesAll = 900_000;
const connectionIdsSchema = z.array(idSchema).min(1).max(20_000);
const connectionIdSchema = z.strictObject({ connectionId: idSchema });

export const connections = {
  list: call(nothing, z.strictObject({ connections: z.array(connectionSummarySchema).max(20_000) })),
  get: call(connectionIdSchema, z.strictObject({ connection: connectionSchema, operationId: idSchema.optional() })),
  rename: call(z.strictObject({ connectionId: idSchema, name: labelSchema }), nothing),
  /** without `folder` it is taken out of the one that it is in */
  setFolder: call(
    z.strictObject({ connectionIds: connectionIdsSchema, folder: labelSchema.optional() }),
    nothing,
    namesAll,
  ),
  /** puts these tags on each of them, and takes those off; refused where one would have more than there may be */
  tag: call(
    z.strictObject({
      connectionIds: connectionIdsSchema,
      add: z.array(connectionTagSchema).max(mostTags),
      remove: z.array(connectionTagSchema).max(mostTags),
    }),
    nothing,
    namesAll,
  ),
  setReview: call(z.strictObject({ connectionId: idSchema, reviewAt: instantSchema.optional() }), nothing),
  /** `again` goes on from what failed; after a change `justChanged` gives AWS time to spread it */
  test: call(
    z.strictObject({ connectionId: idSchema, again: z.boolean().optional(), justChanged: z.boolean().optional() }),
    z.strictObject({ operationId: idSchema }),
  ),
  /** tests these, or every one whose access is not closed; one round at a time: while one runs its operation is given */
  testAll: call(
    z.strictObject({ connectionIds: z.array(idSchema).min(1).max(mostNamedConnections).optional() }),
    z.strictObject({ operationId: idSchema }),
  ),
  /** how the tests of a connection ended, in order of time */
  history: call(connectionIdSchema, z.strictObject({ ends: z.array(testEndSchema).max(keptTestEnds) })),
  /** how often all are tested while the app runs; `nextAt` is when the next round is due */
  getSchedule: call(nothing, z.strictObject({ every: healthEverySchema, nextAt: instantSchema.optional() })),
  setSchedule: call(z.strictObject({ every: healthEverySchema }), nothing),
  /** what somebody in the target account pasted of the role, for the failed test of a draft or connection */
  lookAtRole: call(z.strictObject({ subjectId: idSchema, text: z.string().min(1).max(maximumPastedRole) }), nothing),
  /** makes the change of the trust policy that the failed test of a draft or connection proposes */
  correctTrust: call(z.strictObject({ subjectId: idSchema }), nothing),
  /** forgets the record; refused while the role may still let somebody in, unless `evenIfOpen` */
  forget: call(z.strictObject({ connectionId: idSchema, evenIfOpen: z.boolean() }), nothing),
};
