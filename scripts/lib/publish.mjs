import { createPrivateKey, createPublicKey, createHash, sign } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { SetupError } from './say.mjs';

/**
 * What the packed program knows of updates, from the environment: SALLYPORT_UPDATES_URL, the https address of a folder, and
 * SALLYPORT_UPDATES_KEY, the publisher's Ed25519 public key (SPKI in PEM, or its base64). Neither: nothing is known, and the
 * program never asks anybody. One without the other is refused.
 */
export function publishPlace(environment) {
  const { SALLYPORT_UPDATES_KEY: key = '', SALLYPORT_UPDATES_URL: url = '' } = environment;
  if (key === '' && url === '') return undefined;
  if (key === '' || url === '') {
    throw new SetupError('updates need both SALLYPORT_UPDATES_URL and SALLYPORT_UPDATES_KEY, or neither');
  }
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:' || new URL(url).search !== '') {
    throw new SetupError('SALLYPORT_UPDATES_URL is not the https address of a folder');
  }
  return { address: url.endsWith('/') ? url : `${url}/`, key: publicKeyOf(key) };
}

function publicKeyOf(text) {
  try {
    const given = text.includes('BEGIN') ? text : { key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' };
    const key = createPublicKey(given);
    if (key.asymmetricKeyType === 'ed25519') return key.export({ format: 'der', type: 'spki' }).toString('base64');
  } catch {
    // said below
  }
  throw new SetupError('SALLYPORT_UPDATES_KEY is not an Ed25519 public key');
}

/**
 * `files` as `{ platform, arch, path }`; `privateKey` in PEM; `schema`: the app's own (core/domain/update.ts).
 * @returns the text of sallyport-update.json. Throws a SetupError where the app would refuse it.
 */
export function announce({ version, notes, files, privateKey, schema }) {
  const said = {
    kind: 'sallyport-update',
    version,
    notes,
    files: files.map(({ arch, path, platform }) => ({
      platform,
      arch,
      name: basename(path),
      bytes: statSync(path).size,
      sha512: createHash('sha512').update(readFileSync(path)).digest('base64'),
    })),
  };
  const { error } = schema.safeParse(said);
  if (error !== undefined) {
    const where = error.issues.map(
      ({ message, path }) => `${path.join('.')} ${JSON.stringify(at(said, path))}: ${message}`,
    );
    throw new SetupError(`the app would refuse this announcement: ${where.join('; ')}`);
  }
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'ed25519') throw new SetupError('the private key is not an Ed25519 one');
  const announcement = JSON.stringify(said);
  const signature = sign(null, Buffer.from(announcement, 'utf8'), key).toString('base64');
  return `${JSON.stringify({ announcement, signature }, undefined, 1)}\n`;
}

function at(value, path) {
  return path.reduce((inner, key) => inner?.[key], value);
}

/** What of signing the environment asks for on this platform, in words; unsigned builds say that they are. */
export function signingWords(platform, environment) {
  const has = (...names) => names.every((name) => (environment[name] ?? '') !== '');
  if (platform === 'darwin') {
    if (!has('CSC_LINK') && !has('CSC_NAME'))
      return 'unsigned: CSC_LINK (or CSC_NAME) is not set, and macOS will warn of it';
    return has('APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID') ||
      has('APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER')
      ? 'signed and notarised'
      : 'signed, and not notarised: APPLE_ID, APPLE_APP_SPECIFIC_PASSWORD and APPLE_TEAM_ID are not all set';
  }
  if (platform === 'win32') {
    return has('WIN_CSC_LINK') || has('CSC_LINK')
      ? 'signed'
      : 'unsigned: WIN_CSC_LINK is not set, and Windows will warn of it';
  }
  return 'unsigned: packages for Linux carry no signature of their own; sign the repository that they lie in';
}
