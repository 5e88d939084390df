import type { BrowserWindow } from 'electron';
import type { DesktopSettings } from '../../core/contract/desktop';
import type { Topic } from '../../core/contract/contract';
import type { SessionTray, TrayPorts } from './tray';

/** What the window is brought up for. */
export type ShowWhat = 'sessions' | 'search';

export type DesktopPorts = Omit<TrayPorts, 'acts'> & {
  readonly settings: () => DesktopSettings;
  readonly window: () => BrowserWindow | undefined;
  /** makes the window where there is none */
  readonly open: () => void;
  /** tells the page what it is brought up for */
  readonly tell: (what: ShowWhat) => void;
  readonly acts: Pick<TrayPorts['acts'], 'openConsole' | 'end' | 'startFavourite' | 'quit'>;
};

/** Does the app start without its window? Then the icon is what there is of it. */
export function startsHidden({ startHidden, tray }: Pick<DesktopSettings, 'startHidden' | 'tray'>): boolean {
  return tray && startHidden;
}

/** Milliseconds after the window stands: the icon is not part of start-up. */
const settlingMs = 1500;

/** The window's coming and going, and the icon under which the app goes on without it. */
export class Desktop {
  readonly #ports: DesktopPorts;
  #tray: SessionTray | undefined;
  #isQuitting = false;

  constructor(ports: DesktopPorts) {
    this.#ports = ports;
  }

  /** Called once, when the app is ready. */
  begin(): void {
    if (startsHidden(this.#ports.settings())) void this.apply();
    else this.#ports.clock.schedule(settlingMs, () => void this.apply());
  }

  /** Shows or takes away the icon, as the settings say. */
  async apply(): Promise<void> {
    if (!this.#wantsTray()) {
      this.#tray?.hide();
      return;
    }
    const { SessionTray: Tray } = await import('./tray');
    // while it was read the app may have begun to quit, or the person not to want it
    if (!this.#wantsTray()) return;
    const { acts } = this.#ports;
    this.#tray ??= new Tray({
      ...this.#ports,
      acts: {
        ...acts,
        search: () => {
          this.show('search');
        },
        show: () => {
          this.show();
        },
      },
    });
    this.#tray.show();
  }

  #wantsTray(): boolean {
    return this.#ports.settings().tray && !this.#isQuitting;
  }

  /** What the icon says is out of date. */
  changed(topics: readonly Topic[]): void {
    if (topics.includes('sessions')) this.#tray?.changed();
  }

  /** Brings the window up, made anew where it was closed. */
  show(what?: ShowWhat): void {
    if (this.#ports.window() === undefined) this.#ports.open();
    const window = this.#ports.window();
    if (window === undefined) return;
    if (window.isMinimized()) window.restore();
    if (!window.isVisible()) window.show();
    window.focus();
    if (what !== undefined) this.#ports.tell(what);
  }

  /** Follows a window that was made: closing it may only hide it. */
  follow(window: BrowserWindow): void {
    window.on('close', (event) => {
      if (this.#isQuitting || this.#tray?.isShown !== true || !this.#ports.settings().closeToTray) return;
      event.preventDefault();
      window.hide();
    });
  }

  /** From now on closing is closing. */
  quitting(): void {
    this.#isQuitting = true;
    this.#tray?.hide();
  }
}
