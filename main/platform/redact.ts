/**
 * Takes out of a text whatever looks like a secret of AWS. For logs and crash text only: it removes too much rather
 * than too little. Account IDs, ARNs and key ids with their middle gone stay, or a log would be of no use.
 */

const sessionTokenStart = /\b(?:IQoJ|FwoG|FQoG|AQoD|AQoE)[A-Za-z0-9+/=_%-]{20,}/g;
const accessKeyId = /\b((?:AKIA|ASIA)[A-Z0-9]{2})[A-Z0-9]{8,124}([A-Z0-9]{2})\b/g;
/** A secret access key has 40 characters of base64; anything longer of that alphabet is a token or worse. */
const longBase64 = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{40,}={0,2}(?![A-Za-z0-9+/=_-])/g;
const named =
  /((?:secret[_-]?access[_-]?key|session[_-]?token|security[_-]?token|secret|password|passphrase|authorization|signin[_-]?token|external[_-]?id)["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi;

export function redact(text: string): string {
  return text
    .replace(sessionTokenStart, '[token]')
    .replace(accessKeyId, '$1…$2')
    .replace(named, '$1[secret]')
    .replace(longBase64, (found) => (looksHarmless(found) ? found : '[secret]'));
}

/** Paths of one alphabet and long plain words are not secrets: a secret of 40 characters mixes cases and digits. */
function looksHarmless(found: string): boolean {
  const mixed = /[a-z]/.test(found) && /[A-Z]/.test(found) && /\d/.test(found);
  return !mixed && !/^[0-9a-f]{64,}$/i.test(found);
}
