import { z } from 'zod';
import { idSchema, instantSchema, sessionDurationSchema } from '../domain/limits';
import { sessionSchema } from '../domain/session';
import { call, nothing } from './call';

const sessionIdSchema = z.strictObject({ sessionId: idSchema });

export const sessions = {
  list: call(nothing, z.strictObject({ sessions: z.array(sessionSchema).max(2000) })),
  start: call(
    z.strictObject({ connectionId: idSchema, durationSeconds: sessionDurationSchema }),
    z.strictObject({ session: sessionSchema }),
  ),
  /** wipes the local copies and reads back that they are gone; the credentials stay valid at AWS until they expire */
  end: call(sessionIdSchema, z.strictObject({ session: sessionSchema })),
  endAll: call(nothing, z.strictObject({ ended: z.int(), notWiped: z.int() })),
  /** AWS: opens the system browser signed in. Practice: asks the sandbox for the same sign-in and says who it would be. */
  openConsole: call(
    sessionIdSchema,
    z.strictObject({ opened: z.enum(['browser', 'practice']), as: z.string().max(2048) }),
  ),
  /** main puts the exports on the clipboard and clears it at `clearsAt` if it is unchanged */
  copyEnvironment: call(
    z.strictObject({ sessionId: idSchema, shell: z.enum(['bash']) }),
    z.strictObject({ clearsAt: instantSchema }),
  ),
};
