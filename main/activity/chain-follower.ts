import { closeSync, fstatSync } from 'node:fs';
import type { ChainState } from '../../core/domain/activity';
import { nextTurn } from '../platform/next-turn';
import { ChainCheck, hashOf, linesOf } from '../store/audit-chain';
import { openLog, readAt } from './audit-file';

/** Bytes that are read at once. */
const chunk = 262_144;

/** `wholeAt`: when its lines were last read from the first; later ones came to it since. Both in milliseconds. */
export type FollowedChain = ChainState & { readonly checkedAt: number; readonly wholeAt: number };

/** How far the chain was followed. Places are bytes of the file. */
type Reached = {
  readonly check: ChainCheck;
  readonly lastLineAt: number;
  /** behind the line break of the last line */
  readonly end: number;
  readonly wholeAt: number;
};

/** Follows the chain of a file, and the next time only what came since. The app stays awake meanwhile. */
export class ChainFollower {
  readonly #path: string;
  readonly #now: () => number;
  #reached: Reached | undefined;
  #running: { readonly fromFirst: boolean; readonly answer: Promise<FollowedChain> } | undefined;

  /** `path` is absolute; `now` in milliseconds since the epoch. */
  constructor(path: string, now: () => number) {
    this.#path = path;
    this.#now = now;
  }

  /**
   * One at a time: who asks meanwhile has the answer of the one that is under way, if that reads no less.
   * @param fromFirst every line again. Else on from the last line of the time before, where that still stands as it did.
   * @throws what the file system throws, save that a file that is not there has no lines
   */
  follow(fromFirst: boolean): Promise<FollowedChain> {
    const before = this.#running;
    if (before !== undefined && (before.fromFirst || !fromFirst)) return before.answer;
    const answer = this.#after(before?.answer, fromFirst);
    const running = { fromFirst, answer };
    this.#running = running;
    const done = () => {
      if (this.#running === running) this.#running = undefined;
    };
    answer.then(done, done);
    return answer;
  }

  async #after(before: Promise<unknown> | undefined, fromFirst: boolean): Promise<FollowedChain> {
    await before?.catch(() => undefined);
    const reached = fromFirst ? undefined : this.#reached;
    this.#reached = undefined;
    const file = openLog(this.#path);
    if (file === undefined) return said(new ChainCheck(), this.#now(), this.#now());
    try {
      return await this.#read(file, reached !== undefined && stillStands(file, reached) ? reached : undefined);
    } finally {
      closeSync(file);
    }
  }

  async #read(file: number, reached: Reached | undefined): Promise<FollowedChain> {
    const { size } = fstatSync(file);
    const { check, wholeAt } = reached ?? { check: new ChainCheck(), wholeAt: this.#now() };
    let { end, lastLineAt } = reached ?? { end: 0, lastLineAt: 0 };
    let rest: Uint8Array = new Uint8Array(0);
    for (let at = end; at < size; at += chunk) {
      const bytes = Buffer.concat([rest, readAt(file, at, Math.min(chunk, size - at))]);
      const whole = bytes.lastIndexOf(0x0a) + 1;
      for (const line of linesOf(bytes.subarray(0, whole))) {
        check.take(line);
        if (line.length > 0) lastLineAt = end;
        end += line.length + 1;
      }
      rest = bytes.subarray(whole);
      await nextTurn();
    }
    // what has no line break yet may go on: the next time begins from the first line
    if (rest.length === 0) this.#reached = { check, lastLineAt, end, wholeAt };
    check.take(rest);
    return said(check, wholeAt, this.#now());
  }
}

function said(check: ChainCheck, wholeAt: number, checkedAt: number): FollowedChain {
  return { ...check.state(), wholeAt, checkedAt };
}

/** The file is no shorter, and the last line that was read stands where it stood. */
function stillStands(file: number, { check, end, lastLineAt }: Reached): boolean {
  if (fstatSync(file).size < end) return false;
  const [line = new Uint8Array(0)] = linesOf(readAt(file, lastLineAt, end - lastLineAt));
  return hashOf(line) === check.state().last;
}
