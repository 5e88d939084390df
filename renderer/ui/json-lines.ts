/** Colours JSON one line at a time, keeping every character: the text on screen is byte for byte the text of the plan. */
export type JsonTokenKind = 'key' | 'string' | 'literal' | 'punctuation' | 'space';

export interface JsonToken {
  readonly kind: JsonTokenKind;
  readonly text: string;
}

const pattern = /("(?:[^"\\]|\\.)*"?)(?=(\s*:)?)|(\s+)|([{}[\]:,]+)|([^\s{}[\]:,"]+)/g;

/** The tokens of a line; joined they are the line. */
export function colourJsonLine(line: string): readonly JsonToken[] {
  return [...line.matchAll(pattern)].map(([text, quoted, colon, space, punctuation]) => ({
    kind:
      quoted !== undefined
        ? colon === undefined
          ? 'string'
          : 'key'
        : space !== undefined
          ? 'space'
          : punctuation !== undefined
            ? 'punctuation'
            : 'literal',
    text,
  }));
}

/** The lines of a document, without an empty one for a final line break. */
export function toLines(text: string): readonly string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}
