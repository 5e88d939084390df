import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { STS } from '@aws-sdk/client-sts';
import type { SandboxHttpHandler } from '../../main/aws/sandbox-handler';
import type { Reason } from './moto-reasons';

type Configuration = {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
  readonly requestHandler?: SandboxHttpHandler;
};

/** What a step has at hand: the bare clients on one server, and that server's earlier answers. */
export type Server = {
  readonly iam: IAM;
  readonly sts: STS;
  readonly organizations: Organizations;
  readonly accountId: string;
  /** A text of an earlier answer: `of('make Anna', 'User.Arn')`. Throws when it is not there. */
  of(step: string, path: string): string;
  /** The bytes at that place as text. */
  bytesOf(step: string, path: string): string;
  /** The server's time, ms since the epoch. */
  now(): number;
};

export type Step = {
  readonly name: string;
  readonly run: (at: Server) => Promise<object>;
  /**
   * Known differences by the path in the answer, as `Roles[].Tags`, each with why and with what ours must be. One that
   * does not occur is a failure, and so is one that is not listed.
   */
  readonly differs?: Readonly<Record<string, Reason>>;
};

export type Answers = Map<string, object>;

function at(answer: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null && part in value ? Reflect.get(value, part) : undefined,
      answer,
    );
}

/** What an earlier answer should have had is not there, so the step cannot be asked. */
class NotThere extends Error {}

export function serverOf(configuration: Configuration, accountId: string, answers: Answers, now: () => number): Server {
  const find = (step: string, path: string): unknown => at(answers.get(step), path);
  return {
    iam: new IAM(configuration),
    sts: new STS(configuration),
    organizations: new Organizations(configuration),
    accountId,
    of: (step, path) => {
      const value = find(step, path);
      if (typeof value !== 'string') throw new NotThere(`“${step}” has no text at ${path}`);
      return value;
    },
    bytesOf: (step, path) => {
      const value = find(step, path);
      if (!(value instanceof Uint8Array)) throw new NotThere(`“${step}” has no bytes at ${path}`);
      return Buffer.from(value).toString('utf8');
    },
    now,
  };
}

/** The answer of a step, or the refusal as the SDK threw it, to be compared like an answer. */
export async function outcomeOf(step: Step, server: Server): Promise<object> {
  try {
    const { $metadata: _, ...answer } = (await step.run(server)) as Readonly<Record<string, unknown>>;
    return answer;
  } catch (error) {
    if (error instanceof NotThere) return { notAsked: error.message };
    if (!(error instanceof Error) || !('$metadata' in error)) throw error;
    return { refusal: { name: error.name, status: at(error.$metadata, 'httpStatusCode') } };
  }
}

/** Made anew by each server: their form is compared and not their text. */
const made: readonly (readonly [RegExp, string])[] = [
  [/\b(AROA|AIDA|AGPA|ANPA|AIPA|AKIA|ASIA)([A-Z0-9]{12,})\b/g, '$1…'],
  [/\bo-[a-z0-9]{10,32}\b/g, 'o-…'],
  [/\bou-[0-9a-z]{4,32}-[a-z0-9]{8,32}\b/g, 'ou-…'],
  [/\br-[0-9a-z]{4,32}\b/g, 'r-…'],
  [/\bcar-[a-z0-9]{8,32}\b/g, 'car-…'],
  // Also where a document is percent-encoded, and a letter stands before it.
  [/(?<![0-9])[0-9]{12}(?![0-9])/g, '<account>'],
];

/** Text that means nothing outside of its server, by the name of its field. */
const opaque = /^(?:SessionToken|SecretAccessKey|Marker|NextToken)$/;

function shapeOf(value: unknown, field: string): string {
  if (value instanceof Date) return 'date';
  if (value instanceof Uint8Array) return 'bytes';
  if (typeof value !== 'string') return JSON.stringify(value);
  if (field === 'SecretAccessKey') return `secret of ${String(value.length)}`;
  if (opaque.test(field)) return value === '' ? 'empty' : 'opaque';
  const lengths = [...value.matchAll(/\bA(?:ROA|IDA|GPA|NPA|IPA|KIA|SIA)[A-Z0-9]{12,}\b/g)].map(([id]) => id.length);
  const text = made.reduce((result, [pattern, shown]) => result.replace(pattern, shown), value);
  return JSON.stringify(text) + (lengths.length === 0 ? '' : ` of ${lengths.join()}`);
}

/** Each field of an answer with its shape: `Users[0].Arn` → `"arn:aws:iam::<account>:user/anna"`. */
export function shapesOf(answer: unknown, path = '', field = ''): Map<string, string> {
  if (answer === undefined) return new Map();
  const isPlain =
    typeof answer === 'object' && answer !== null && !(answer instanceof Date) && !(answer instanceof Uint8Array);
  if (!isPlain) return new Map([[path, shapeOf(answer, field)]]);
  const children = Array.isArray(answer)
    ? answer.map((item, index): [string, string, unknown] => [`${path}[${String(index)}]`, field, item])
    : Object.entries(answer).map(([name, item]): [string, string, unknown] => [
        path === '' ? name : `${path}.${name}`,
        name,
        item,
      ]);
  if (children.length === 0) return new Map([[path, Array.isArray(answer) ? 'empty list' : 'empty']]);
  return new Map(children.flatMap(([place, name, item]) => [...shapesOf(item, place, name)]));
}

export type Difference = { readonly path: string; readonly ours: string; readonly theirs: string };

/** Where two answers are not alike; `path` without places in lists. One that is no answer differs as a whole. */
export function differencesOf(ours: object, theirs: object): readonly Difference[] {
  const whole = ['notAsked', 'refusal'].find((path) => Object.hasOwn(ours, path) !== Object.hasOwn(theirs, path));
  if (whole !== undefined) return [{ path: whole, ours: JSON.stringify(ours), theirs: JSON.stringify(theirs) }];
  const [mine, others] = [shapesOf(ours), shapesOf(theirs)];
  return [...new Set([...mine.keys(), ...others.keys()])]
    .filter((path) => mine.get(path) !== others.get(path))
    .map((path) => ({
      path: path.replace(/\[\d+\]/g, '[]'),
      ours: mine.get(path) ?? 'absent',
      theirs: others.get(path) ?? 'absent',
    }));
}
