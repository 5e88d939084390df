import { z } from '../zod';
import { putBackSchema } from '../domain/drift/put-back';
import { idSchema, instantSchema } from '../domain/limits';
import { narrowingChoiceSchema, serviceUsageSchema } from '../domain/narrowing/usage';
import { accessLevels } from '../domain/permissions/action-levels';
import { call, nothing } from './call';

const connectionIdSchema = z.strictObject({ connectionId: idSchema });
const wishSchema = connectionIdSchema.extend({ choice: narrowingChoiceSchema });
const titleSchema = z.string().max(160);

/** AWS’s own policies are longer than what it takes from others. */
const documentSchema = z.string().max(500_000);

const changeSchema = z.strictObject({
  title: titleSchema,
  kind: z.enum(['inline', 'managed']),
  before: documentSchema,
  /** absent: it goes whole */
  after: documentSchema.optional(),
  /** of a managed policy: the inline policy that takes its place */
  replacedBy: z.string().max(128).optional(),
});

const unusedSchema = z.strictObject({
  /** `s3`, or `s3:PutBucketPolicy` */
  id: z.string().max(200),
  namespace: z.string().max(64),
  service: z.string().max(200),
  action: z.string().max(128).optional(),
  /** absent: not once in the days that AWS tells of */
  lastAt: instantSchema.optional(),
  isKept: z.boolean(),
  /** of a service: what the role may do with it now, and could not any more */
  can: z.array(z.enum(accessLevels)).max(accessLevels.length),
});

const proposalSchema = z.strictObject({
  /** when AWS made its report, and who asked for it */
  readAt: instantSchema,
  readWith: z.string().max(80),
  roleCreatedAt: instantSchema.optional(),
  /** what stays because it was used */
  used: z.array(serviceUsageSchema.omit({ actions: true })).max(1000),
  unused: z.array(unusedSchema).max(5000),
  changes: z.array(changeSchema).max(260),
  /** policies whose text nobody here may read: they stay */
  unread: z.array(titleSchema).max(260),
  /** of all inline policies afterwards, blanks not counted, and how many AWS takes */
  inlineCharacters: z.int().min(0),
  mostInlineCharacters: z.int().min(0),
  /** what keeps it from being done; what is seen of it stands all the same */
  obstacle: z.enum(['nothing', 'too-long', 'drift']).optional(),
  acts: z.array(z.strictObject({ title: z.string().max(300), call: z.string().max(80) })).max(400),
  /** the same for the account’s owner: bash, with the AWS CLI */
  script: z.string().max(2_000_000),
});
export type NarrowingProposal = Readonly<z.infer<typeof proposalSchema>>;

/** Making a role smaller by what it did not use. What is being done has topic `drift`, as other changes of roles. */
export const narrowing = {
  /**
   * what a choice would take away; the first time, and `again`, AWS makes a report for it, which takes some seconds. Asks no
   * change of AWS
   */
  propose: call(wishSchema.extend({ again: z.boolean().optional() }), proposalSchema),
  /** no more waiting for the report */
  stop: call(connectionIdSchema, nothing),
  /** what the proposal of that `readAt` said, if AWS still has what it was made of */
  apply: call(wishSchema.extend({ readAt: instantSchema }), z.strictObject({ operationId: idSchema })),
  /** the last one; it is gone on with and undone as changes back are */
  last: call(connectionIdSchema, z.strictObject({ record: putBackSchema.optional() })),
};
