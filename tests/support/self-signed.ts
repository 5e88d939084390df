import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether the program that makes certificates is there. */
export async function hasOpenssl(): Promise<boolean> {
  return run('openssl', ['version']).then(
    () => true,
    () => false,
  );
}

/** A key and a certificate for 127.0.0.1 that no one vouches for, made for this run. */
export async function selfSigned(): Promise<{ key: string; cert: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-tls-'));
  try {
    const key = join(folder, 'key.pem');
    const cert = join(folder, 'cert.pem');
    const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    await run('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert]);
    return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export type Authority = {
  /** PEM: what has to be trusted. */
  readonly certificate: string;
  /** A key and a certificate for these host names, vouched for by this authority alone. */
  readonly issue: (...names: readonly string[]) => Promise<{ key: string; cert: string }>;
};

/** A company's certificate authority, made for this run, in `folder`. */
export async function makeAuthority(folder: string): Promise<Authority> {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const [authorityKey, authority] = [join(folder, 'authority.key'), join(folder, 'authority.pem')];
  await run('openssl', ['req', '-x509', ...curve, '-subj', '/CN=Company', '-keyout', authorityKey, '-out', authority]);
  return {
    certificate: await readFile(authority, 'utf8'),
    issue: async (...names) => {
      const [key, cert] = [join(folder, 'issued.key'), join(folder, 'issued.pem')];
      const alternatives = names.map((name) => (/^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(',');
      const subject = ['-subj', '/CN=issued', '-addext', `subjectAltName=${alternatives}`];
      const leaf = ['-addext', 'basicConstraints=critical,CA:FALSE'];
      const signer = ['-CA', authority, '-CAkey', authorityKey];
      await run('openssl', ['req', '-x509', ...curve, ...subject, ...leaf, ...signer, '-keyout', key, '-out', cert]);
      return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
    },
  };
}
