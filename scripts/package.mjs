/**
 * `npm run package [-- --release]`: the unpacked program for this platform, under release/. With `--release` the installers
 * that electron-builder.yml names, which are never made of the fallback runtime.
 */
import { runMain, SetupError } from './lib/say.mjs';
import { packageApp } from './lib/package.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  const unknown = args.filter((argument) => argument !== '--release');
  if (unknown.length > 0) throw new SetupError(`no such option: ${unknown.join(', ')} (there is --release)`);
  await packageApp({ isRelease: args.includes('--release') });
});
