import { z } from 'zod';
import { call, nothing } from './call';

/** How Sallyport stands on this computer's desktop. */
export const desktopSettingsSchema = z.strictObject({
  /** an icon in the menu bar or notification area, with the sessions and their time left */
  tray: z.boolean(),
  /** closing the window leaves Sallyport running under its icon; needs `tray` */
  closeToTray: z.boolean(),
  /** starts without showing its window; needs `tray` */
  startHidden: z.boolean(),
  /** the operating system tells of ends and of renewals that failed */
  notifications: z.boolean(),
});
export type DesktopSettings = Readonly<z.infer<typeof desktopSettingsSchema>>;

/** Until the person says otherwise. */
export const desktopAtFirst: DesktopSettings = {
  tray: true,
  closeToTray: false,
  startHidden: false,
  notifications: true,
};

export const desktop = {
  get: call(nothing, desktopSettingsSchema),
  set: call(desktopSettingsSchema, nothing),
};
