import { parsePolicyDocument } from './policy-document';
import { asksNothing, noConditions, wrongPrincipal } from './trust-conditions';
import { trustDemands } from './trust-demands';
import { trustPolicy, type TrustInput } from './trust-policy';

/** A trust policy's length in characters without blanks: what IAM takes at first, and the most it can be raised to [iamug:reference_iam-quotas]. */
export const usualTrustLength = 2048;
export const mostTrustLength = 4096;

export function trustLength(text: string): number {
  return text.replace(/\s/g, '').length;
}

/** What is wrong, and with which answer. `field` is a path in the options. */
export type WrongTrust = { readonly field: string; readonly message: string };

/**
 * What is wrong with a trust policy that a person wrote; undefined when it can be used.
 * SECURITY(S-22): nobody may be let in by a wildcard, and the external ID that is asked for is the one made for this role.
 */
export function wrongOwnTrust(text: string, externalId: string): string | undefined {
  const read = parsePolicyDocument(text, 'trust');
  if (!read.ok) return `AWS would refuse this: ${read.message}`;
  const allows = read.document.statements.filter(({ effect }) => effect === 'Allow');
  if (allows.length === 0) return 'It lets nobody in.';
  if (allows.some(({ principals }) => principals?.negated === true || principals?.values.everyone === true)) {
    return 'It lets everybody in who has an AWS account. Name the accounts.';
  }
  const asked = trustDemands(text)?.externalIds ?? [];
  if (asked.length > 0 && !asked.includes(externalId)) {
    return `It asks for another external ID than the one made for this role, ${externalId}.`;
  }
  return trustLength(text) > mostTrustLength
    ? `A trust policy has ${mostTrustLength} characters at most, blanks not counted.`
    : undefined;
}

/** What the schema cannot say of the answers about trust, because it does not know whom they are about. */
export function wrongTrust(input: TrustInput): WrongTrust | undefined {
  const { options, trusted, externalId } = input;
  const { conditions = noConditions, ownTrust, services } = options;
  if (ownTrust !== undefined) {
    if (!asksNothing(conditions) || services !== undefined) {
      return { field: 'ownTrust', message: 'A trust policy of one’s own takes the place of conditions and services.' };
    }
    const message = wrongOwnTrust(ownTrust, externalId);
    if (message !== undefined) return { field: 'ownTrust', message };
    const asks = asksFor(ownTrust, externalId);
    return asks === options.useExternalId
      ? undefined
      : { field: 'useExternalId', message: 'The trust policy says something else about the external ID.' };
  }
  for (const [index, arn] of conditions.principalArns.entries()) {
    const message = wrongPrincipal(arn, trusted);
    if (message !== undefined) return { field: `conditions.principalArns.${index}`, message };
  }
  return trustLength(trustPolicy(input)) > mostTrustLength
    ? {
        field: 'conditions',
        message: `The trust policy would have more than ${mostTrustLength} characters. Ask for less.`,
      }
    : undefined;
}

/** Whether every way in through this trust policy asks for this external ID. */
export function asksFor(trustPolicyText: string, externalId: string): boolean {
  return trustDemands(trustPolicyText)?.externalIds.includes(externalId) === true;
}
