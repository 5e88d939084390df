import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles a TypeScript program of tests/support for a child process of Node, which cannot read TypeScript itself.
 * @returns the path of the bundle, inside .cache
 */
export async function bundleForNode(name: string): Promise<string> {
  // Test files run side by side, and two may want the same program.
  const outDir = join(root, '.cache', 'test-programs', `${name}-${process.env['VITEST_WORKER_ID'] ?? '0'}`);
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { electron: join(root, 'tests', 'support', 'electron-absent.ts') } },
    build: {
      ssr: join(root, 'tests', 'support', `${name}.ts`),
      outDir,
      emptyOutDir: true,
      rolldownOptions: { external: ['keytar'], output: { entryFileNames: 'main.mjs' } },
    },
    ssr: { noExternal: true, external: ['keytar'] },
  });
  return join(outDir, 'main.mjs');
}
