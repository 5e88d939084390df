/**
 * `npm test [-- PART...]`: every test there is, or the parts named. Ends with one line that sums all of them:
 * `N passed, N failed, N skipped`.
 */
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { clearCounts, readCounts } from './lib/counts.mjs';
import { canHaveKeyring, runOnPrivateDesktop } from './lib/desktop.mjs';
import { projectCache, root } from './lib/paths.mjs';
import { packageApp } from './lib/package.mjs';
import { runMain, say, SetupError } from './lib/say.mjs';
import { appTargets } from './lib/targets.mjs';

const vitestParts = ['unit', 'contract', 'security', 'peers'];
const parts = [...vitestParts, 'package', 'e2e'];

const runner = (name) => join(root, 'node_modules', name);

async function runVitest(projects, environment) {
  const chosen = projects.flatMap((name) => ['--project', name]);
  const reporters = ['--reporter', 'default', '--reporter', join(root, 'scripts', 'lib', 'vitest-counts.mjs')];
  return counted('vitest', environment, [
    runner('vitest/vitest.mjs'),
    'run',
    '--config',
    join(root, 'vitest.config.mjs'),
    '--passWithNoTests',
    ...reporters,
    ...chosen,
  ]);
}

async function runPlaywright(environment) {
  // each worker starts a display of its own (tests/e2e/support/display.ts)
  return counted('playwright', environment, [
    runner('playwright/cli.js'),
    'test',
    '--config',
    join(root, 'tests', 'e2e', 'playwright.config.ts'),
  ]);
}

async function counted(name, environment, args) {
  const path = join(projectCache, `counts-${name}.json`);
  clearCounts(path);
  const status = await runOnPrivateDesktop([process.execPath, ...args], {
    display: false,
    environment: { ...environment, SALLYPORT_COUNTS: path },
  });
  return readCounts(path, status);
}

await runMain(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((part) => !parts.includes(part));
  if (unknown.length > 0) throw new SetupError(`no such part: ${unknown.join(', ')} (there are ${parts.join(', ')})`);
  const chosen = wanted.length > 0 ? wanted : parts;
  const withApp = chosen.includes('e2e');
  const { electron } = await bootstrap({
    build: [
      ...(withApp ? [...appTargets, 'tour'] : []),
      ...(withApp || chosen.includes('peers') ? ['sandbox', 'test-main'] : []),
    ],
    forTests: true,
  });
  if (!canHaveKeyring()) say('no private keyring can be started here: tests of the real keychain will be skipped');

  const environment = { SALLYPORT_ELECTRON: electron.program };
  const results = [];
  if (chosen.includes('package')) await packageApp({ isRelease: false });
  const projects = [...vitestParts, 'package'].filter((part) => chosen.includes(part));
  if (projects.length > 0) results.push(await runVitest(projects, environment));
  if (withApp) results.push(await runPlaywright(environment));

  const skipped = results.flatMap((counts) => counts.skipped);
  const sum = (key) => results.reduce((total, counts) => total + counts[key], 0);
  const failed = sum('failed');
  const lines = skipped.map(({ name, reason }) => `skipped: ${name}${reason ? ` (${reason})` : ''}`);
  lines.push(`${sum('passed')} passed, ${failed} failed, ${skipped.length} skipped`);
  process.stdout.write(`\n${lines.join('\n')}\n`);
  return failed === 0 ? 0 : 1;
});
