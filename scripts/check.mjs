/** `npm run check`: format, lint, types, dead code. Runs all of them and fails if one does. */
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { runMain, say } from './lib/say.mjs';

// Linting with types takes as long as the others together: they go beside it.
const lanes = [
  [['lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']]],
  [
    ['format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']],
    ['types', 'typescript/bin/tsc', ['--build']],
    ['dead code', 'knip/bin/knip.js', []],
  ],
];

await runMain(async () => {
  await bootstrap({ build: [], electron: false });
  const failed = [];
  await Promise.all(
    lanes.map(async (checks) => {
      for (const [name, program, args] of checks) {
        say(`checking ${name}`);
        if ((await run(process.execPath, [join(root, 'node_modules', program), ...args])) !== 0) failed.push(name);
      }
    }),
  );
  say(failed.length === 0 ? 'all checks passed' : `failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
});
