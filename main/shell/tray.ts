import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import { join } from 'node:path';
import type { Clock } from '../platform/clock';
import { trayEntries, trayWords, type TrayEntry, type TrayFacts } from './tray-entries';

export type TrayActs = {
  readonly openConsole: (sessionId: string) => void;
  readonly end: (sessionId: string) => void;
  readonly startFavourite: (favouriteId: string) => void;
  readonly search: () => void;
  readonly show: () => void;
  readonly quit: () => void;
};

export type TrayPorts = {
  readonly clock: Clock;
  /** The folder of the pictures, absolute. */
  readonly pictures: string;
  readonly platform: NodeJS.Platform;
  readonly facts: () => Omit<TrayFacts, 'now'>;
  readonly acts: TrayActs;
};

/** Menus are drawn by the system and do not count by themselves: milliseconds between two drawings. */
const redrawMs = 30_000;

/** The icon in the menu bar or notification area. Made when it is wanted, and gone when it is not. */
export class SessionTray {
  readonly #ports: TrayPorts;
  #tray: Tray | undefined;
  #callOff: (() => void) | undefined;

  constructor(ports: TrayPorts) {
    this.#ports = ports;
  }

  get isShown(): boolean {
    return this.#tray !== undefined;
  }

  show(): void {
    if (this.#tray !== undefined) return;
    const { pictures, platform, acts } = this.#ports;
    // macOS draws a template in the colour of its menu bar; elsewhere one picture serves light and dark bars
    const picture = nativeImage.createFromPath(join(pictures, platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'));
    this.#tray = new Tray(picture);
    // on macOS and Linux a press opens the menu
    if (platform === 'win32') this.#tray.on('click', acts.show);
    this.draw();
  }

  hide(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#tray?.destroy();
    this.#tray = undefined;
  }

  /** Says anew what there is; called when sessions changed. */
  draw(): void {
    if (this.#tray === undefined) return;
    this.#callOff?.();
    const { clock, facts } = this.#ports;
    const seen = { ...facts(), now: clock.now() };
    this.#tray.setToolTip(trayWords(seen));
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayEntries(seen).map((entry) => this.#item(entry))));
    this.#callOff = clock.schedule(redrawMs, () => {
      this.draw();
    });
  }

  #item(entry: TrayEntry): MenuItemConstructorOptions {
    const { acts } = this.#ports;
    switch (entry.kind) {
      case 'line':
        return { type: 'separator' };
      case 'words':
        return { label: entry.label, enabled: false };
      case 'session':
        return {
          label: entry.label,
          submenu: [
            { label: 'Open console', enabled: entry.acts, click: () => acts.openConsole(entry.sessionId) },
            { label: 'End', click: () => acts.end(entry.sessionId) },
          ],
        };
      case 'favourite':
        return { label: entry.label, click: () => acts.startFavourite(entry.favouriteId) };
      case 'search':
      case 'show':
      case 'quit':
        return { label: entry.label, click: acts[entry.kind] };
    }
  }
}
