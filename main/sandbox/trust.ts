import { isAccountId } from '../../core/domain/account-id';
import { parsePolicyDocument } from '../../core/domain/policy-document';
import { malformedPolicy, type AwsRefusal } from './http';
import type { SandboxState } from './state';

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Rewrites every `Principal.AWS` entry; the text stays as it is, blanks and all, when none changes. */
function mapPrincipals(document: string, map: (principal: string) => string): string {
  const value: unknown = JSON.parse(document);
  if (!isObject(value)) return document;
  const statement = value['Statement'];
  const changes: string[] = [];
  for (const item of Array.isArray(statement) ? (statement as readonly unknown[]) : [statement]) {
    if (!isObject(item)) continue;
    for (const element of ['Principal', 'NotPrincipal']) {
      const principal = item[element];
      if (!isObject(principal)) continue;
      const given = principal['AWS'];
      const rewrite = (one: unknown): unknown => {
        if (typeof one !== 'string') return one;
        const next = map(one);
        if (next !== one) changes.push(next);
        return next;
      };
      if (Array.isArray(given)) principal['AWS'] = given.map(rewrite);
      else if (given !== undefined) principal['AWS'] = rewrite(given);
    }
  }
  return changes.length > 0 ? JSON.stringify(value) : document;
}

/**
 * What AWS keeps of a resource's policy: users and roles named as principals by their unique ID, account IDs as
 * `:root` (aws-reference §2). Throws what `invalid` makes of a principal that does not exist. Accounts the sandbox
 * does not know are taken to exist, as nearly all do. The document must be JSON.
 */
export function storePrincipals(
  document: string,
  state: SandboxState,
  invalid: (principal: string) => AwsRefusal,
): string {
  return mapPrincipals(document, (principal) => {
    if (principal === '*') return principal;
    if (isAccountId(principal)) return `arn:aws:iam::${principal}:root`;
    if (/^A(?:IDA|ROA)[A-Z0-9]{12,}$/.test(principal)) {
      if (state.arnOfUniqueId(principal) === undefined) throw invalid(principal);
      return principal;
    }
    if (/^arn:aws:iam::[0-9]{12}:root$/.test(principal)) return principal;
    if (/^arn:aws:sts::[0-9]{12}:(?:assumed-role|federated-user)\/.+$/.test(principal)) return principal;
    if (!/^arn:aws:iam::[0-9]{12}:(?:user|role)\/.+$/.test(principal)) throw invalid(principal);
    const found = state.uniqueIdOfArn(principal);
    if (found === 'missing') throw invalid(principal);
    return found === 'unknown-account' ? principal : found.id;
  });
}

/**
 * A trust policy as IAM keeps it. Throws MalformedPolicyDocument for a document or a principal that IAM refuses. New
 * trusts cannot have NotPrincipal (IAM User Guide, "AWS JSON policy elements: NotPrincipal"); how IAM words that could
 * not be confirmed.
 */
export function storeTrust(document: string, state: SandboxState): string {
  const read = parsePolicyDocument(document, 'trust');
  if (!read.ok) throw malformedPolicy(read.message);
  if (read.document.statements.some(({ principals }) => principals?.negated === true))
    throw malformedPolicy('AssumeRole policy may not specify NotPrincipal.');
  return storePrincipals(document, state, (principal) =>
    malformedPolicy(`Invalid principal in policy: "AWS":"${principal}"`),
  );
}

/** The policy as AWS shows it: unique IDs as ARNs while their owners live, bare (`AROA…`) after. */
export function showPrincipals(stored: string, state: SandboxState): string {
  return mapPrincipals(stored, (principal) => state.arnOfUniqueId(principal) ?? principal);
}
