import { z } from 'zod';
import type { AppError } from '../app-error';
import { wrongAnswer } from '../recipes/answers';
import { findRecipe } from '../recipes/catalog';
import type { Recipe } from '../recipes/recipe';
import { err, ok, type Result } from '../result';
import { parseArn } from './arn';
import { idSchema, instantSchema } from './limits';
import { findSecret } from './paste-secrets';
import { partitionOfRegion } from './partitions';
import { optionsAnswersSchema, suggestedAccountSchema, trustedSchema } from './wizard';

/**
 * What a deployer sends to an account owner: who asks to be let in, under which external ID, and for what. A file that
 * comes from somebody else, so everything in it is a claim to be looked at and nothing in it acts.
 */
export const connectionRequestKind = 'sallyport-connection-request';
export const connectionRequestVersion = 1;
/** What the name of a request's file ends in. */
export const requestExtension = '.sallyport-request.json';
/** Bytes of UTF-8. */
export const maximumRequestBytes = 65_536;

export const connectionRequestSchema = z.strictObject({
  kind: z.literal(connectionRequestKind),
  version: z.literal(connectionRequestVersion),
  createdAt: instantSchema,
  requester: trustedSchema,
  // SECURITY(S-22): only the form that Sallyport's own generator gives; nobody can smuggle in one that is easy to guess
  externalId: idSchema,
  recipeId: z.string().max(64),
  account: suggestedAccountSchema.optional(),
  options: optionsAnswersSchema,
});
export type ConnectionRequest = Readonly<z.infer<typeof connectionRequestSchema>>;

function refuse(kind: AppError['kind'], message: string, whatToDo: string): { readonly ok: false; error: AppError } {
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

const askAgain = 'Ask whoever sent it to make a new request with Sallyport.';

/** Bytes in UTF-8, counted without an encoder: core has neither Node nor a page. */
function utf8Length(text: string): number {
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
const printable = /^[\x21-\x7e]+$/;

function isPolicy(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null && 'Statement' in document;
  } catch {
    return false;
  }
}

/**
 * The trusted identity goes into a trust policy. It has to be one user or one role, named in full:
 * `aws:PrincipalArn` conditions understand wildcards and policy variables, so an ARN with them would let in more.
 */
function isOneIdentity({ arn, accountId, partition }: ConnectionRequest['requester']): boolean {
  const parsed = parseArn(arn);
  if (parsed === undefined || !printable.test(arn) || /[*?$"\\]/.test(arn)) return false;
  if (parsed.partition !== partition || parsed.accountId !== accountId || parsed.region !== '') return false;
  return parsed.service === 'iam'
    ? /^(?:user|role)\/(?:[^/]+\/)*[\w+=,.@-]{1,64}$/.test(parsed.resource)
    : parsed.service === 'sts' && /^assumed-role\/[\w+=,.@-]{1,64}\/[\w+=,.@-]{2,64}$/.test(parsed.resource);
}

/** A recipe says in words what it lets; where it leaves no choice, a request must not bring other policies under its name. */
function fitsRecipe({ options }: ConnectionRequest, { customizable, defaults }: Recipe): boolean {
  if (customizable) return true;
  return (
    options.useExternalId &&
    options.inlinePolicy === undefined &&
    options.permissionsBoundaryArn === undefined &&
    JSON.stringify(options.managedPolicies) === JSON.stringify(defaults.managedPolicies)
  );
}

/** What the schema cannot say, in words; undefined when the request is sound. */
function whatIsWrong(request: ConnectionRequest, recipe: Recipe): string | undefined {
  const { requester, account, options } = request;
  if (!isOneIdentity(requester)) return 'It does not name one user or one role of the account that asks.';
  if (account?.accountId === requester.accountId) return 'It asks for a role in the account that asks itself.';
  if (account?.region !== undefined && partitionOfRegion(account.region)?.id !== requester.partition) {
    return 'Its Region belongs to another part of AWS than the identity that asks.';
  }
  if (![...options.managedPolicies, options.permissionsBoundaryArn ?? '-'].every((text) => printable.test(text))) {
    return 'It names a policy with characters that no policy has.';
  }
  if (options.inlinePolicy !== undefined && !isPolicy(options.inlinePolicy)) {
    return 'What should be its policy is not a policy document.';
  }
  const answers = Object.entries(options.parameters);
  const parameters = new Map((recipe.parameters ?? []).map((parameter) => [parameter.id, parameter]));
  const wrong = answers.some(([id, answer]) => {
    const parameter = parameters.get(id);
    return parameter === undefined || wrongAnswer(parameter, answer) !== undefined;
  });
  if (wrong) return 'It answers a question of its recipe with something that is no answer.';
  if (!fitsRecipe(request, recipe))
    return `It asks for something else than its recipe, ${recipe.title}, lets anybody do.`;
  return undefined;
}

/**
 * SECURITY(S-20): the text is hostile until every check here has passed; it never throws.
 * SECURITY(S-28): bounded, strict, and refused whole when a credential stands anywhere in it.
 */
export function readConnectionRequest(text: string): Result<ConnectionRequest> {
  if (text.length > maximumRequestBytes || utf8Length(text) > maximumRequestBytes) {
    return refuse('invalid-input', 'This is too large for a connection request: 64 KiB at most.', askAgain);
  }
  if (findSecret(text) !== undefined) return refuseSecret();
  const value = parseJson(text);
  if (value === undefined) {
    return refuse(
      'invalid-input',
      'This is not JSON, so it is no connection request.',
      'Take the whole file, from the first { to the last }.',
    );
  }
  const texts = textsOf(value);
  if (texts.some((one) => findSecret(one) !== undefined)) return refuseSecret();
  const { kind, version } = header(value);
  if (kind !== connectionRequestKind) {
    return refuse(
      'invalid-input',
      'This is JSON, but not a connection request.',
      'A connection request is made with “Copy a request for the owner” in the review of a wizard.',
    );
  }
  if (typeof version === 'number' && version > connectionRequestVersion) {
    return refuse(
      'invalid-input',
      'This request was made by a newer Sallyport, which says things that this one does not know.',
      'Update Sallyport, then open it again.',
    );
  }
  const parsed = connectionRequestSchema.safeParse(value);
  if (!parsed.success || texts.includes('__proto__') || texts.some((one) => invisible.test(one))) {
    const field = parsed.success ? undefined : placeOf(parsed.error.issues[0]);
    return refuse(
      'invalid-input',
      `This connection request is damaged or was changed by hand${field === undefined ? '.' : `: ${field}.`}`,
      askAgain,
    );
  }
  const recipe = findRecipe(parsed.data.recipeId);
  if (recipe === undefined) {
    return refuse(
      'invalid-input',
      'This request names a recipe that this Sallyport does not have.',
      'Update Sallyport, or ask for a request that uses another recipe.',
    );
  }
  const wrong = whatIsWrong(parsed.data, recipe);
  return wrong === undefined
    ? ok(parsed.data)
    : refuse('invalid-input', `This request cannot be used. ${wrong}`, askAgain);
}

function refuseSecret() {
  return refuse(
    'secret-refused',
    'There is a credential in this text. A connection request never has one.',
    'Tell whoever sent it, and have that credential replaced: it has been passed around.',
  );
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

/** Which field is at fault. Only names that this schema knows: what stands in the file is not repeated. */
function placeOf(issue: z.core.$ZodIssue | undefined): string | undefined {
  if (issue === undefined) return undefined;
  if (issue.code === 'unrecognized_keys') return 'it has a field that no request has';
  const path = issue.path.filter((part) => typeof part === 'string').join('.');
  return path === '' ? undefined : `the field ${path.slice(0, 80)} does not fit`;
}

/** The text of a request, to be sent as it is. Refused where the reader at the other end would refuse it. */
export function writeConnectionRequest(request: Omit<ConnectionRequest, 'kind' | 'version'>): Result<string> {
  const text = `${JSON.stringify({ kind: connectionRequestKind, version: connectionRequestVersion, ...request }, null, 2)}\n`;
  const readBack = readConnectionRequest(text);
  return readBack.ok
    ? ok(text)
    : err({
        ...readBack.error,
        whatDidNotChange: 'Your answers are as they were. No request was made.',
        whatToDo: 'Change the answers that it names, then copy the request again.',
      });
}
