import type { Clock } from '../platform/clock';

/** The system clipboard as main sees it. */
export interface ClipboardPort {
  /** a promise in newer Electron, a text in older */
  read(): string | Promise<string>;
  write(text: string): void | Promise<void>;
  clear(): void | Promise<void>;
}

/** How long a secret stays on the clipboard, in milliseconds. */
export const secretOnClipboardMs = 30_000;

/** SECURITY(S-27): a secret on the clipboard is cleared after 30 s, and on quitting, if nothing else was copied since. */
export class SecretClipboard {
  readonly #clipboard: ClipboardPort;
  readonly #clock: Clock;
  #pending: { readonly text: string; readonly callOff: () => void } | undefined;

  constructor(clipboard: ClipboardPort, clock: Clock) {
    this.#clipboard = clipboard;
    this.#clock = clock;
  }

  /** Returns the instant at which the clipboard will be cleared, in ms since the epoch. */
  async put(secret: string): Promise<number> {
    this.#pending?.callOff();
    await this.#clipboard.write(secret);
    const callOff = this.#clock.schedule(secretOnClipboardMs, () => void this.clearNow());
    this.#pending = { text: secret, callOff };
    return this.#clock.now() + secretOnClipboardMs;
  }

  /** Is there a secret of ours that has not been cleared yet? */
  get holdsSecret(): boolean {
    return this.#pending !== undefined;
  }

  async clearNow(): Promise<void> {
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#pending = undefined;
    pending.callOff();
    if ((await this.#clipboard.read()) === pending.text) await this.#clipboard.clear();
  }
}
