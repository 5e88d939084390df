import { z } from '../zod';
import { networkSettingsSchema } from '../domain/network';
import { call, nothing } from './call';

export const networkViewSchema = z.strictObject({
  settings: networkSettingsSchema,
  /** what holds where the settings say nothing; a proxy's name and password are left out */
  environment: z.strictObject({
    proxy: z.string().max(300).optional(),
    caFile: z.string().max(4096).optional(),
  }),
});
export type NetworkView = Readonly<z.infer<typeof networkViewSchema>>;

/** How AWS is reached from this computer, in both workspaces; practice reaches nothing. */
export const network = {
  getSettings: call(nothing, networkViewSchema),
  /** counts from the next call to AWS on; refused when the file of certificates cannot be used */
  changeSettings: call(networkSettingsSchema, nothing),
  /** shows the system's dialog; no path when the person closed it */
  chooseCaFile: call(nothing, z.strictObject({ path: z.string().max(4096).optional() })),
};
