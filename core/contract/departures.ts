import { z } from '../zod';
import { departureSchema, mostDepartures } from '../domain/departure';
import { accountIdSchema, idSchema } from '../domain/limits';
import { call, nothing } from './call';

const departureIdSchema = z.strictObject({ departureId: idSchema });

const actSchema = departureIdSchema.extend({ sourceId: z.string().min(1).max(64).optional() });

/** Accounts that leave: closed, and followed until AWS says that they are. */
export const departures = {
  /**
   * Asks AWS to close the account, and goes on in the background. Where connections into it still let in it is refused,
   * unless `typedAccountId` is the account's own: somebody typed it.
   */
  close: call(
    z.strictObject({
      sourceId: z.string().min(1).max(64),
      accountId: accountIdSchema,
      typedAccountId: z.string().max(32).optional(),
    }),
    z.strictObject({ departureId: idSchema }),
  ),
  /**
   * goes on with what stopped, looks again at what was not watched any more; the account's state is read first.
   * `sourceId`: with another one of the same management account than before
   */
  resume: call(actSchema, nothing),
  /** takes the record off the list; the account stays as AWS has it */
  forget: call(departureIdSchema, nothing),
  list: call(nothing, z.strictObject({ departures: z.array(departureSchema).max(mostDepartures) })),
  get: call(departureIdSchema, z.strictObject({ departure: departureSchema })),
};
