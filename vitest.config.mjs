import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Tests in Node meet no Electron: what imports it as a value gets a module that says so when it is used. */
const alias = { electron: here('./tests/support/electron-absent.ts') };

const project = (name, include, test = {}) => ({
  resolve: { alias },
  test: {
    name,
    include,
    environment: 'node',
    // electron-store imports electron, so it has to go through the alias.
    server: { deps: { inline: ['electron-store'] } },
    ...test,
  },
});

export default defineConfig({
  test: {
    // Two cores are what a small build machine has; many tests wait more than they compute, for the SDK's pauses and other programs.
    maxWorkers: 3,
    projects: [
      // Linting with types loads the whole program, which takes its time on a busy machine.
      project('unit', ['tests/unit/**/*.test.{ts,tsx}', 'tests/diagnosis/**/*.test.ts'], {
        testTimeout: 30_000,
      }),
      project('contract', ['tests/contract/**/*.test.ts'], { testTimeout: 30_000 }),
      project('security', ['tests/security/**/*.test.{ts,tsx}'], { testTimeout: 30_000 }),
      project('package', ['tests/package/**/*.test.ts'], { testTimeout: 60_000 }),
      project('peers', ['tests/peers/**/*.test.ts'], {
        testTimeout: 120_000,
        hookTimeout: 60_000,
        globalSetup: ['tests/peers/aws-forks.ts'],
      }),
    ],
  },
});
