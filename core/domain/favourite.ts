import { z } from '../zod';
import { idSchema, labelSchema } from './limits';
import { sessionSchema } from './session';
import { sessionRequestSchema } from './session-request';

export const mostFavourites = 200;

/** A way of asking for a session that is used again and again. */
export const favouriteSchema = z.strictObject({
  id: idSchema,
  name: labelSchema,
  connectionId: idSchema,
  request: sessionRequestSchema,
  renewal: sessionSchema.shape.renewal,
  /** started whenever Sallyport starts, unless a session of it is live; never one that asks for an MFA code */
  atLaunch: z.boolean(),
});
export type Favourite = Readonly<z.infer<typeof favouriteSchema>>;
