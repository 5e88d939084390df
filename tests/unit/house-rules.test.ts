import { ESLint } from 'eslint';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Rules without types, so that a snippet may claim to be a file that is not there. */
const untyped = new ESLint({
  cwd: root,
  overrideConfig: [
    { files: ['**/*.ts', '**/*.tsx'], languageOptions: { parserOptions: { projectService: false } } },
    ...(await withoutTypedRules()),
  ],
});

/** Rules with types look at a snippet as if it were the text of a file that is there. */
const typed = new ESLint({ cwd: root });

async function withoutTypedRules() {
  const { default: tseslint } = await import('typescript-eslint');
  return [{ ...tseslint.configs.disableTypeChecked, files: ['**/*.ts', '**/*.tsx'] }];
}

async function rulesBroken(linter: ESLint, filePath: string, code: string): Promise<readonly (string | null)[]> {
  const results = await linter.lintText(code, { filePath: `${root}${filePath}` });
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
}

const boundaries = 'house/boundaries';
const syntax = 'no-restricted-syntax';

describe('house rules: each one fires where it should and is silent where it should be', () => {
  it.each([
    // the import rules
    ['core/domain/planted.ts', `import { join } from 'node:path'; join();`, boundaries],
    ['core/domain/planted.ts', `export { app } from 'electron';`, boundaries],
    [
      'core/domain/planted.ts',
      `import type { Clock } from '../../main/platform/clock'; export type A = Clock;`,
      boundaries,
    ],
    ['core/domain/planted.ts', `export type A = import('react').ReactNode;`, boundaries],
    ['renderer/app/planted.tsx', `import { a } from '../../main/app'; a();`, boundaries],
    ['renderer/app/planted.tsx', `import { a } from 'electron'; a();`, boundaries],
    ['renderer/app/planted.tsx', `import { a } from 'node:fs'; a();`, boundaries],
    ['renderer/app/planted.tsx', `import { a } from '@aws-sdk/client-sts'; a();`, boundaries],
    ['renderer/features/one/planted.tsx', `import { a } from '../two/hooks/use-two'; a();`, boundaries],
    ['main/sessions/planted.ts', `import { a } from '../../renderer/ui/button'; a();`, boundaries],
    ['main/sessions/planted.ts', `import { app } from 'electron'; app();`, boundaries],
    ['main/sessions/planted.ts', `import { a } from '@aws-sdk/client-sts'; a();`, boundaries],
    ['main/sessions/planted.ts', `export const a = () => import('@smithy/types');`, boundaries],
    ['main/sessions/planted.ts', `import { a } from 'electron-store'; a();`, boundaries],
    ['main/sessions/planted.ts', `import { a } from 'keytar'; a();`, boundaries],
    ['main/sessions/planted.ts', `import { setTimeout as a } from 'node:timers/promises'; a();`, boundaries],
    ['preload/index.ts', `import { a } from '../main/app'; a();`, boundaries],
    ['core/domain/planted.ts', `import { z } from 'zod'; export const a = z.string();`, boundaries],
    ['main/sessions/planted.ts', `import { z } from 'zod'; export const a = z.string();`, boundaries],
    ['renderer/ipc/planted.ts', `import { z } from 'zod'; export const a = z.string();`, boundaries],
    // the three doors
    ['main/sessions/planted.ts', `export const a = (ipcMain: unknown) => ipcMain;`, syntax],
    ['main/app.ts', `import { ipcMain } from 'electron'; ipcMain;`, syntax],
    ['preload/other.ts', `import { contextBridge } from 'electron'; contextBridge;`, syntax],
    ['preload/other.ts', `import { ipcRenderer } from 'electron'; ipcRenderer;`, syntax],
    ['renderer/app/planted.tsx', `export const a = window.sallyport;`, syntax],
    ['renderer/app/planted.tsx', `export const a = globalThis['sallyport'];`, syntax],
    ['renderer/app/planted.tsx', `export const { sallyport } = window;`, syntax],
    // time
    ['main/sessions/planted.ts', `export const a = Date.now();`, syntax],
    ['main/sessions/planted.ts', `export const a = new Date();`, syntax],
    ['renderer/app/planted.tsx', `setInterval(() => {}, 1000);`, syntax],
    ['renderer/app/planted.tsx', `window.setTimeout(() => {}, 1000);`, syntax],
    ['main/aws/planted.ts', `export const a = AbortSignal.timeout(1000);`, syntax],
    ['core/domain/planted.ts', `export const a = performance.now();`, syntax],
    // the rest
    ['main/sessions/planted.ts', `console.log('a');`, 'no-console'],
    ['renderer/app/planted.tsx', `console.error('a');`, 'no-console'],
    ['renderer/app/planted.tsx', `export const a = <p dangerouslySetInnerHTML={{ __html: '' }} />;`, syntax],
    [
      'renderer/app/planted.tsx',
      `import { useState } from 'react'; if (1) { useState(1); }`,
      'react-hooks/rules-of-hooks',
    ],
    ['main/sessions/planted.ts', `export const a: any = 1;`, '@typescript-eslint/no-explicit-any'],
    [
      'main/sessions/planted.ts',
      `import { B } from './b'; export type A = B;`,
      '@typescript-eslint/consistent-type-imports',
    ],
  ])('%s: %s → %s', async (filePath, code, rule) => {
    expect(await rulesBroken(untyped, filePath, code)).toContain(rule);
  });

  it.each([
    ['core/zod/planted.ts', `import * as zod from 'zod'; export const a = zod.string();`],
    ['core/domain/planted.ts', `import { z } from '../zod'; export const a = z.string();`],
    ['core/domain/planted.ts', `export const a = (at: number) => new Date(at).toISOString();`],
    ['main/aws/planted.ts', `export const a = () => import('@aws-sdk/client-sts');`],
    ['main/sandbox/planted.ts', `import { HttpResponse } from '@smithy/protocol-http'; export const a = HttpResponse;`],
    ['main/shell/planted.ts', `import { app } from 'electron'; export const a = app;`],
    ['main/ipc/register.ts', `import { ipcMain } from 'electron'; export const a = ipcMain;`],
    ['main/platform/planted.ts', `export const a = () => setTimeout(() => {}, Date.now());`],
    ['preload/index.ts', `import { contextBridge, ipcRenderer } from 'electron'; contextBridge.a(ipcRenderer);`],
    ['renderer/ipc/client.ts', `export const a = window.sallyport;`],
    ['renderer/app/clock.ts', `export const a = () => Date.now();`],
    ['renderer/features/one/planted.tsx', `import { a } from '../two'; export const b = a;`],
    ['renderer/features/one/hooks/planted.tsx', `import { a } from '../parts/a'; export const b = a;`],
  ])('%s: %s is allowed', async (filePath, code) => {
    expect(await rulesBroken(untyped, filePath, code)).toEqual([]);
  });

  it.each([
    ['core/result.ts', `export const a = async () => 1; a();`, '@typescript-eslint/no-floating-promises'],
    [
      'core/result.ts',
      `export const a = (b: 'x' | 'y') => { switch (b) { case 'x': return 1; } return 2; };`,
      '@typescript-eslint/switch-exhaustiveness-check',
    ],
    [
      'main/secrets/secret-store.ts',
      `export const a = JSON.parse('1').b;`,
      '@typescript-eslint/no-unsafe-member-access',
    ],
  ])('with types, %s: %s → %s', async (filePath, code, rule) => {
    expect(await rulesBroken(typed, filePath, code)).toContain(rule);
  });
});
