import { z } from '../core/zod';
import { themeSchema } from '../core/domain/theme';
import { desktopSettingsSchema } from '../core/contract/desktop';
import { instantSchema, regionSchema, workspaceSchema } from '../core/domain/limits';
import { networkSettingsSchema } from '../core/domain/network';
import { versionSchema } from '../core/domain/update';

export const settingsSchema = z.strictObject({
  theme: themeSchema,
  workspace: workspaceSchema.optional(),
  /** as the environment says where there is none */
  network: networkSettingsSchema.optional(),
  /** where new connections start; as each form proposes it where there is none */
  region: regionSchema.optional(),
  updates: z
    .strictObject({
      /** looked for once a day */
      automatic: z.boolean(),
      /** by itself, last: when it began */
      lookedAt: instantSchema.optional(),
      /** the version that the person was told of, or saw */
      told: versionSchema.optional(),
    })
    .optional(),
  /** as at first where there is none */
  desktop: desktopSettingsSchema.optional(),
});
export type Settings = z.infer<typeof settingsSchema>;
