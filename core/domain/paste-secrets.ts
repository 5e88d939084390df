/**
 * Finds AWS credentials in text that should not have any. Errs towards refusing: a role can be pasted again,
 * a key that was kept by mistake cannot be un-kept.
 */
export type SecretKind = 'access-key-id' | 'secret-access-key' | 'session-token' | 'private-key';

/** How often neighbouring characters change between upper case, lower case, digits and the rest. Random base64 does so at two of three places; names made of words at fewer than one of three. */
function classChanges(text: string): number {
  const classOf = (character: string): number =>
    /[A-Z]/.test(character) ? 0 : /[a-z]/.test(character) ? 1 : /[0-9]/.test(character) ? 2 : 3;
  let changes = 0;
  for (let index = 1; index < text.length; index += 1) {
    if (classOf(text.charAt(index)) !== classOf(text.charAt(index - 1))) changes += 1;
  }
  return changes;
}

const secretLength = 40;

/**
 * Forty characters that are not a name of forty letters. In random base64 the class changes at 26 of 39 places, 41 of
 * 100 characters are capitals, digits stand in several places, and some 30 characters differ; names made of words have
 * fewer of all four. One sign alone misses about one secret in ten thousand, so a weaker one counts with another.
 */
function isSecretAccessKey(run: string): boolean {
  if (run.length !== secretLength) return false;
  const changes = classChanges(run);
  if (changes >= 14) return true;
  if (changes < 9) return false;
  const capitals = run.replaceAll(/[^A-Z]/g, '').length;
  const placesOfDigits = run.match(/[^A-Za-z]+/g)?.length ?? 0;
  return placesOfDigits >= 2 || (placesOfDigits === 1 && capitals >= 11) || new Set(run).size >= 24;
}

/** Base64 runs, and what is left of them after each slash: a path may stand before the secret. */
function hasSecretAccessKey(text: string): boolean {
  for (const [run] of text.matchAll(/[A-Za-z0-9/+]{40,}/g)) {
    if (isSecretAccessKey(run)) return true;
    if (run.length > 400) continue;
    for (let slash = run.indexOf('/'); slash !== -1; slash = run.indexOf('/', slash + 1)) {
      if (isSecretAccessKey(run.slice(slash + 1))) return true;
    }
  }
  return false;
}

/**
 * Access key IDs as AWS writes them, even grown together with a word before them, cut off, or in small letters (twenty
 * of them, with a digit). Not every word that begins with “Asia”: `AsiaPacificDeploy` is a good name of a role.
 */
const accessKeyIds = [
  /(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}/,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}/,
  /(?<![a-z0-9])(?=[a-z]*[0-9])(?:akia|asia|abia|acca)[a-z0-9]{16}(?![a-z0-9])/,
];

const labelled =
  /(?:secret[ _-]?(?:access)?[ _-]?key|secretKey|session[ _-]?token|sign[ _-]?in[ _-]?token|security[ _-]?token|session[ _-]?key)["'\\]*\s*[:= ]\s*["'\\]*[A-Za-z0-9/+=_%-]{16,}/i;
/** How STS's tokens begin ("origin", "er/aws" in base64), old and new. */
const tokenStart = /(?<![A-Za-z0-9])(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|FQoDYXdz|AQoDYXdz|AQoEXAMPLE)/;

/** Twenty characters with one gap in them: a line break, or what a field of one line makes of it. */
function hasBrokenAccessKeyId(text: string): boolean {
  for (const [, start = '', end = ''] of text.matchAll(
    /(?:AKIA|ASIA|ABIA|ACCA)([A-Z0-9]{0,15})\s{1,9}([A-Z0-9]{1,16})(?![A-Za-z0-9])/g,
  )) {
    if (start.length + end.length === 16 && /[0-9]/.test(start + end)) return true;
  }
  return false;
}

/** Also with blanks anywhere in it, where there is nothing else. */
function hasAccessKeyId(text: string, compact: string): boolean {
  if (accessKeyIds.some((pattern) => pattern.test(text)) || hasBrokenAccessKeyId(text)) return true;
  return /^["']?(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}["']?$/.test(compact);
}

/** What kind of credential stands anywhere in `text`, if any. The value itself is never returned. */
export function findSecret(text: string): SecretKind | undefined {
  const compact = text.replace(/\s+/g, '');
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return 'private-key';
  for (const candidate of [text, compact]) {
    if (tokenStart.test(candidate)) return 'session-token';
    for (const [run] of candidate.matchAll(/[A-Za-z0-9/+=_-]{100,}/g)) {
      if (classChanges(run) >= run.length * 0.4) return 'session-token';
    }
  }
  if (hasSecretAccessKey(text) || (/^[A-Za-z0-9/+"'=,.:]*$/.test(compact) && hasSecretAccessKey(compact))) {
    return 'secret-access-key';
  }
  if (labelled.test(text)) return 'secret-access-key';
  if (hasAccessKeyId(text, compact)) return 'access-key-id';
  return undefined;
}
