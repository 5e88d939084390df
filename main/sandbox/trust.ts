import { isAccountId } from '../../core/domain/account-id';
import { parsePolicyDocument } from '../../core/domain/policy-document';
import { malformedPolicy } from './http';
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
 * What IAM keeps of a trust policy: users and roles named as principals by their unique ID, account IDs as `:root`
 * (aws-reference §2). Throws MalformedPolicyDocument for a document IAM refuses or a principal that does not exist.
 * Accounts the sandbox does not know are taken to exist, as nearly all do.
 */
export function storeTrust(document: string, state: SandboxState): string {
  const read = parsePolicyDocument(document, 'trust');
  if (!read.ok) throw malformedPolicy(read.message);
  return mapPrincipals(document, (principal) => {
    const invalid = malformedPolicy(`Invalid principal in policy: "AWS":"${principal}"`);
    if (principal === '*') return principal;
    if (isAccountId(principal)) return `arn:aws:iam::${principal}:root`;
    if (/^A(?:IDA|ROA)[A-Z0-9]{12,}$/.test(principal)) {
      if (state.arnOfUniqueId(principal) === undefined) throw invalid;
      return principal;
    }
    if (/^arn:aws:iam::[0-9]{12}:root$/.test(principal)) return principal;
    if (/^arn:aws:sts::[0-9]{12}:(?:assumed-role|federated-user)\/.+$/.test(principal)) return principal;
    if (!/^arn:aws:iam::[0-9]{12}:(?:user|role)\/.+$/.test(principal)) throw invalid;
    const found = state.uniqueIdOfArn(principal);
    if (found === 'missing') throw invalid;
    return found === 'unknown-account' ? principal : found.id;
  });
}

/** The trust policy as IAM shows it: unique IDs as ARNs while their owners live, bare (`AROA…`) after. */
export function showTrust(stored: string, state: SandboxState): string {
  return mapPrincipals(stored, (principal) => state.arnOfUniqueId(principal) ?? principal);
}
