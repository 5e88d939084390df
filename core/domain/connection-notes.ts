import { z } from '../zod';
import { idSchema } from './limits';

/** Characters. */
export const longestNotes = 4000;
export const longestOwner = 200;

/** A person's own words about a connection. Kept as they were typed. */
export const connectionNotesSchema = z.strictObject({
  /** the connection's */
  id: idSchema,
  notes: z.string().max(longestNotes),
  /** who answers for the account, and how they are reached */
  owner: z.string().max(longestOwner),
});
export type ConnectionNotes = Readonly<z.infer<typeof connectionNotesSchema>>;
