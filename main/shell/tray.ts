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

/** Menus are drawn by the system and do not count by themselves: milliseconds between two looks. */
const lookEveryMs = 30_000;
/** Of a burst of changes one is drawn: handing the system a menu costs more than a renewal. In milliseconds. */
const burstMs = 500;

/** The icon in the menu bar or notification area. Made when it is wanted, and gone when it is not. */
export class SessionTray {
  readonly #ports: TrayPorts;
  #tray: Tray | undefined;
  #callOff: (() => void) | undefined;
  #isSoon = false;
  /** what the system was given last */
  #drawn = '';

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
    this.#draw();
  }

  hide(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#isSoon = false;
    this.#drawn = '';
    this.#tray?.destroy();
    this.#tray = undefined;
  }

  /** Sessions changed: what it says may be out of date. */
  changed(): void {
    if (this.#tray === undefined || this.#isSoon) return;
    this.#isSoon = true;
    this.#drawIn(burstMs);
  }

  #draw(): void {
    if (this.#tray === undefined) return;
    this.#isSoon = false;
    const { clock, facts } = this.#ports;
    const seen = { ...facts(), now: clock.now() };
    const words = trayWords(seen);
    const entries = trayEntries(seen);
    const drawn = JSON.stringify([words, entries]);
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#tray.setToolTip(words);
      this.#tray.setContextMenu(Menu.buildFromTemplate(entries.map((entry) => this.#item(entry))));
    }
    this.#drawIn(lookEveryMs);
  }

  #drawIn(delay: number): void {
    this.#callOff?.();
    this.#callOff = this.#ports.clock.schedule(delay, () => {
      this.#draw();
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
