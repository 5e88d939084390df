import { parseRoleArn } from './arn';
import { readAccountId } from './account-id';
import { trimEndOf, type PastedText, type Span } from './paste-text';

/** A stretch of pasted text that begins like an ARN. */
export type ArnCandidate = {
  /** As AWS would write it: without punctuation around it, the fixed fields in lower case, the account without hyphens. */
  readonly arn: string;
  readonly span: Span;
  /** It stands where a policy names whom it trusts: somebody else, not the role. */
  readonly inPrincipal: boolean;
  /** Dots stand where the rest of it was. */
  readonly isCutOff: boolean;
  /** It and what follows up to the next blank, for telling a placeholder. */
  readonly shown: string;
};

const quotes = '"\'`\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb';
/** What JSON, YAML, HCL, tables and the CLI's text put between “this is trusted” and the ARN. */
const principal =
  /(?:(?<![A-Za-z])(?:AWS|Federated|aws:PrincipalArn)["']?\s*(?:[:=|]\s*[-[|]?|\s)\s*["']?|(?<![A-Za-z])PRINCIPALS?\s+)$/;

/** The fixed fields in lower case, as AWS writes them; a role's path and name keep theirs. */
function normaliseArn(text: string): string {
  const fields = text.split(':');
  if (fields.length < 6) return text;
  const resource = fields.slice(5).join(':');
  const [arn = '', partition = '', service = '', region = '', account = ''] = fields;
  return [
    ...[arn, partition, service, region, readAccountId(account) ?? account].map((field) => field.toLowerCase()),
    resource.replace(/^(role|assumed-role)\//i, (type) => type.toLowerCase()),
  ].join(':');
}

/**
 * A role's name may hold commas, and lists have them between their columns. It is a list's unless the ARN stands in
 * quotes or alone with its label.
 */
function cutAtComma(stretch: string, line: string): string {
  const commas = line.split(',').length - 1;
  const isAlone = commas <= 1 && /^[^,]*$/.test(line.slice(0, line.indexOf(stretch))) && line.trim().endsWith(stretch);
  return isAlone ? stretch : (stretch.split(',')[0] ?? stretch);
}

function isQuoted(text: string, start: number, end: number): boolean {
  return start > 0 && end < text.length && quotes.includes(text.charAt(start - 1)) && quotes.includes(text.charAt(end));
}

/** Underscores around a word are Markdown's, when as many stand before it as after it. */
function withoutEmphasis(stretch: string, text: string, start: number): string {
  const before = /_{1,3}$/.exec(text.slice(Math.max(0, start - 3), start))?.[0] ?? '';
  return before !== '' && stretch.endsWith(before) ? stretch.slice(0, -before.length) : stretch;
}

function lineAround(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - 200), start);
  const [after = ''] = text.slice(end, end + 200).split('\n', 1);
  return before.slice(before.lastIndexOf('\n') + 1) + text.slice(start, end) + after;
}

function trim(text: string, trimmed: string, stretch: string, start: number): string {
  const end = start + stretch.length;
  // Paths may have any printable character; outside quotes they are an address's or a sentence's.
  const isWhole = trimmed === stretch || isQuoted(text, start, end);
  const plain =
    isWhole && parseRoleArn(normaliseArn(stretch)) !== undefined
      ? stretch
      : (/^[A-Za-z0-9_+=,.@:/-]+/.exec(stretch)?.[0] ?? stretch);
  const unmarked = trimEndOf(withoutEmphasis(plain, text, start), '.,:');
  if (isWhole || !unmarked.includes(',')) return unmarked;
  return cutAtComma(unmarked, lineAround(text, start, end));
}

/** Every stretch that begins like an ARN, in order. */
export function arnCandidates(pasted: PastedText): readonly ArnCandidate[] {
  const { text } = pasted;
  const trimmed = text.trim();
  const list: ArnCandidate[] = [];
  // Printable ASCII without quotes, `<`, `>`, `|`, `;` and backslash.
  for (const match of text.matchAll(/(?<![A-Za-z0-9])arn:(?:(?!,?arn:)[!#-&(-:=?-[\]-_a-{}~])+/gi)) {
    const start = match.index;
    const stretch = trim(text, trimmed, match[0], start);
    list.push({
      arn: normaliseArn(stretch),
      span: { start, end: start + stretch.length },
      inPrincipal: principal.test(text.slice(Math.max(0, start - 60), start)),
      isCutOff: /^(?:\.{3}|\u2026)/.test(text.slice(start + stretch.length, start + stretch.length + 3)),
      shown: /^\S{0,300}/.exec(text.slice(start, start + 300))?.[0] ?? '',
    });
  }
  return list;
}

/**
 * A role's ARN with blanks or line breaks in it, except in the name: the name ends at the first blank. A field of one
 * line turns line breaks into blanks, so the two cannot be told apart.
 */
export function readBrokenArn(
  pasted: PastedText,
): { readonly arn: string; readonly kept: readonly Span[] } | undefined {
  const { text } = pasted;
  for (const match of text.matchAll(/(?<![A-Za-z0-9])a\s{0,9}r\s{0,9}n\s{0,9}:/gi)) {
    const head = /^[a-z0-9:\s"'`-]{20,200}?r\s*o\s*l\s*e\s*\//i.exec(text.slice(match.index, match.index + 240))?.[0];
    if (head === undefined) continue;
    const tail = /^\s{0,20}(?:[^\s/"'`]{1,128}\s{0,20}\/\s{0,20}){0,20}[\w+=,.@-]{1,64}(?![\w+=,.@/-])/.exec(
      text.slice(match.index + head.length, match.index + head.length + 1_024),
    )?.[0];
    if (tail === undefined) continue;
    const whole = trimEndOf(head + tail, '.,');
    const arn = normaliseArn(whole.replace(/[\s"'`]+/g, ''));
    if (!/[\s"'`]/.test(whole) || parseRoleArn(arn) === undefined) continue;
    const kept: Span[] = [];
    for (let index = 0; index < whole.length; index += 1) {
      if (/[^\s"'`]/.test(whole.charAt(index))) kept.push({ start: match.index + index, end: match.index + index + 1 });
    }
    return { arn, kept };
  }
  return undefined;
}

/** A role's ARN whose first letters were not marked when it was copied: `aws:iam::222233334444:role/Deploy`. */
export function readBeheadedArn(
  pasted: PastedText,
): { readonly arn: string; readonly kept: readonly Span[] } | undefined {
  const match = /(?<![A-Za-z0-9:-])(?:rn:|n:|:)?(aws[a-z-]{0,10}:iam::[0-9]{12}:role\/[A-Za-z0-9_+=,.@/-]+)/.exec(
    pasted.text,
  );
  const rest = match?.[1] === undefined ? undefined : trimEndOf(match[1], '.,');
  if (match === null || rest === undefined || parseRoleArn(`arn:${rest}`) === undefined) return undefined;
  const end = match.index + match[0].indexOf(rest) + rest.length;
  return { arn: `arn:${rest}`, kept: [{ start: match.index, end }] };
}
