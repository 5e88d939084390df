import { Menu, type MenuItemConstructorOptions } from 'electron';
import { accelerator, shortcut } from '../../core/domain/shortcuts';

export type MenuActs = {
  /** Opens the system's dialog for a request or a reply that somebody sent. */
  readonly openFile: () => void;
};

/**
 * Copying, pasting, closing and quitting, which macOS does only with a menu. Electron's own default has “Reload” and
 * developer tools in it, which a person has no use for.
 */
export function menuTemplate(platform: NodeJS.Platform, acts: MenuActs): MenuItemConstructorOptions[] {
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        {
          id: 'open-file',
          label: 'Open Request or Reply…',
          accelerator: accelerator(shortcut('open-file').chords[0]),
          click: () => acts.openFile(),
        },
        ...(platform === 'darwin' ? [] : [{ type: 'separator' as const }, { role: 'quit' as const }]),
      ],
    },
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ];
}

export function setMenu(platform: NodeJS.Platform, acts: MenuActs): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(platform, acts)));
}
