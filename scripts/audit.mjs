/**
 * `npm run audit [-- --sbom FILE]`: asks the registry for known weaknesses of what is shipped, lists the licences, and writes
 * the software bill of materials (CycloneDX) to FILE.
 */
import { npm } from './lib/run.mjs';
import { runMain, say, SetupError } from './lib/say.mjs';
import { shippedPackages, writeBill } from './lib/third-parties.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  const at = args.indexOf('--sbom');
  if (args.length > 0 && (at !== 0 || args.length !== 2)) throw new SetupError('there is only --sbom FILE');
  const byLicense = new Map();
  for (const { license, name } of shippedPackages()) byLicense.set(license, [...(byLicense.get(license) ?? []), name]);
  for (const [license, names] of [...byLicense].sort()) say(`${license}: ${names.length} (${names.sort().join(', ')})`);
  if (at === 0) writeBill(args[1]);
  // the registry's answer decides; without one there is no answer to give
  return await npm(['audit', '--omit=dev', '--audit-level=low']);
});
