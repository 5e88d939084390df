import type { DriftKind } from './difference';
import type { TrustCaller } from './trust-callers';

/** Why it matters that somebody may enter now. */
export function addedWords({ kind, name }: TrustCaller): string {
  switch (kind) {
    case 'anyone':
      return 'Anybody with an AWS account may enter now who knows the role’s ARN and meets its conditions.';
    case 'account':
      return `Everybody in account ${name} may enter now whom its administrators let assume roles.`;
    case 'service':
      return `${name} may enter now, for whoever may hand it this role.`;
    case 'named':
      return `${name} may enter now, and could not.`;
  }
}

export function removedWords({ kind, name }: TrustCaller): string {
  switch (kind) {
    case 'anyone':
      return 'Not everybody may enter any more.';
    case 'account':
      return `Not everybody in account ${name} may enter any more.`;
    case 'service':
    case 'named':
      return `${name} may enter no more.`;
  }
}

const nouns: Readonly<Record<string, string>> = {
  'sts:externalid': 'the external ID',
  'aws:multifactorauthpresent': 'MFA',
  'aws:multifactorauthage': 'the age of the MFA code',
  'aws:principalorgid': 'the organization',
  'aws:principalorgpaths': 'the organization’s units',
  'aws:sourceip': 'the caller’s address',
  'aws:sourceaccount': 'the account a service acts for',
  'aws:sourcearn': 'what a service acts for',
};

function nounOf(key: string): string {
  return nouns[key] ?? key;
}

type ConditionKind = Extract<DriftKind, `condition-${string}`>;

export function conditionWords(kind: ConditionKind, key: string): string {
  const noun = nounOf(key);
  switch (kind) {
    case 'condition-dropped':
      return `It no longer asks about ${noun}: who was stopped by that may enter now.`;
    case 'condition-weakened':
      return `It still asks about ${noun}, and now lets some pass whom it stopped.`;
    case 'condition-changed':
      return `It asks otherwise about ${noun} than was agreed.`;
    case 'condition-added':
      return `It now also asks about ${noun}: who does not meet that is refused.`;
  }
}

type ExternalIdKind = Extract<DriftKind, `external-id-${string}`>;

/** `said`: what the lint of trusts says of it. */
export function externalIdWords(kind: ExternalIdKind, said: string | undefined): string {
  switch (kind) {
    case 'external-id-dropped':
      return said ?? 'No external ID is asked for any more.';
    case 'external-id-changed':
      return 'It asks for another external ID than the agreed one: this connection is refused, and whoever knows the new one is not.';
    case 'external-id-weakened':
      return `The external ID can be got round. ${said ?? 'Some may enter without the agreed one.'}`;
  }
}
