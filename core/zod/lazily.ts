import type { ZodType } from 'zod';

type Anything = (...given: never[]) => unknown;
type Make = (...given: unknown[]) => ZodType;
type Members = Record<string | symbol, unknown>;

/** What makes another schema of one: it waits too. Whatever else is asked of a schema has it made. */
const makers = new Set<string | symbol>([
  ...[
    'array',
    'catch',
    'default',
    'exclude',
    'extend',
    'extract',
    'int',
    'length',
    'max',
    'min',
    'nullable',
    'nullish',
  ],
  ...[
    'omit',
    'optional',
    'partial',
    'pick',
    'pipe',
    'readonly',
    'refine',
    'regex',
    'startsWith',
    'superRefine',
    'transform',
    'trim',
  ],
]);

const itself = Symbol('the schema that waits');

/** A schema that nobody asked anything of yet: what makes it, or of which schema it is made by which method. */
class Waiting {
  #made: ZodType | undefined;
  readonly #make: Make | Waiting;
  readonly #method: string | symbol;
  readonly #given: readonly unknown[];

  constructor(make: Make | Waiting, method: string | symbol, given: readonly unknown[]) {
    this.#make = make;
    this.#method = method;
    this.#given = given;
  }

  /** What an object was described with: asking for it does not have the object made. */
  get shape(): object | undefined {
    const [shape] = this.#given;
    return typeof this.#make === 'function' && isPlain(shape) ? shape : undefined;
  }

  get isMade(): boolean {
    return this.#made !== undefined;
  }

  get(): ZodType {
    if (this.#made !== undefined) return this.#made;
    const given = this.#given.map(now);
    if (typeof this.#make === 'function') this.#made = this.#make(...given);
    else {
      const from = this.#make.get();
      this.#made = (membersOf(from)[this.#method] as Make).apply(from, given);
    }
    return this.#made;
  }
}

const stand: ProxyHandler<Waiting> = {
  get(waiting, name) {
    if (name === itself) return waiting;
    if (!waiting.isMade) {
      if (name === 'shape' && waiting.shape !== undefined) return waiting.shape;
      if (makers.has(name)) return (...given: unknown[]) => new Proxy(new Waiting(waiting, name, given), stand);
    }
    return membersOf(waiting.get())[name];
  },
  has: (waiting, name) => name in waiting.get(),
};

/**
 * The same function of zod, whose schema is made when somebody first asks something of it. Most schemas of the contract are
 * of screens that nobody opened yet, and making all of them takes longer than drawing the window.
 */
export function lazily<F extends Anything>(make: F): F {
  const later = (...given: unknown[]) => new Proxy(new Waiting(make as unknown as Make, '', given), stand);
  return later as unknown as F;
}

function membersOf(schema: ZodType): Members {
  return schema as unknown as Members;
}

/** The schema itself, also in a list or a shape: once made, a schema does not go through those that waited. */
function now(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const waiting = (given as Members)[itself];
  if (waiting instanceof Waiting) return waiting.get();
  if (Array.isArray(given)) return given.map(now);
  return isPlain(given) ? Object.fromEntries(Object.entries(given).map(([name, value]) => [name, now(value)])) : given;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
