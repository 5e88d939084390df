/** Fetches the supported Electron into the download cache of its package. Prints a dot whenever bytes arrive. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveFromElectron } from './electron.mjs';
import { root } from './paths.mjs';

const electronFolder = join(root, 'node_modules', 'electron');
const { version } = JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8'));
const { downloadArtifact } = await import(pathToFileURL(resolveFromElectron('@electron/get')).href);
await downloadArtifact({
  version,
  artifactName: 'electron',
  checksums: JSON.parse(readFileSync(join(electronFolder, 'checksums.json'), 'utf8')),
  platform: process.platform,
  arch: process.arch,
  downloadOptions: { quiet: true, getProgressCallback: async () => void process.stdout.write('.') },
});
