import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { instantSchema } from '../domain/limits';
import { versionSchema } from '../domain/update';
import { call, nothing } from './call';

const newer = { version: versionSchema, notes: z.string().max(4000), bytes: z.int().min(1) };

const updatesViewSchema = z.strictObject({
  /** of this program */
  version: z.string().max(40),
  /** the host that updates come from; absent where this build was given none: then nothing is ever asked */
  host: z.string().max(300).optional(),
  /** looks once a day by itself; what it finds is only told */
  automatic: z.boolean(),
  state: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('not-asked') }),
    z.strictObject({ kind: z.literal('asking') }),
    z.strictObject({ kind: z.literal('current'), at: instantSchema }),
    /** there is one, and nothing was loaded */
    z.strictObject({ kind: z.literal('newer'), at: instantSchema, ...newer }),
    z.strictObject({ kind: z.literal('loading'), loaded: z.int().min(0), ...newer }),
    /** signed by the publisher, whole, and in the person's folder of downloads */
    z.strictObject({ kind: z.literal('ready'), path: z.string().max(4096), ...newer }),
  ]),
  /** what was tried last and did not work; absent once something did */
  failed: z.strictObject({ at: z.enum(['look', 'load', 'show']), error: appErrorSchema }).optional(),
});
export type UpdatesView = Readonly<z.infer<typeof updatesViewSchema>>;

/** Newer versions of this program: looked for when a person asks, or once a day where they said so; never installed. */
export const updates = {
  get: call(nothing, updatesViewSchema),
  setAutomatic: call(z.strictObject({ automatic: z.boolean() }), nothing),
  /** asks the publisher now; the answer is in `get` */
  look: call(nothing, nothing),
  /** loads the one that was found, and checks it */
  load: call(nothing, nothing),
  /** stops loading, and leaves nothing of it */
  stop: call(nothing, nothing),
  /** in the file manager: the person opens it */
  show: call(nothing, nothing),
};
