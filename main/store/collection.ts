import { z } from '../../core/zod';
import type { AppError } from '../../core/app-error';
import type { Result } from '../../core/result';
import { fromEnvelope, type DocumentSpec, type Unfit } from './document';

/** What is kept of one kind, each under its ID. */
export type Kept = { readonly id: string };

/** What a collection is. Its document is `{ [name]: records }`, and migrations change each record by itself. */
export type CollectionSpec<T extends Kept> = Pick<DocumentSpec<unknown>, 'name' | 'version' | 'migrations'> & {
  readonly record: z.ZodType<T>;
  /** more are not taken */
  readonly most: number;
};

export type Change<T extends Kept> = {
  /** added, or in the place of those with their IDs */
  readonly put?: readonly T[];
  /** IDs; what is not there is none */
  readonly remove?: readonly string[];
};

/** Records in the order in which they first came. What it gives is never changed in place. */
export interface StoredCollection<T extends Kept> {
  all(): readonly T[];
  find(id: string): T | undefined;
  /**
   * One write, whole or not at all, whose cost goes by the change and not by how many there are. Errors as of a document:
   * `store-unwritable`, or `store-unreadable` while a file that could not be read stands in the way.
   * @throws when a record does not fit, or there are too many: that is a bug
   */
  change(change: Change<T>): Result<void>;
  /** What was wrong when it was opened: a file was set aside, or stands in the way. */
  readonly problem?: AppError | undefined;
}

/** The records in memory: read at once, found by ID, in order. */
export class Records<T extends Kept> {
  readonly #spec: CollectionSpec<T>;
  readonly #byId = new Map<string, T>();
  #all: readonly T[] | undefined;

  constructor(spec: CollectionSpec<T>, first: readonly T[]) {
    this.#spec = spec;
    this.apply({ put: first });
  }

  all(): readonly T[] {
    this.#all ??= [...this.#byId.values()];
    return this.#all;
  }

  find(id: string): T | undefined {
    return this.#byId.get(id);
  }

  /** The change as it is to be written. @throws when it does not fit */
  check({ put = [], remove = [] }: Change<T>): Required<Change<T>> {
    const checked = put.map((record) => this.#spec.record.parse(record));
    const added = new Set(checked.filter(({ id }) => !this.#byId.has(id)).map(({ id }) => id));
    const gone = new Set(remove.filter((id) => this.#byId.has(id)));
    if (this.#byId.size + added.size - gone.size > this.#spec.most) throw new RangeError(`${this.#spec.name} is full`);
    return { put: checked, remove };
  }

  /** Removes first, so that what is put again goes to the end. */
  apply({ put = [], remove = [] }: Change<T>): void {
    for (const id of remove) this.#byId.delete(id);
    for (const record of put) this.#byId.set(record.id, record);
    this.#all = undefined;
  }
}

/** The document that a collection's records are in. */
export function documentOf<T extends Kept>(spec: CollectionSpec<T>): DocumentSpec<Record<string, readonly T[]>> {
  const { migrations, most, name, record, version } = spec;
  return {
    ...{ name, version, migrations },
    schema: z.strictObject({ [name]: z.array(record).max(most) }),
    empty: { [name]: [] },
  };
}

const versionLine = z.strictObject({ version: z.int().min(1) });
const changeLine = z.strictObject({ put: z.array(z.unknown()), remove: z.array(z.string()) });

/** What a file of changes holds: those that could be read, and why the rest could not. */
export type ReadChanges<T extends Kept> = {
  readonly changes: readonly Change<T>[];
  /** of the last lines; undefined where there is none */
  readonly version: number | undefined;
  /** bytes of whole lines; what is behind them was cut off by a crash and was never said to be written */
  readonly wholeBytes: number;
  readonly unfit?: Unfit;
};

/** The text of a file of changes, one JSON object a line, the version before those that are of it. */
export function readChanges<T extends Kept>(spec: CollectionSpec<T>, text: string): ReadChanges<T> {
  const document = documentOf(spec);
  const changes: Change<T>[] = [];
  let version: number | undefined;
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const wholeBytes = Buffer.byteLength(whole, 'utf8');
  for (const line of whole.split('\n')) {
    if (line === '') continue;
    const json = parsed(line);
    const named = versionLine.safeParse(json);
    if (named.success) {
      ({ version } = named.data);
      continue;
    }
    const change = changeLine.safeParse(json);
    const { put, remove } = change.success ? change.data : { put: [], remove: [] };
    const kept =
      change.success && version !== undefined
        ? fromEnvelope(document, { version, data: { [spec.name]: put } })
        : { why: 'does not hold what it should' };
    if ('why' in kept) return { changes, version, wholeBytes, unfit: kept };
    changes.push({ put: kept.value[spec.name] ?? [], remove });
  }
  return { changes, version, wholeBytes };
}

export function writtenVersion(version: number): string {
  return `${JSON.stringify({ version })}\n`;
}

export function writtenChange<T extends Kept>({ put, remove }: Required<Change<T>>): string {
  return `${JSON.stringify({ put, remove })}\n`;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
