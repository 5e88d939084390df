import { z } from '../zod';
import { mostExported, sharedFieldSchema } from '../domain/connection-export';
import { foundRoleSchema, importFormats, mostImported } from '../domain/import-roles';
import { arnSchema, idSchema, instantSchema } from '../domain/limits';
import { call, nothing } from './call';

/** `key` names it in this preview alone. */
export const importCandidateSchema = foundRoleSchema.extend({
  key: z.int().min(0).max(mostImported),
  /** the connection, or the earlier entry, that has this role already */
  sameAs: z.string().max(128).optional(),
  /** what it will be entered with: a source identity's name; absent where none is chosen yet */
  sourceLabel: z.string().max(80).optional(),
});
export type ImportCandidate = Readonly<z.infer<typeof importCandidateSchema>>;

const previewSchema = z.strictObject({
  previewId: idSchema,
  path: z.string().max(4096),
  format: z.enum(importFormats),
  candidates: z.array(importCandidateSchema).max(mostImported),
  /** entries that are no roles */
  others: z.int().min(0),
});
export type ImportPreview = Readonly<z.infer<typeof previewSchema>>;

const keySchema = z.int().min(0).max(mostExported);

/** `new`: no connection has this role; `twice`: the file has it more than once; `same` and `differs`: one has it already. */
export const sharedEntrySchema = z.strictObject({
  key: keySchema,
  name: z.string().max(80),
  roleArn: arnSchema,
  state: z.enum(['new', 'twice', 'same', 'differs']),
  fields: z
    .array(z.strictObject({ field: sharedFieldSchema, mine: z.string().max(2048), theirs: z.string().max(2048) }))
    .max(10),
});
export type SharedEntry = z.infer<typeof sharedEntrySchema>;

const sharedPreviewSchema = z.strictObject({
  previewId: idSchema,
  path: z.string().max(4096),
  exportedAt: instantSchema,
  entries: z.array(sharedEntrySchema).max(mostExported),
});
export type SharedPreview = Readonly<z.infer<typeof sharedPreviewSchema>>;

const sharedChoicesSchema = z.strictObject({
  add: z.array(keySchema).max(mostExported),
  /** of those that differ, the fields in which theirs is to hold */
  take: z
    .array(z.strictObject({ key: keySchema, fields: z.array(sharedFieldSchema).min(1).max(10) }))
    .max(mostExported),
});
export type SharedChoices = Readonly<z.infer<typeof sharedChoicesSchema>>;

/** A message that may name every connection there can be, in characters. */
const namesAll = 900_000;

export const imports = {
  /** reads and changes nothing; without `preview` the person chose no file */
  preview: call(
    z.strictObject({ from: z.enum(['aws-config', 'leapp', 'file']) }),
    z.strictObject({ preview: previewSchema.optional(), shared: sharedPreviewSchema.optional() }),
  ),
  /** for a team: all, or those named; without `path` the person chose none. `heldBack`: left out, for a key stands in them */
  save: call(
    z.strictObject({ format: z.enum(['file', 'csv']), connectionIds: z.array(idSchema).min(1).max(20_000).optional() }),
    z.strictObject({ path: z.string().max(4096).optional(), written: z.int().min(0), heldBack: z.int().min(0) }),
    namesAll,
  ),
  /** adds and changes what was chosen of a file of connections, all of it or nothing */
  merge: call(
    z.strictObject({ previewId: idSchema, choices: sharedChoicesSchema }),
    z.strictObject({ importId: idSchema, added: z.int().min(0), changed: z.int().min(0) }),
    namesAll,
  ),
  /** takes the latest of them back, while the app runs */
  undo: call(z.strictObject({ importId: idSchema }), nothing),
  /** makes connections of these, not tested; the file is not read again */
  run: call(
    z.strictObject({ previewId: idSchema, keys: z.array(z.int().min(0).max(mostImported)).min(1).max(mostImported) }),
    z.strictObject({ imported: z.int().min(0) }),
  ),
};
