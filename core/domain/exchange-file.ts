import type { z } from '../zod';
import type { AppError } from '../app-error';
import { err, ok, type Result } from '../result';
import { findSecret } from './paste-secrets';

/**
 * Files that go between two people who may not know each other's computers: a request and the reply to it. Whatever
 * stands in one is a claim to be looked at, and nothing in it acts.
 */
export type ExchangeForm<Content> = {
  /** what its `kind` says */
  readonly kind: string;
  /** newer ones are refused, with the advice to update */
  readonly version: number;
  /** of UTF-8 */
  readonly maximumBytes: number;
  readonly schema: z.ZodType<Content>;
  /** “connection request”, in sentences */
  readonly name: string;
  /** “request”, where it was named before */
  readonly shortName: string;
  readonly askAgain: string;
  /** how a right one comes about, for who opened something else */
  readonly whereFrom: string;
};

/** What the names of these files end in. Here with their size, so that who only asks about a file loads no recipes. */
export const requestExtension = '.sallyport-request.json';
export const replyExtension = '.sallyport-reply.json';
export const revocationRequestExtension = '.sallyport-revocation.json';

/** Bytes of UTF-8 in the largest of the files, a request. */
export const maximumRequestBytes = 65_536;

export function refuseFile(
  kind: AppError['kind'],
  message: string,
  whatToDo: string,
): { readonly ok: false; error: AppError } {
  return err({
    kind,
    message,
    whatDidNotChange: 'Nothing was kept from it, and nothing was created.',
    whatToDo,
    retryable: false,
    remedies: [],
    field: 'text',
  });
}

/** Bytes in UTF-8, counted without an encoder: core has neither Node nor a page. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

/** Every text in a JSON value, keys included. With a list instead of recursion: the value may be nested very deeply. */
function textsOf(value: unknown): string[] {
  const texts: string[] = [];
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') texts.push(next);
    else if (typeof next === 'object' && next !== null) {
      for (const [key, inner] of Object.entries(next)) {
        texts.push(key);
        open.push(inner);
      }
    }
  }
  return texts;
}

/** Characters that change what a person believes to read: direction marks, joiners, separators. */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

/**
 * SECURITY(S-20): the text is hostile until every check here has passed; it never throws.
 * SECURITY(S-28): bounded, strict, and refused whole when a credential stands anywhere in it.
 */
export function readExchangeFile<Content>(text: string, form: ExchangeForm<Content>): Result<Content> {
  const { askAgain, maximumBytes, name, shortName, version: newest } = form;
  if (text.length > maximumBytes || utf8Length(text) > maximumBytes) {
    return refuseFile(
      'invalid-input',
      `This is too large for a ${name}: ${String(maximumBytes / 1024)} KiB at most.`,
      askAgain,
    );
  }
  if (findSecret(text) !== undefined) return refuseSecret(name);
  const value = parseJson(text);
  if (value === undefined) {
    return refuseFile(
      'invalid-input',
      `This is not JSON, so it is no ${name}.`,
      'Take the whole file, from the first { to the last }.',
    );
  }
  const texts = textsOf(value);
  if (texts.some((one) => findSecret(one) !== undefined)) return refuseSecret(name);
  const { kind, version } = header(value);
  if (kind !== form.kind) return refuseFile('invalid-input', `This is JSON, but not a ${name}.`, form.whereFrom);
  if (typeof version === 'number' && version > newest) {
    return refuseFile(
      'invalid-input',
      `This ${shortName} was made by a newer Sallyport, which says things that this one does not know.`,
      'Update Sallyport, then open it again.',
    );
  }
  const parsed = form.schema.safeParse(value);
  if (!parsed.success || texts.includes('__proto__') || texts.some((one) => invisible.test(one))) {
    const field = parsed.success ? undefined : placeOf(parsed.error.issues[0], shortName);
    return refuseFile(
      'invalid-input',
      `This ${name} is damaged or was changed by hand${field === undefined ? '.' : `: ${field}.`}`,
      askAgain,
    );
  }
  return ok(parsed.data);
}

/** What a text says it is; undefined where it says nothing, or is too long to be asked. Nothing else of it is read. */
export function exchangeKind(text: string, maximumLength: number): unknown {
  return text.length > maximumLength ? undefined : header(parseJson(text)).kind;
}

function refuseSecret(name: string) {
  return refuseFile(
    'secret-refused',
    `There is a credential in this text. A ${name} never has one.`,
    'Tell whoever sent it, and have that credential replaced: it has been passed around.',
  );
}

/** Why a text goes nowhere, before anybody knows what it is: in its letters, or in what its JSON says. */
export function exchangeSecret(text: string): AppError | undefined {
  const inside = text.length > maximumRequestBytes ? [] : textsOf(parseJson(text));
  return [text, ...inside].some((one) => findSecret(one) !== undefined)
    ? refuseSecret('request or reply').error
    : undefined;
}

function parseJson(text: string): unknown {
  try {
    // a file may begin with a byte order mark, which JSON does not allow
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return value;
  } catch {
    return undefined;
  }
}

function header(value: unknown): { readonly kind: unknown; readonly version: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { kind: undefined, version: undefined };
  const fields = new Map<string, unknown>(Object.entries(value));
  return { kind: fields.get('kind'), version: fields.get('version') };
}

/** Which field is at fault. Only names that the schema knows: what stands in the file is not repeated. */
function placeOf(issue: z.core.$ZodIssue | undefined, shortName: string): string | undefined {
  if (issue === undefined) return undefined;
  if (issue.code === 'unrecognized_keys') return `it has a field that no ${shortName} has`;
  const path = issue.path.filter((part) => typeof part === 'string').join('.');
  return path === '' ? undefined : `the field ${path.slice(0, 80)} does not fit`;
}
