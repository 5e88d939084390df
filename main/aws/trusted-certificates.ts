import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import * as tls from 'node:tls';
import { NetworkSetupError } from './network-error';

/** Bytes; all the world's authorities fit into a tenth of it. */
const maximumFile = 4_194_304;

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates in a PEM file, at least one. Rejects with a NetworkSetupError that says what is wrong with the file. */
export async function readCertificates(path: string): Promise<readonly string[]> {
  const text = await readText(path);
  const found = text.match(certificate) ?? [];
  if (found.length === 0) {
    throw unusable(
      path,
      'There is no certificate in it. It has to be a PEM file, which begins with BEGIN CERTIFICATE.',
    );
  }
  for (const one of found) {
    try {
      new X509Certificate(one);
    } catch {
      throw unusable(path, 'A certificate in it is damaged.');
    }
  }
  return found;
}

async function readText(path: string): Promise<string> {
  try {
    const found = await stat(path);
    // A device or a pipe may never end.
    if (!found.isFile()) throw unusable(path, 'It is not a file.');
    if (found.size > maximumFile) throw unusable(path, 'It is too large.');
    return await readFile(path, 'latin1');
  } catch (error) {
    if (error instanceof NetworkSetupError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw unusable(
      path,
      code === 'ENOENT' || code === 'ENOTDIR'
        ? 'There is no such file.'
        : code === 'EACCES' || code === 'EPERM'
          ? 'This user may not read it.'
          : 'Reading it failed.',
    );
  }
}

function unusable(path: string, why: string): NetworkSetupError {
  return new NetworkSetupError(
    `The file of certificates ${path} cannot be used. ${why}`,
    'Choose the file of your company’s certificate authority in the settings, or remove it there.',
  );
}

/**
 * SECURITY(S-29): whom a connection trusts: what the runtime trusts, what this computer trusts where the runtime can say,
 * and the given ones beside them. Nothing of the environment turns the check off.
 */
export function secureOptions(own: readonly string[]): {
  readonly secureContext: tls.SecureContext;
  readonly rejectUnauthorized: true;
} {
  const ca = authorities(own);
  return {
    secureContext: tls.createSecureContext({ minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) }),
    rejectUnauthorized: true,
  };
}

/** Since Node 22.15; the fallback runtime (docs/adr/0001) has only the roots that it was built with. */
type GetCertificates = (kind: 'default' | 'system') => string[];

function authorities(own: readonly string[]): string[] | undefined {
  const ask = (tls as { readonly getCACertificates?: GetCertificates }).getCACertificates;
  if (ask !== undefined) return [...new Set([...ask('default'), ...ask('system'), ...own])];
  // left out, the roots are the same and NODE_EXTRA_CA_CERTS counts too
  return own.length === 0 ? undefined : [...tls.rootCertificates, ...own];
}
