import { z } from '../../core/zod';
import { signInSchema } from '../../core/domain/identity-center';
import { sourceSchema } from '../../core/domain/source';

export const mostSources = 200;

/** What of the sources is on disk; never a secret. */
export const sourcesDocumentSchema = z.strictObject({
  sources: z.array(sourceSchema).max(mostSources),
  selectedId: z.string().max(64).optional(),
  signIns: z.array(signInSchema).max(20).optional(),
});
export type SourcesDocument = z.infer<typeof sourcesDocumentSchema>;
