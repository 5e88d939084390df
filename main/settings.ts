import { z } from '../core/zod';
import { themeSchema } from '../core/domain/theme';
import { desktopSettingsSchema } from '../core/contract/desktop';
import { regionSchema, workspaceSchema } from '../core/domain/limits';
import { networkSettingsSchema } from '../core/domain/network';

export const settingsSchema = z.strictObject({
  theme: themeSchema,
  workspace: workspaceSchema.optional(),
  /** as the environment says where there is none */
  network: networkSettingsSchema.optional(),
  /** where new connections start; as each form proposes it where there is none */
  region: regionSchema.optional(),
  /** looked for once a day where it says so */
  updates: z.strictObject({ automatic: z.boolean() }).optional(),
  /** as at first where there is none */
  desktop: desktopSettingsSchema.optional(),
});
export type Settings = z.infer<typeof settingsSchema>;
