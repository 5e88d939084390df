/**
 * `node scripts/announce.mjs NOTES FILE…`: writes sallyport-update.json beside the first of these installers, signed with the
 * Ed25519 private key (PEM) in the file that SALLYPORT_UPDATES_SIGNING_KEY names. A FILE is `platform:arch:path`, as in
 * `linux:x64:release/Sallyport-0.2.0.AppImage`. What the app would refuse is not announced.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runnerImport } from 'vite';
import { root } from './lib/paths.mjs';
import { announce } from './lib/publish.mjs';
import { runMain, say, SetupError } from './lib/say.mjs';

await runMain(async () => {
  const [notes, ...given] = process.argv.slice(2);
  const keyFile = process.env.SALLYPORT_UPDATES_SIGNING_KEY ?? '';
  if (notes === undefined || given.length === 0)
    throw new SetupError('node scripts/announce.mjs NOTES platform:arch:path…');
  if (keyFile === '') throw new SetupError('SALLYPORT_UPDATES_SIGNING_KEY names no file with a private key');
  const files = given.map((one) => {
    const [, platform, arch, path] = /^(darwin|linux|win32):(x64|arm64):(.+)$/s.exec(one) ?? [];
    if (path === undefined) throw new SetupError(`not platform:arch:path: ${one}`);
    return { platform, arch, path };
  });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const out = join(dirname(files[0].path), 'sallyport-update.json');
  const options = { configFile: false, root, logLevel: 'error' };
  const { module: form } = await runnerImport(join(root, 'core', 'domain', 'update.ts'), options);
  const privateKey = readFileSync(keyFile, 'utf8');
  const text = announce({ version, notes, files, privateKey, schema: form.announcementSchema });
  writeFileSync(out, text);
  say(`announced ${version}: ${out}`);
});
