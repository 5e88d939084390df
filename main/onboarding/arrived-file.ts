import type { AppError } from '../../core/app-error';
import { maximumRequestBytes } from '../../core/domain/exchange-file';
import { readExchangeLink } from '../../core/domain/exchange-link';
import { ok, type Result } from '../../core/result';
import { readTextFile } from '../platform/read-text-file';

export type Arrived = { readonly text?: string; readonly problem?: AppError };

/**
 * A request's or a reply's file that was double-clicked, given to a second start, or chosen from the menu, or a link that
 * holds one. It waits until the window takes it, and is only shown there: nothing is made of it before a person pressed the button.
 */
export class ArrivedFile {
  readonly #onChange: () => void;
  #waiting: Arrived | undefined;

  /** `onChange` is called when one arrived and when it was taken. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  /** SECURITY(S-28): bounded before it is read; what it says is judged where it is shown and again where it is used. */
  open(path: string): void {
    const file = readTextFile(path, maximumRequestBytes);
    this.#waiting = file.ok ? { text: file.value.text } : { problem: file.error };
    this.#onChange();
  }

  /** SECURITY(S-20): a link brings a text and nothing else; one that is not ours is told in words. */
  openLink(link: string): void {
    const read = readExchangeLink(link);
    this.#waiting = read.ok ? { text: read.value } : { problem: read.error };
    this.#onChange();
  }

  /** Once: who takes it has it. */
  take(): Result<Arrived> {
    const taken = this.#waiting ?? {};
    this.#waiting = undefined;
    this.#onChange();
    return ok(taken);
  }
}
