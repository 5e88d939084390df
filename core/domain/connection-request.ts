import { z } from '../zod';
import { wrongAnswer } from '../recipes/answers';
import { findRecipe } from '../recipes/catalog';
import type { Recipe } from '../recipes/recipe';
import { err, ok, type Result } from '../result';
import { parseArn } from './arn';
import { maximumRequestBytes, readExchangeFile, refuseFile, type ExchangeForm } from './exchange-file';
import { idSchema, instantSchema } from './limits';
import { partitionOfRegion } from './partitions';
import { isPolicyText } from './policy-document';
import { wrongTrust } from './trust-check';
import { optionsAnswersSchema, suggestedAccountSchema, trustedSchema } from './wizard';

/**
 * What a deployer sends to an account owner: who asks to be let in, under which external ID, and for what. A file that
 * comes from somebody else, so everything in it is a claim to be looked at and nothing in it acts.
 */
export const connectionRequestKind = 'sallyport-connection-request';
export const connectionRequestVersion = 1;

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

const askAgain = 'Ask whoever sent it to make a new request with Sallyport.';

const printable = /^[\x21-\x7e]+$/;

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
    options.conditions === undefined &&
    options.tags === undefined &&
    JSON.stringify(options.managedPolicies) === JSON.stringify(defaults.managedPolicies)
  );
}

/** What the schema cannot say, in words; undefined when the request is sound. */
function whatIsWrong(request: ConnectionRequest, recipe: Recipe): string | undefined {
  const { requester, account, options, externalId } = request;
  if (!isOneIdentity(requester)) return 'It does not name one user or one role of the account that asks.';
  if (account?.accountId === requester.accountId) return 'It asks for a role in the account that asks itself.';
  if (account?.region !== undefined && partitionOfRegion(account.region)?.id !== requester.partition) {
    return 'Its Region belongs to another part of AWS than the identity that asks.';
  }
  if (![...options.managedPolicies, options.permissionsBoundaryArn ?? '-'].every((text) => printable.test(text))) {
    return 'It names a policy with characters that no policy has.';
  }
  if (options.inlinePolicy !== undefined && !isPolicyText(options.inlinePolicy)) {
    return 'What should be its policy is not a policy document.';
  }
  // SECURITY(S-28): who asks is let in and nobody else; a whole trust policy or a service is for the owner to add
  if (options.ownTrust !== undefined) return 'It brings a whole trust policy. Only the owner of the role writes one.';
  if (options.services !== undefined) return 'It lets AWS services in. Only the owner of the role does that.';
  const trust = wrongTrust({ accountId: account?.accountId ?? '', trusted: requester, options, externalId });
  if (trust !== undefined) return `Who else is to be let in does not fit: ${trust.message}`;
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

const form: ExchangeForm<ConnectionRequest> = {
  kind: connectionRequestKind,
  version: connectionRequestVersion,
  maximumBytes: maximumRequestBytes,
  schema: connectionRequestSchema,
  name: 'connection request',
  shortName: 'request',
  askAgain,
  whereFrom:
    'A request is made in the review of a wizard, with “Copy a request for the owner”; a reply at the end of the wizard that a request began.',
};

/** SECURITY(S-28): what the form lets through is sound in itself, too, before anybody sees a word of it. */
export function readConnectionRequest(text: string): Result<ConnectionRequest> {
  const read = readExchangeFile(text, form);
  if (!read.ok) return read;
  const recipe = findRecipe(read.value.recipeId);
  if (recipe === undefined) {
    return refuseFile(
      'invalid-input',
      'This request names a recipe that this Sallyport does not have.',
      'Update Sallyport, or ask for a request that uses another recipe.',
    );
  }
  const wrong = whatIsWrong(read.value, recipe);
  return wrong === undefined ? read : refuseFile('invalid-input', `This request cannot be used. ${wrong}`, askAgain);
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
