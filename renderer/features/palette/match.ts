/** Something to be found: by its label, and by what else is known of it. */
export type Findable<T> = {
  readonly item: T;
  readonly label: string;
  /** The label in small letters. */
  readonly text: string;
  /** Everything else, in small letters, a line each. */
  readonly also: string;
};

/** `also`: account IDs, roles, folders, whatever it goes by besides its name. */
export function findable<T>(item: T, label: string, also: readonly string[] = []): Findable<T> {
  return { item, label, text: label.toLowerCase(), also: also.join('\n').toLowerCase() };
}

/**
 * The words of a search, in small letters. Digits may be grouped as account IDs are; of an ARN the account and the name
 * count.
 */
export function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .replaceAll(/(?<=\d)\s(?=\d)/g, '')
    .split(/\s+/)
    .flatMap((word) => (word.startsWith('arn:') ? wordsOfArn(word) : [word]))
    .filter((word) => word !== '');
}

/** Also of one that is still being typed. A path says nothing here, and neither does the name of a session. */
function wordsOfArn(arn: string): readonly string[] {
  const [, , , , account = '', resource = ''] = arn.split(':');
  const [kind, ...names] = resource.split('/');
  return [account, (kind === 'assumed-role' ? names[0] : names.at(-1)) ?? ''];
}

/** How well a word fits; less is better. What begins with it comes before what has it inside, letters in order come last. */
const rank = {
  whole: 0,
  beginning: 1,
  wordOfLabel: 2,
  wordOfRest: 3,
  insideLabel: 4,
  insideRest: 5,
  wordBeginnings: 6,
  letters: 7,
} as const;

/** A word so short would be found in everything by its letters. */
const shortestByLetters = 3;

export type Best<T> = {
  /** The best, best first. */
  readonly found: readonly T[];
  /** How many there are altogether. */
  readonly total: number;
  /** Of the first one; less is better. Infinity where there is none. */
  readonly score: number;
};

/**
 * The best few of all in which every word stands, in a time that grows with their number alone. What a person chose before
 * comes first among equals, then the shorter label, then the order in which they came.
 */
export function findBest<T>(
  all: readonly Findable<T>[],
  words: readonly string[],
  most: number,
  isRecent: (item: T) => boolean = () => false,
): Best<T> {
  const best: { readonly item: T; readonly score: number }[] = [];
  let total = 0;
  const look = (one: Findable<T>, rankOf: (word: string) => number | undefined) => {
    let worst = 0;
    let sum = 0;
    for (const word of words) {
      const found = rankOf(word);
      if (found === undefined) return false;
      worst = Math.max(worst, found);
      sum += found;
    }
    total += 1;
    const score = worst * 10_000 + sum * 500 + (isRecent(one.item) ? 0 : 250) + Math.min(one.label.length, 200);
    const last = best.at(-1);
    if (best.length === most && last !== undefined && last.score <= score) return true;
    let place = best.length;
    while (place > 0 && (best[place - 1]?.score ?? 0) > score) place -= 1;
    best.splice(place, 0, { item: one.item, score });
    if (best.length > most) best.pop();
    return true;
  };
  const rest = all.filter((one) => !look(one, (word) => plainRank(one, word)));
  // letters in their order are looked for only where there is room left for what they find
  if (best.length < most) for (const one of rest) look(one, (word) => plainRank(one, word) ?? looseRank(one, word));
  return { found: best.map(({ item }) => item), total, score: best[0]?.score ?? Number.POSITIVE_INFINITY };
}

function plainRank({ also, label, text }: Findable<unknown>, word: string): number | undefined {
  if (text.startsWith(word)) return text.length === word.length ? rank.whole : rank.beginning;
  const inLabel = indexAtStart(label, text, word);
  if (inLabel.atStart) return rank.wordOfLabel;
  const inRest = indexAtStart(also, also, word);
  if (inRest.atStart) return rank.wordOfRest;
  if (inLabel.index >= 0) return rank.insideLabel;
  return inRest.index >= 0 ? rank.insideRest : undefined;
}

function looseRank({ label, text }: Findable<unknown>, word: string): number | undefined {
  if (word.length < 2 || !hasLetters(text, word)) return undefined;
  if (hasPlainRuns(label, text, word) || runsOf(label, text, word) !== undefined) return rank.wordBeginnings;
  return word.length >= shortestByLetters && lettersOf(label, text, word) !== undefined ? rank.letters : undefined;
}

/** Where a word stands, at the start of a word if it does anywhere; -1 where it does not. */
function indexAtStart(
  original: string,
  text: string,
  word: string,
): { readonly index: number; readonly atStart: boolean } {
  const first = text.indexOf(word);
  for (let index = first; index >= 0; index = text.indexOf(word, index + 1)) {
    if (isWordStart(original, index)) return { index, atStart: true };
  }
  return { index: first, atStart: false };
}

/** What cannot be in order is not looked for any further. */
function hasLetters(text: string, word: string): boolean {
  let at = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

const letterOrDigit = /[\p{L}\p{N}]/u;

function isLetterOrDigit(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code > 127) return letterOrDigit.test(character);
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/** A word begins after what is neither letter nor digit, and with a capital after a small letter. */
function isWordStart(text: string, index: number): boolean {
  const before = text[index - 1];
  const here = text[index];
  if (before === undefined || here === undefined || !isLetterOrDigit(before)) return true;
  return before !== before.toUpperCase() && here !== here.toLowerCase();
}

/** Most words that are beginnings of words are found at the first try; of ten thousand that is what counts. */
function hasPlainRuns(label: string, text: string, word: string): boolean {
  let at = 0;
  for (let letter = 0; letter < word.length; letter += 1) {
    const sign = word[letter] ?? '';
    let index = text.indexOf(sign, at);
    while (index >= 0 && !(index === at && letter > 0) && !isWordStart(label, index))
      index = text.indexOf(sign, index + 1);
    if (index < 0) return false;
    at = index + 1;
  }
  return true;
}

/** The word as beginnings of words, in order: “bcp” and “brclin” for “Brightline Clinics prod”. Indexes of its letters. */
function runsOf(label: string, text: string, word: string): readonly number[] | undefined {
  const dead = new Set<number>();
  const from = (at: number, letter: number): readonly number[] | undefined => {
    if (letter === word.length) return [];
    const key = at * word.length + letter;
    if (dead.has(key)) return undefined;
    const sign = word[letter] ?? '';
    for (let index = text.indexOf(sign, at); index >= 0; index = text.indexOf(sign, index + 1)) {
      if (!(index === at && letter > 0) && !isWordStart(label, index)) continue;
      const rest = from(index + 1, letter + 1);
      if (rest !== undefined) return [index, ...rest];
    }
    dead.add(key);
    return undefined;
  };
  return from(0, 0);
}

/** The letters of a word in their order, near each other, the first at the start of a word. */
function lettersOf(label: string, text: string, word: string): readonly number[] | undefined {
  for (let start = text.indexOf(word[0] ?? ''); start >= 0; start = text.indexOf(word[0] ?? '', start + 1)) {
    if (!isWordStart(label, start)) continue;
    const found = [start];
    for (let letter = 1; letter < word.length; letter += 1) {
      const next = text.indexOf(word[letter] ?? '', (found.at(-1) ?? 0) + 1);
      if (next < 0) break;
      found.push(next);
    }
    // letters far from each other are in every long label
    const width = (found.at(-1) ?? 0) - start;
    if (found.length === word.length && width <= word.length * 2 + 2) return found;
  }
  return undefined;
}

/** A piece of a label, marked where letters of it were looked for. */
export type Piece = { readonly text: string; readonly isMarked: boolean };

/** The label in pieces, for words that were found in it. What was found by something else marks nothing. */
export function markedPieces(label: string, words: readonly string[]): readonly Piece[] {
  const text = label.toLowerCase();
  const marked = new Set<number>();
  // where small letters are as long as capitals, the same places hold in both
  if (text.length === label.length)
    for (const word of words) for (const index of lettersFor(label, text, word)) marked.add(index);
  const pieces: { text: string; isMarked: boolean }[] = [];
  for (let index = 0; index < label.length; index += 1) {
    const isMarked = marked.has(index);
    const last = pieces.at(-1);
    if (last?.isMarked === isMarked) last.text += label[index] ?? '';
    else pieces.push({ text: label[index] ?? '', isMarked });
  }
  return pieces;
}

function lettersFor(label: string, text: string, word: string): readonly number[] {
  const { index } = indexAtStart(label, text, word);
  if (index >= 0) return Array.from({ length: word.length }, (_, letter) => index + letter);
  if (word.length < 2) return [];
  return runsOf(label, text, word) ?? (word.length >= shortestByLetters ? (lettersOf(label, text, word) ?? []) : []);
}
