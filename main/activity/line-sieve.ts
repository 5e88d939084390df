import { linesOf } from '../store/audit-chain';

/** A line and where it begins, in bytes. */
export type PlacedLine = { readonly at: number; readonly line: Uint8Array };

/** What could stand in a line in place of any letter: a JSON escape. */
const escape = String.raw`\u`;

/**
 * Lets through the lines that could match, by their bytes alone: reading JSON costs a hundred times as much. What it lets
 * through is still to be read; what it holds back holds none of the texts, nor an escape that could stand for one.
 */
export class LineSieve {
  readonly #groups: readonly (readonly Buffer[])[];

  /** A line passes that holds all texts of one group: letters, digits and signs that JSON writes as they are. */
  constructor(groups: readonly (readonly string[])[]) {
    // a longer text is looked for in larger steps
    this.#groups = [...groups, [escape]].map((texts) =>
      texts.map((text) => Buffer.from(text, 'utf8')).sort((one, other) => other.length - one.length),
    );
  }

  /** In their order. Places are those in `bytes`, which are whole lines. */
  lines(bytes: Buffer): PlacedLine[] {
    const found = new Map<number, Uint8Array>();
    for (const [first = Buffer.of(), ...others] of this.#groups) {
      for (let at = bytes.indexOf(first); at >= 0;) {
        const start = bytes.lastIndexOf(0x0a, at) + 1;
        const end = endOfLine(bytes, at);
        const line = bytes.subarray(start, end);
        if (others.every((text) => line.includes(text))) found.set(start, line);
        at = end < bytes.length ? bytes.indexOf(first, end) : -1;
      }
    }
    return [...found].map(([at, line]) => ({ at, line })).sort((one, other) => one.at - other.at);
  }
}

/** The same for who wants every line. Empty ones are none. */
export const everyLine: Pick<LineSieve, 'lines'> = {
  lines: (bytes) => {
    const placed: PlacedLine[] = [];
    let at = 0;
    for (const line of linesOf(bytes)) {
      if (line.length > 0) placed.push({ at, line });
      at += line.length + 1;
    }
    return placed;
  },
};

function endOfLine(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(0x0a, from);
  return at < 0 ? bytes.length : at;
}
