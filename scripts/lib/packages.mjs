import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { npm } from './run.mjs';
import { say, SetupError } from './say.mjs';

/** Installs the packages of package-lock.json when what is in node_modules is missing or differs. */
export async function ensurePackages() {
  const reason = whyInstall();
  if (reason === undefined) return;
  say(`installing packages (${reason})`);
  // --ignore-scripts: nothing here needs an install script (keytar brings prebuilt binaries, Electron is fetched by
  // our own script), and no package gets to run code on this machine merely by being installed.
  const status = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev'], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new SetupError(`npm ci failed with status ${status}; its words are above`);
}

/** npm writes node_modules/.package-lock.json last, so it tells what was installed to the end. */
function whyInstall() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  if (wanted === undefined) throw new SetupError('package-lock.json cannot be read');
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (present === undefined) return 'none are installed';
  for (const [path, entry] of Object.entries(wanted)) {
    // Optional packages are mostly binaries for other platforms.
    if (path === '' || entry.optional === true || entry.devOptional === true || entry.peer === true) continue;
    if (present[path]?.version !== entry.version) return `${path.replace(/^node_modules\//, '')} is not as locked`;
  }
  return undefined;
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
