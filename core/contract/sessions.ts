import { z } from '../zod';
import { favouriteSchema, mostFavourites } from '../domain/favourite';
import { idSchema, labelSchema } from '../domain/limits';
import { sessionSchema } from '../domain/session';
import { sessionRequestSchema, tokenCodeSchema } from '../domain/session-request';
import { mfaDeviceSchema } from '../domain/mfa-device';
import { call, nothing } from './call';

const sessionIdSchema = z.strictObject({ sessionId: idSchema });
const aSession = z.strictObject({ session: sessionSchema });
const renewalSchema = sessionSchema.shape.renewal;

export const sessions = {
  /** `renewing`: those whose new credentials are asked for at this moment */
  list: call(
    nothing,
    z.strictObject({ sessions: z.array(sessionSchema).max(5000), renewing: z.array(idSchema).max(5000) }),
  ),
  /** the road of a new session, and how long it may be: asked while the dialog is filled in */
  plan: call(
    z.strictObject({ connectionId: idSchema, hops: sessionRequestSchema.shape.hops }),
    z.strictObject({
      road: z
        .array(z.strictObject({ label: z.string().max(200), accountId: z.string().max(12), isRole: z.boolean() }))
        .max(8),
      /** seconds */
      longest: z.int(),
      because: z.enum(['role', 'chained']),
      /** the MFA device of the source, where one is known */
      mfaSerial: mfaDeviceSchema.optional(),
    }),
  ),
  /** a code is used once and never kept */
  start: call(
    z.strictObject({
      connectionId: idSchema,
      request: sessionRequestSchema,
      renewal: renewalSchema,
      tokenCode: tokenCodeSchema.optional(),
    }),
    aSession,
  ),
  /** asks for new credentials now; the old ones stay valid at AWS until they expire. `tokenCode` where one is asked for */
  renew: call(z.strictObject({ sessionId: idSchema, tokenCode: tokenCodeSchema.optional() }), aSession),
  setRenewal: call(z.strictObject({ sessionId: idSchema, renewal: renewalSchema }), aSession),
  /** wipes the local copies and reads back that they are gone; the credentials stay valid at AWS until they expire */
  end: call(sessionIdSchema, aSession),
  /** those whose renewal failed for want of a network or a keychain are tried at once */
  tryRenewals: call(nothing, nothing),
  endAll: call(nothing, z.strictObject({ ended: z.int(), notWiped: z.int() })),
  listFavourites: call(nothing, z.strictObject({ favourites: z.array(favouriteSchema).max(mostFavourites) })),
  /** what this session was asked for, to be started again with one press */
  keepFavourite: call(
    z.strictObject({ sessionId: idSchema, name: labelSchema, atLaunch: z.boolean() }),
    z.strictObject({ favourite: favouriteSchema }),
  ),
  changeFavourite: call(z.strictObject({ favouriteId: idSchema, name: labelSchema, atLaunch: z.boolean() }), nothing),
  removeFavourite: call(z.strictObject({ favouriteId: idSchema }), nothing),
  startFavourite: call(z.strictObject({ favouriteId: idSchema, tokenCode: tokenCodeSchema.optional() }), aSession),
};
