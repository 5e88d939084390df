import { z } from '../../zod';
import { instantSchema } from '../limits';

/** AWS tells of so many days back at most (API reference, GenerateServiceLastAccessedDetails). */
export const mostDaysBack = 400;

const namespaceSchema = z.string().regex(/^[a-z0-9-]{1,64}$/);

/** A service that a role's policies let it use, and when it last did, whether it was let or refused. */
export const serviceUsageSchema = z.strictObject({
  /** as it begins the names of its actions: `s3` */
  namespace: namespaceSchema,
  name: z.string().max(200),
  /** absent: not once in the days that AWS tells of */
  lastAt: instantSchema.optional(),
  /** those that AWS keeps track of; of the others nothing is known */
  actions: z.array(z.strictObject({ name: z.string().max(128), lastAt: instantSchema.optional() })).max(3000),
});
export type ServiceUsage = Readonly<z.infer<typeof serviceUsageSchema>>;

/** How far to narrow. */
export const narrowingChoiceSchema = z.strictObject({
  /** what was not used for so many days goes */
  unusedForDays: z.int().min(1).max(mostDaysBack),
  /** `services` takes whole ones only; `actions` also single actions that AWS keeps track of */
  level: z.enum(['services', 'actions']),
  /** stays all the same: `s3`, or `s3:PutBucketPolicy` */
  keep: z.array(z.string().regex(/^[a-z0-9-]{1,64}(?::[A-Za-z0-9]{1,128})?$/)).max(3000),
});
export type NarrowingChoice = Readonly<z.infer<typeof narrowingChoiceSchema>>;
