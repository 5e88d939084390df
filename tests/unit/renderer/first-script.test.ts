import { expect, it } from 'vitest';
import { build, type Rolldown } from 'vite';
import { targets } from '../../../scripts/lib/targets.mjs';

/** The page as it is shipped, but for what makes it smaller; written nowhere. */
async function builtPage(): Promise<Rolldown.RolldownOutput['output']> {
  const { config } = targets.renderer;
  const built = await build({
    ...config,
    plugins: await config.plugins(),
    configFile: false,
    logLevel: 'error',
    build: { ...config.build, write: false, minify: false },
  });
  return (built as Rolldown.RolldownOutput).output;
}

const notWanted =
  /\/node_modules\/(zod|@internationalized\/number)\/|\/core\/(zod|contract)\/|\/react-aria-components\/.*\/(Dialog|ListBox|Menu|Popover|Toast|Tooltip)\./;

it('the first script brings the first screen, and no schema, list, menu or notice', async () => {
  const scripts = (await builtPage()).filter((file) => file.type === 'chunk');
  const modulesOf = (wanted: string) =>
    scripts.filter(({ name }) => name === wanted).flatMap(({ modules }) => Object.keys(modules));
  const first = modulesOf('start');
  expect(first.some((path) => path.endsWith('/renderer/features/first-run/first-run-page.tsx'))).toBe(true);
  expect(first.filter((path) => notWanted.test(path))).toEqual([]);
  // the browser's own formats take their time to be made: none before the first drawing
  const code = scripts.filter(({ name }) => name === 'start').map((script) => script.code);
  expect(code.join('\n').match(/^(?:const|let|var) \S+ = new Intl\..*$|supportedLocalesOf/gm)).toBeNull();
  // the names are as meant: each of them is somewhere
  expect(
    [...modulesOf('answers'), ...modulesOf('later')].filter((path) => notWanted.test(path)).length,
  ).toBeGreaterThan(10);
});
