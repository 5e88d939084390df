/** How CloudTrail's answers are written: several JSON objects in one paste, and times in two forms. Pure, never throws. */

/**
 * The JSON objects of a text that has nothing else in it but blanks, one after the other. Undefined for anything else: half
 * an answer must not pass for fewer events.
 */
export function splitJson(text: string): readonly unknown[] | undefined {
  const values: unknown[] = [];
  const marks = /["{}\\]/g;
  let start = -1;
  let depth = 0;
  let isInside = false;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    const [mark] = match;
    if (isInside) {
      if (mark === '\\') marks.lastIndex += 1;
      else if (mark === '"') isInside = false;
      continue;
    }
    if (mark === '{') {
      if (depth === 0) {
        if (text.slice(start + 1, match.index).trim() !== '') return undefined;
        start = match.index;
      }
      depth += 1;
    } else if (mark === '}') {
      depth -= 1;
      if (depth < 0) return undefined;
      if (depth === 0) {
        const value = parseJson(text.slice(start, match.index + 1));
        if (value === undefined) return undefined;
        values.push(value);
        start = match.index;
      }
    } else if (depth === 0) return undefined;
    else isInside = mark === '"';
  }
  const isWhole = depth === 0 && !isInside && text.slice(start + 1).trim() === '';
  return isWhole && values.length > 0 ? values : undefined;
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `Nov 22, 2026, 3:01:02 PM`, of old without the second comma; the blank before PM may be a narrow one. */
const inWords = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d{2}):(\d{2})\s([AP])M$/;
const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** A time as CloudTrail writes it, in ms; UTC where it says no zone. Undefined for anything else. */
export function readTime(text: string): number | undefined {
  const words = inWords.exec(text);
  if (words === null) {
    const at = iso.test(text) ? Date.parse(text) : NaN;
    return at >= 0 ? at : undefined;
  }
  const month = months.indexOf(words[1] ?? '');
  const [day = 0, year = 0, hour = 0, minute = 0, second = 0] = words.slice(2, 7).map(Number);
  if (month < 0 || hour < 1 || hour > 12 || minute > 59 || second > 59) return undefined;
  const at = Date.UTC(year, month, day, (hour % 12) + (words[7] === 'P' ? 12 : 0), minute, second);
  return at >= 0 && new Date(at).getUTCDate() === day ? at : undefined;
}
