import { join } from 'node:path';
import { contractNames } from './contract-names.mjs';
import { root } from './paths.mjs';

/** The oldest runtime that our code meets: Node 20.18 and Chromium 130 of the fallback (docs/adr/0001). */
const oldestNode = 'node20.18';
const oldestChromium = 'chrome130';

/** Given by Electron, or native: never bundled. */
const external = ['electron', 'keytar'];

const absentDependency = join(root, 'scripts/lib/absent-dependency.mjs');
const leftOutOfStore = ['ajv/dist/2020.js', 'ajv-formats', 'semver'].map((name) => ({
  find: new RegExp(`^${name.replace('.', '\\.')}$`),
  replacement: absentDependency,
}));

/** An ES module for Node or Electron's main process, with everything but `external` in it. */
function nodeTarget({ entry, folder, file, alsoExternal = [] }) {
  return {
    entry,
    config: {
      plugins: async () => [contractNames()],
      resolve: { alias: leftOutOfStore },
      build: {
        ssr: join(root, entry),
        outDir: join(root, folder),
        target: oldestNode,
        sourcemap: true,
        minify: false,
        rolldownOptions: {
          external: [...external, ...alsoExternal],
          output: { format: 'es', entryFileNames: file, chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
      ssr: { target: 'node', noExternal: true, external: [...external, ...alsoExternal] },
    },
  };
}

/**
 * React Aria brings its words in thirty languages. The interface has one, and a screen reader that mixes two is worse
 * than none; without the rest the page is 300 modules smaller. Each other language gives the English words.
 */
const englishOnly = {
  name: 'sallyport-english-only',
  enforce: 'pre',
  resolveId(source, importer) {
    const words = /^(.*\/intl\/.*\/)(?!en-US)[a-z]{2}-[A-Z]{2}(\.m?js)$/.exec(source);
    return words && importer?.includes('node_modules') ? this.resolve(`${words[1]}en-US${words[2]}`, importer) : null;
  },
  // nor is the browser asked for its own language, which takes 7 ms before the first drawing
  load(id) {
    if (!/\/react-aria\/.*\/useDefaultLocale\.m?js$/.test(id)) return null;
    return `const only = { locale: 'en-GB', direction: 'ltr' };
export const getDefaultLocale = () => only;
export const useDefaultLocale = () => only;
`;
  },
};

/** What is built, by name. `entry` is the source file; `config` is Vite's. */
export const targets = {
  main: nodeTarget({ entry: 'main/index.ts', folder: 'dist/main', file: 'index.js' }),
  preload: {
    entry: 'preload/index.ts',
    config: {
      plugins: async () => [contractNames()],
      build: {
        ssr: join(root, 'preload/index.ts'),
        outDir: join(root, 'dist/preload'),
        target: oldestNode,
        sourcemap: false,
        minify: false,
        rolldownOptions: {
          external: ['electron'],
          // A sandboxed preload cannot be an ES module, and can require nothing of ours: one CommonJS file.
          output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
        },
      },
      ssr: { target: 'webworker', noExternal: true, external: ['electron'] },
    },
  },
  renderer: {
    entry: 'renderer/index.html',
    config: {
      root: join(root, 'renderer'),
      base: '/',
      plugins: async () => [(await import('@vitejs/plugin-react')).default(), englishOnly],
      build: {
        outDir: join(root, 'dist/renderer'),
        target: oldestChromium,
        // SECURITY(S-06): nothing inline, so that the content security policy can forbid it.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        // Read from the disk, not over a network.
        chunkSizeWarningLimit: 2000,
        rolldownOptions: {
          output: {
            // Three scripts: what the first screen needs, what parses main's answers to it, and the rest when somebody goes
            // there. From the disk each further file costs a round trip through main while main is busy starting.
            codeSplitting: {
              groups: [
                { name: 'start', test: /renderer\/app\/main\.tsx$/, priority: 2 },
                { name: 'answers', test: /renderer\/ipc\/parse\.ts$/, priority: 1.5 },
                { name: 'later', test: /\.(tsx?|m?js|css)$/, priority: 1 },
              ],
            },
          },
        },
      },
    },
  },
  sandbox: nodeTarget({ entry: 'main/sandbox/serve.ts', folder: 'dist/sandbox', file: 'serve.js' }),
  render: nodeTarget({ entry: 'main/rendering/cli.ts', folder: 'dist/render', file: 'cli.js' }),
  'test-main': nodeTarget({ entry: 'tests/e2e/support/main.ts', folder: 'dist/test-main', file: 'main.js' }),
  tour: nodeTarget({
    entry: 'tests/e2e/tour/run.ts',
    folder: 'dist/tour',
    file: 'run.js',
    alsoExternal: ['playwright', 'axe-core'],
  }),
  'bench-app': nodeTarget({ entry: 'tests/bench/app-main.ts', folder: 'dist/bench-app', file: 'main.js' }),
  'bench-bare': nodeTarget({ entry: 'tests/bench/bare-main.ts', folder: 'dist/bench-bare', file: 'main.js' }),
  bench: nodeTarget({ entry: 'tests/bench/run.ts', folder: 'dist/bench', file: 'run.js' }),
};

/** Folders that Electron starts like the app itself, so they say what they are. */
export const electronFolders = { 'test-main': 'Sallyport', 'bench-app': 'Sallyport', 'bench-bare': 'Bare' };

/** What `npm start` needs. */
export const appTargets = ['main', 'preload', 'renderer'];
