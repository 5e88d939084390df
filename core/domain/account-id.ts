/**
 * Account IDs are twelve digits and always text: a number would lose the leading zeros (aws-reference §4).
 */
export function isAccountId(text: string): boolean {
  return /^[0-9]{12}$/.test(text);
}

/** Reads an account ID as people write it, with or without hyphens or spaces (`1234-5678-9012`). */
export function readAccountId(text: string): string | undefined {
  const trimmed = text.trim();
  const match = /^([0-9]{4})[- ]?([0-9]{4})[- ]?([0-9]{4})$/.exec(trimmed);
  return match === null ? undefined : `${match[1] ?? ''}${match[2] ?? ''}${match[3] ?? ''}`;
}

/** For reading aloud and comparing by eye: `1234-5678-9012`. */
export function formatAccountId(accountId: string): string {
  return accountId.replace(/^([0-9]{4})([0-9]{4})([0-9]{4})$/, '$1-$2-$3');
}

/** Account aliases: 3 to 63 of a-z, 0-9 and single hyphens, and never twelve digits (aws-reference §4). */
export function isAccountAlias(text: string): boolean {
  return /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && !isAccountId(text);
}
