import type { z } from '../../core/zod';
import type { AppError } from '../../core/app-error';
import type { Result } from '../../core/result';

/** What a document is: its name, its shape, and how older shapes become this one. */
export type DocumentSpec<T> = {
  /** The file's name without its ending: small letters, digits and `-`. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** Counts from 1. Raised by one whenever the shape changes, with one more migration. */
  readonly version: number;
  /** `migrations[n - 1]` turns data of version n into data of version n + 1; `version - 1` of them. */
  readonly migrations: readonly ((data: unknown) => unknown)[];
  readonly empty: T;
};

/** One document: read whole, changed whole. What `read` gives is never changed in place. */
export interface StoredDocument<T> {
  read(): T;
  /**
   * Keeps what `change` makes of the current value. When it cannot be written, the current value stays and the error is
   * `store-unwritable`, or `store-unreadable` while a file that could not be read stands in the way.
   * @throws when the new value does not fit the schema: that is a bug
   */
  update(change: (current: T) => T): Result<void>;
  /** What was wrong when it was opened: the file was set aside, or stands in the way. */
  readonly problem?: AppError;
  /** Set while a file that could not be read stands in the way of every write. */
  readonly blocked?: AppError | undefined;
}

export type Envelope = { readonly version: number; readonly data: unknown };

/** Why kept text is not a document, in words that go after "it". */
export type Unfit = { readonly why: string };

export function checkSpec<T>(spec: DocumentSpec<T>): void {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(spec.name)) throw new TypeError(`Not a document's name: ${spec.name}`);
  if (spec.migrations.length !== spec.version - 1) throw new TypeError(`${spec.name} lacks migrations`);
}

/** Parsed JSON → the document's value, through the migrations it needs. */
export function fromEnvelope<T>(spec: DocumentSpec<T>, json: unknown): { readonly value: T } | Unfit {
  if (!isEnvelope(json)) return { why: 'is not a file of this app' };
  if (json.version > spec.version) return { why: 'was written by a later version of this app' };
  let data = json.data;
  try {
    for (const migrate of spec.migrations.slice(json.version - 1)) data = migrate(data);
  } catch {
    return { why: `is of an older version (${json.version}) and could not be brought up to date` };
  }
  const parsed = spec.schema.safeParse(data);
  if (parsed.success) return { value: parsed.data };
  const place = parsed.error.issues[0]?.path.join('.');
  return { why: `does not hold what it should${place === undefined || place === '' ? '' : ` (at ${place})`}` };
}

export function toEnvelope<T>(spec: DocumentSpec<T>, value: T): { readonly envelope: Envelope; readonly value: T } {
  const checked = spec.schema.parse(value);
  return { envelope: { version: spec.version, data: checked }, value: checked };
}

function isEnvelope(json: unknown): json is Envelope {
  return (
    typeof json === 'object' &&
    json !== null &&
    'data' in json &&
    'version' in json &&
    Number.isInteger(json.version) &&
    Number(json.version) >= 1
  );
}
