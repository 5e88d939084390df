import { z } from 'zod';
import { foundRoleSchema, importFormats, mostImported } from '../domain/import-roles';
import { idSchema } from '../domain/limits';
import { call } from './call';

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

export const imports = {
  /** reads and changes nothing; without `preview` the person chose no file */
  preview: call(
    z.strictObject({ from: z.enum(['aws-config', 'leapp', 'file']) }),
    z.strictObject({ preview: previewSchema.optional() }),
  ),
  /** makes connections of these, not tested; the file is not read again */
  run: call(
    z.strictObject({ previewId: idSchema, keys: z.array(z.int().min(0).max(mostImported)).min(1).max(mostImported) }),
    z.strictObject({ imported: z.int().min(0) }),
  ),
};
