import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { accessKeyIdSchema } from './identities';
import { accountIdSchema, idSchema, instantSchema } from './limits';

/** What is done to an identity, on record before each call. Nothing of a secret is in it. */

const common = {
  id: idSchema,
  /** in the account; it does the calls */
  sourceId: z.string().min(1).max(64),
  accountId: accountIdSchema,
  startedAt: instantSchema,
  error: appErrorSchema.optional(),
};

export const rotationEventSchema = z.strictObject({
  what: z.enum([
    'make-room',
    'create',
    'verify',
    'switch',
    'deactivate',
    'delete-old',
    'delete-stray',
    'activate-old',
    'switch-back',
    'delete-new',
  ]),
  /** `begun`: on record before the call, whose answer is not there or was lost */
  state: z.enum(['begun', 'done']),
  at: instantSchema,
  requestId: z.string().max(128).optional(),
});
export type RotationEvent = Readonly<z.infer<typeof rotationEventSchema>>;

/**
 * An access key that gives way to a new one.
 *
 * - `creating`: the new key is made, kept and tried; `handing`: it works, and waits until a person has put it where the
 *   old one was; `grace`: the old one is off, and goes after `deleteAt`; `done`: the old one is deleted;
 * - `undoing` and `undone`: the old one works again, the new one is gone. Possible until the old one is deleted.
 * - `error`: it stopped there, and can be gone on with or taken back.
 */
export const rotationSchema = z.strictObject({
  ...common,
  kind: z.literal('rotation'),
  userName: z.string().max(128),
  oldKeyId: accessKeyIdSchema,
  newKeyId: accessKeyIdSchema.optional(),
  /** the other key of the two that a user may have, deleted first because a person chose so */
  makesRoomOf: accessKeyIdSchema.optional(),
  /** keys that were there before one was made: whatever else is there after a lost answer is the stray one */
  before: z.array(accessKeyIdSchema).max(20),
  /** made, but its answer was lost: nobody has its secret */
  strayKeyId: accessKeyIdSchema.optional(),
  /** the source of ours that calls with the old key, and is switched over */
  ownSourceId: z.string().max(64).optional(),
  state: z.enum(['creating', 'handing', 'grace', 'done', 'undoing', 'undone']),
  /** something is being done for it now, or was when the app stopped */
  busy: z.boolean(),
  /** milliseconds between switching the old key off and deleting it */
  graceMs: z
    .int()
    .min(0)
    .max(30 * 86_400_000),
  deleteAt: instantSchema.optional(),
  /** while a new key does not work yet: since when it is tried */
  tryingSince: instantSchema.optional(),
  events: z.array(rotationEventSchema).max(100),
});
export type Rotation = Readonly<z.infer<typeof rotationSchema>>;

/** In the order in which they are done: what can be put back comes first. */
export const removalSteps = [
  'attach-deny',
  'deactivate-key',
  'leave-group',
  'detach-policy',
  'delete-inline',
  'leave-instance-profile',
  'delete-password',
  'deactivate-mfa',
  'delete-mfa',
  'delete-certificate',
  'delete-ssh-key',
  'delete-service-credential',
  'delete-key',
  'delete-user',
  'delete-role',
] as const;
export type RemovalStepKind = (typeof removalSteps)[number];

export const removalStepSchema = z.strictObject({
  what: z.enum(removalSteps),
  /** the key, group, policy, device or profile that it is about; the identity's own name at the end */
  target: z.string().min(1).max(2048),
  /** an inline policy as it was, to put it back */
  document: z.string().max(20_480).optional(),
  state: z.enum(['waiting', 'begun', 'done', 'undone', 'kept']),
  at: instantSchema.optional(),
  requestId: z.string().max(128).optional(),
});
export type RemovalStep = Readonly<z.infer<typeof removalStepSchema>>;

/** Undo can put it back as it was. A password, a device or a key that was deleted is gone. */
export function canBePutBack(what: RemovalStepKind): boolean {
  return [
    'attach-deny',
    'deactivate-key',
    'leave-group',
    'detach-policy',
    'delete-inline',
    'leave-instance-profile',
  ].includes(what);
}

export const removalSchema = z.strictObject({
  ...common,
  kind: z.literal('removal'),
  subject: z.enum(['user', 'role']),
  /** `deactivate`: everything that it has stays, and nothing of it works */
  mode: z.enum(['deactivate', 'delete']),
  name: z.string().max(128),
  arn: z.string().max(2048),
  state: z.enum(['running', 'stopped', 'done', 'undoing', 'undone']),
  /** `stopped` while it was being taken back */
  isUndo: z.boolean(),
  steps: z.array(removalStepSchema).max(300),
});
export type Removal = Readonly<z.infer<typeof removalSchema>>;

export const identityActSchema = z.discriminatedUnion('kind', [rotationSchema, removalSchema]);
export type IdentityAct = Readonly<z.infer<typeof identityActSchema>>;

export const mostIdentityActs = 2000;

/** It is over, and its record may make room for another. */
export function isOver(act: IdentityAct): boolean {
  return act.state === 'done' || act.state === 'undone';
}

/** A rotation is taken back until the old key is deleted, a deactivation always, a deletion until the identity is gone. */
export function canBeUndone(act: IdentityAct): boolean {
  if (act.kind === 'rotation') {
    const begun = act.events.some(({ what }) => what === 'delete-old');
    return !begun && !act.busy && ['creating', 'handing', 'grace', 'undoing'].includes(act.state);
  }
  if (act.state === 'undone') return false;
  if (act.state === 'running' || act.state === 'undoing') return false;
  return !(act.mode === 'delete' && act.state === 'done');
}
