import { z } from '../zod';
import { accessKeyIdSchema, readingSchema, userNameSchema } from '../domain/identities';
import { identityActSchema, mostIdentityActs, removalSchema, removalStepSchema } from '../domain/identity-acts';
import { idSchema, instantSchema } from '../domain/limits';
import { call, nothing } from './call';

const sourceSchema = z.strictObject({ sourceId: z.string().min(1).max(64) });
const actIdSchema = z.strictObject({ actId: idSchema });
const begun = actIdSchema;

const wish = {
  sourceId: z.string().min(1).max(64),
  subject: removalSchema.shape.subject,
  mode: removalSchema.shape.mode,
  name: userNameSchema,
};

/** Users, roles, groups and access keys of the account that a source is in. */
export const identities = {
  /** begins to read; whatever was read with this source before is forgotten */
  read: call(sourceSchema, nothing),
  /** stops reading; what is there stays */
  stop: call(sourceSchema, nothing),
  /** as far as it was read; nothing where nobody began */
  view: call(sourceSchema, z.strictObject({ reading: readingSchema.optional() })),
  list: call(nothing, z.strictObject({ acts: z.array(identityActSchema).max(mostIdentityActs) })),
  get: call(actIdSchema, z.strictObject({ act: identityActSchema })),
  /** Makes a second key, keeps it in the keychain and tries it. `makesRoomOf`: the other key, deleted before. */
  rotate: call(
    z.strictObject({
      sourceId: z.string().min(1).max(64),
      userName: userNameSchema,
      accessKeyId: accessKeyIdSchema,
      graceHours: z.int().min(0).max(720),
      makesRoomOf: accessKeyIdSchema.optional(),
    }),
    begun,
  ),
  /** main puts the new key on the clipboard, from where it goes by itself; the window never has it */
  copyKey: call(actIdSchema, z.strictObject({ clearedAt: instantSchema })),
  /** a person has put the new key where the old one was: the old one is switched off */
  deactivateOld: call(actIdSchema, nothing),
  /** deletes the old key, after its grace period or before */
  deleteOld: call(actIdSchema, nothing),
  /** what would be done, in its order; refused for what is not to be touched. `unasked`: sources that may be it */
  planRemoval: call(
    z.strictObject(wish),
    z.strictObject({
      arn: z.string().max(2048),
      steps: z.array(removalStepSchema).max(300),
      unasked: z.array(z.string().max(80)).max(500),
    }),
  ),
  /** `typedName` is the identity's own: somebody typed it */
  remove: call(z.strictObject({ ...wish, typedName: z.string().max(128) }), begun),
  /** goes on with what stopped; a stray key is deleted first */
  resume: call(actIdSchema, nothing),
  undo: call(actIdSchema, nothing),
};
