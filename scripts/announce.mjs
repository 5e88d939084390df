/**
 * `node scripts/announce.mjs NOTES FILE…`: writes release/sallyport-update.json for these installers, signed with the Ed25519
 * private key (PEM) in the file that SALLYPORT_UPDATES_SIGNING_KEY names. A FILE is `platform:arch:path`, as in
 * `linux:x64:release/Sallyport-0.2.0.AppImage`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const out = join(root, 'release', 'sallyport-update.json');
  writeFileSync(out, announce({ version, notes, files, privateKey: readFileSync(keyFile, 'utf8') }));
  say(`announced ${version}: ${out}`);
});
