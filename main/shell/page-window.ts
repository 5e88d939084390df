import type { BrowserWindow } from 'electron';
import type { PageStart } from '../../core/domain/page-start';
import { loadPage, makeMainWindow, type WindowLook } from './main-window';

export type MadeWindow = {
  readonly window: BrowserWindow;
  /** resolves when the page has drawn itself for the first time; never where the window is closed before */
  readonly stands: Promise<void>;
  /** made at the app's start, not by somebody who brought it back */
  readonly isFirst: boolean;
};

export type PageWindowPorts = {
  readonly look: () => WindowLook;
  /** what the page is told */
  readonly start: () => PageStart;
};

/** The one window: there from the start, gone when it is closed, made anew when somebody wants it. */
export class PageWindow {
  readonly #ports: PageWindowPorts;
  #made: MadeWindow | undefined;
  #isFirst = true;
  #hear: ((made: MadeWindow) => void) | undefined;

  constructor(ports: PageWindowPorts) {
    this.#ports = ports;
  }

  get current(): BrowserWindow | undefined {
    return this.#made?.window;
  }

  /** Made, its page on its way. Shown when the page has drawn itself; `hidden` is not shown until somebody asks for it. */
  open({ hidden = false } = {}): BrowserWindow {
    const window = makeMainWindow(this.#ports.look());
    if (!hidden) window.once('ready-to-show', () => window.show());
    const stands = new Promise<void>((resolve) => window.once('ready-to-show', resolve));
    const made = { window, stands, isFirst: this.#isFirst };
    this.#made = made;
    this.#isFirst = false;
    window.on('closed', () => {
      this.#made = undefined;
    });
    this.#hear?.(made);
    this.load();
    return window;
  }

  /** The page from its beginning, in the window that is there. */
  load(): void {
    if (this.current !== undefined) loadPage(this.current, this.#ports.start());
  }

  /** Hears of the window that is there, and of each that is made from now on. */
  follow(hear: (made: MadeWindow) => void): void {
    this.#hear = hear;
    if (this.#made !== undefined) hear(this.#made);
  }
}
