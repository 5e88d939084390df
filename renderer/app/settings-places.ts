import type { IconName } from '../ui/icon-names';

/** The parts of the settings, in the order of the page. Each has an address, `/settings/<section>`. */
export const settingsSections = [
  { id: 'identities', label: 'Source identities', icon: 'user' },
  { id: 'appearance', label: 'Appearance', icon: 'eye' },
  { id: 'region', label: 'Region', icon: 'cube' },
  { id: 'network', label: 'Network', icon: 'link' },
  { id: 'notifications', label: 'Notifications', icon: 'bell' },
  { id: 'desktop', label: 'Desktop', icon: 'timer' },
  { id: 'testing', label: 'Testing', icon: 'calendar' },
  { id: 'workspace', label: 'Practice', icon: 'sandbox' },
  { id: 'keychain', label: 'Keychain', icon: 'key' },
  { id: 'updates', label: 'Updates', icon: 'download' },
  { id: 'data', label: 'Data', icon: 'folder' },
  { id: 'diagnostics', label: 'Diagnostics', icon: 'info' },
  { id: 'reset', label: 'Reset', icon: 'undo' },
] as const satisfies readonly { readonly id: string; readonly label: string; readonly icon: IconName }[];

export type SettingsSection = (typeof settingsSections)[number]['id'];

export function isSettingsSection(text: string | undefined): text is SettingsSection {
  return settingsSections.some(({ id }) => id === text);
}

/** One setting, by the name that a person looks for; `also` is what else they may call it. */
export type Setting = {
  readonly id: string;
  readonly section: SettingsSection;
  readonly label: string;
  readonly also: string;
};

export const settings: readonly Setting[] = [
  {
    id: 'sources',
    section: 'identities',
    label: 'Source identities',
    also: 'profile access key identity center sign in',
  },
  { id: 'theme', section: 'appearance', label: 'Theme', also: 'dark light colour appearance' },
  { id: 'region', section: 'region', label: 'Default Region', also: 'location new connections' },
  { id: 'partition', section: 'region', label: 'Partition', also: 'china govcloud iso sovereign' },
  {
    id: 'network',
    section: 'network',
    label: 'Proxy and certificates',
    also: 'network ca fips dual-stack https_proxy',
  },
  {
    id: 'notifications',
    section: 'notifications',
    label: 'Notifications',
    also: 'tell alert expiry drift failed revocation',
  },
  { id: 'tray', section: 'desktop', label: 'Icon in the menu bar or notification area', also: 'tray' },
  { id: 'close', section: 'desktop', label: 'Go on when the window is closed', also: 'tray background' },
  { id: 'hidden', section: 'desktop', label: 'Start without showing the window', also: 'hidden launch tray' },
  { id: 'links', section: 'desktop', label: 'Open sallyport: links with this program', also: 'url protocol scheme' },
  {
    id: 'schedule',
    section: 'testing',
    label: 'Test all connections by themselves',
    also: 'schedule health drift every day',
  },
  { id: 'practice', section: 'workspace', label: 'Practice or AWS', also: 'sandbox workspace switch' },
  { id: 'begin', section: 'workspace', label: 'Begin the practice again', also: 'sandbox reset scenario' },
  { id: 'keychain', section: 'keychain', label: 'Keychain', also: 'keyring secrets locked check' },
  { id: 'updates', section: 'updates', label: 'Look for updates now', also: 'version newer release' },
  { id: 'updates-automatic', section: 'updates', label: 'Look for updates once a day', also: 'automatic auto-update' },
  { id: 'data', section: 'data', label: 'Data folder', also: 'files path size disk' },
  { id: 'diagnostics', section: 'diagnostics', label: 'Diagnostics', also: 'support version report copy about' },
  { id: 'reset-settings', section: 'reset', label: 'Forget the settings', also: 'reset default' },
  {
    id: 'reset-all',
    section: 'reset',
    label: 'Forget everything on this computer',
    also: 'reset delete wipe uninstall',
  },
];

/** The address of a section, or of one setting in it. */
export function settingsPath(section: SettingsSection, settingId?: string): string {
  return `/settings/${section}${settingId === undefined ? '' : `#${settingId}`}`;
}
