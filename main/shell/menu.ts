import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * Copying, pasting, closing and quitting, which macOS does only with a menu. Electron's own default has “Reload” and
 * developer tools in it, which a person has no use for.
 */
export function menuTemplate(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ];
}

export function setMenu(platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(platform)));
}
