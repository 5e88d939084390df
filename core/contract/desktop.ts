import { z } from '../zod';
import { call, nothing } from './call';

/** What the system can be asked to tell. */
export const noticeKinds = ['session', 'test', 'drift', 'revocation'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** How Sallyport stands on this computer's desktop. */
export const desktopSettingsSchema = z.strictObject({
  /** an icon in the menu bar or notification area, with the sessions and their time left */
  tray: z.boolean(),
  /** closing the window leaves Sallyport running under its icon; needs `tray` */
  closeToTray: z.boolean(),
  /** starts without showing its window; needs `tray` */
  startHidden: z.boolean(),
  /** the operating system tells what the person need not look for */
  notifications: z.boolean(),
  /** of these it does not, though it tells of others */
  silent: z.array(z.enum(noticeKinds)).max(noticeKinds.length).optional(),
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
  /** whether the system opens links of this app (`sallyport:`) with it; the system is asked, by a program of its own on Linux */
  getLinks: call(nothing, z.strictObject({ isOurs: z.boolean() })),
  setLinks: call(z.strictObject({ isOurs: z.boolean() }), nothing),
  /** one notification now; false where this system has none to show */
  tryNotification: call(nothing, z.strictObject({ shown: z.boolean() })),
};
