import { z } from '../../core/zod';
import { handoffProfileSchema, plainProfileSchema } from '../../core/domain/handoff-profile';

/** What this app wrote into the person's AWS files. No secret; the credential process reads it too (session-files.ts). */
export const handoffDocumentSchema = z.strictObject({
  profiles: z.array(handoffProfileSchema).max(1000),
  plain: z.array(plainProfileSchema).max(100),
});
export type HandoffDocument = z.infer<typeof handoffDocumentSchema>;

export const emptyHandoff: HandoffDocument = { profiles: [], plain: [] };
