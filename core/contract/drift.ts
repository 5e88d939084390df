import { z } from '../zod';
import { longestNotes, longestOwner } from '../domain/connection-notes';
import { agreementSchema } from '../domain/drift/agreement';
import { driftLookSchema, driftMarkSchema, longestPasted } from '../domain/drift/difference';
import { putBackSchema } from '../domain/drift/put-back';
import { idSchema } from '../domain/limits';
import { call, nothing } from './call';
import { mostNamedConnections } from './connections';

const connectionIdSchema = z.strictObject({ connectionId: idSchema });
const partIdsSchema = z.array(z.string().min(1).max(2100)).max(300);
const startedSchema = z.strictObject({ operationId: idSchema });

const putBackPreviewSchema = z.strictObject({
  acts: z.array(z.strictObject({ title: z.string().max(300), call: z.string().max(80) })).max(400),
  cannot: z.array(z.strictObject({ partId: z.string().max(2100), why: z.string().max(300) })).max(300),
  /** who would do it; absent where nothing here belongs to the account */
  performer: z.string().max(80).optional(),
  /** the same for the account's owner: bash, with the AWS CLI */
  script: z.string().max(2_000_000),
});
export type PutBackPreview = Readonly<z.infer<typeof putBackPreviewSchema>>;

/** What was agreed of roles, and what AWS has. Topic `drift`. */
export const drift = {
  ofConnection: call(
    connectionIdSchema,
    z.strictObject({
      agreement: agreementSchema.optional(),
      look: driftLookSchema.optional(),
      /** the latest */
      putBack: putBackSchema.optional(),
    }),
  ),
  /** of every connection that was looked at */
  marks: call(
    nothing,
    z.strictObject({ marks: z.array(driftMarkSchema.extend({ connectionId: idSchema })).max(20_000) }),
  ),
  /** looks at these, or at every one whose access is not closed */
  lookAt: call(
    z.strictObject({ connectionIds: z.array(idSchema).min(1).max(mostNamedConnections).optional() }),
    startedSchema,
  ),
  /** a look through the owner's eyes: what their script printed. Refused where it is not this role's, or damaged */
  paste: call(
    z.strictObject({ connectionId: idSchema, text: z.string().max(longestPasted) }),
    nothing,
    2 * longestPasted,
  ),
  /** takes parts over into what was agreed; without any it says that what the first look found is what was agreed */
  accept: call(
    z.strictObject({
      connectionId: idSchema,
      partIds: partIdsSchema,
      note: z.string().trim().min(1).max(400).optional(),
    }),
    nothing,
  ),
  /** what putting these back would do; asks no change of AWS */
  previewPutBack: call(z.strictObject({ connectionId: idSchema, partIds: partIdsSchema.min(1) }), putBackPreviewSchema),
  putBack: call(z.strictObject({ connectionId: idSchema, partIds: partIdsSchema.min(1) }), startedSchema),
  goOnPuttingBack: call(z.strictObject({ putBackId: idSchema }), startedSchema),
  undoPutBack: call(z.strictObject({ putBackId: idSchema }), startedSchema),
  getNotes: call(
    connectionIdSchema,
    z.strictObject({ notes: z.string().max(longestNotes), owner: z.string().max(longestOwner) }),
  ),
  /** refused where a credential is in it */
  setNotes: call(
    z.strictObject({
      connectionId: idSchema,
      notes: z.string().max(longestNotes),
      owner: z.string().max(longestOwner),
    }),
    nothing,
  ),
};
