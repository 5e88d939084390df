import type { BrowserWindow } from 'electron';
import { openMainWindow, type WindowLook } from './main-window';

export type MadeWindow = {
  readonly window: BrowserWindow;
  /** resolves when the page has drawn itself for the first time; never where the window is closed before */
  readonly stands: Promise<void>;
  /** made at the app's start, not by somebody who brought it back */
  readonly isFirst: boolean;
};

/** The one window: there from the start, gone when it is closed, made anew when somebody wants it. */
export class PageWindow {
  readonly #look: () => Omit<WindowLook, 'hidden'>;
  #made: MadeWindow | undefined;
  #isFirst = true;
  #hear: ((made: MadeWindow) => void) | undefined;

  constructor(look: () => Omit<WindowLook, 'hidden'>) {
    this.#look = look;
  }

  get current(): BrowserWindow | undefined {
    return this.#made?.window;
  }

  open({ hidden = false } = {}): BrowserWindow {
    const window = openMainWindow({ ...this.#look(), hidden });
    const stands = new Promise<void>((resolve) => window.once('ready-to-show', resolve));
    const made = { window, stands, isFirst: this.#isFirst };
    this.#made = made;
    this.#isFirst = false;
    window.on('closed', () => {
      this.#made = undefined;
    });
    this.#hear?.(made);
    return window;
  }

  /** Hears of the window that is there, and of each that is made from now on. */
  follow(hear: (made: MadeWindow) => void): void {
    this.#hear = hear;
    if (this.#made !== undefined) hear(this.#made);
  }
}
