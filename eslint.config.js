import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { boundaries } from './scripts/lib/eslint-boundaries.mjs';

/** Architecture 11: time comes from a Clock, or tests and a wrong clock cannot be handled. */
const bareTime = [
  'MemberExpression[object.name="Date"][property.name="now"]',
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'CallExpression[callee.name="Date"]',
  'CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate)$/]',
  'MemberExpression[property.name=/^(setTimeout|setInterval|setImmediate)$/]',
  'MemberExpression[object.name="AbortSignal"][property.name="timeout"]',
  'MemberExpression[object.name="performance"][property.name="now"]',
].map((selector) => ({ selector, message: 'Take the time from a Clock (main/platform, renderer/app/clock.ts).' }));

/** Architecture, boundary 1: three doors between the processes. */
const door = (name, place) => [
  { selector: `Identifier[name="${name}"]`, message: `Only ${place} may name ${name}.` },
  { selector: `Literal[value="${name}"]`, message: `Only ${place} may name ${name}.` },
];
const mainDoor = door('ipcMain', 'main/ipc/register.ts');
const preloadDoors = [...door('ipcRenderer', 'preload/index.ts'), ...door('contextBridge', 'preload/index.ts')];
const pageDoor = [
  'MemberExpression[computed=false][property.name="sallyport"]',
  'MemberExpression[computed=true][property.value="sallyport"]',
  'ObjectPattern > Property[key.name="sallyport"]',
].map((selector) => ({ selector, message: 'Only renderer/ipc/client.ts may name window.sallyport.' }));

const rawHtml = [
  {
    selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
    message: 'Text is drawn by React; HTML from anywhere is not.',
  },
];

const restricted = (...lists) => ({ 'no-restricted-syntax': ['error', ...lists.flat()] });

const typescript = ['**/*.ts', '**/*.tsx'];
const product = ['main/**/*.ts', 'preload/**/*.ts', 'core/**/*.ts', 'renderer/**/*.ts', 'renderer/**/*.tsx'];

export default defineConfig(
  { ignores: ['dist/', '.cache/', 'test-results/', 'tour/**', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // The compiler knows better.
      'no-undef': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A port's double answers at once where the real thing waits.
      '@typescript-eslint/require-await': 'off',
      // Input is checked for control characters on purpose.
      'no-control-regex': 'off',
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    files: product,
    plugins: { house: { rules: { boundaries } } },
    rules: {
      'house/boundaries': 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      ...restricted(bareTime, mainDoor, preloadDoors, pageDoor, rawHtml),
    },
  },
  { files: ['main/platform/**/*.ts'], rules: restricted(mainDoor, preloadDoors, pageDoor) },
  { files: ['main/ipc/register.ts'], rules: restricted(bareTime, preloadDoors, pageDoor) },
  { files: ['preload/index.ts'], rules: restricted(bareTime, mainDoor, pageDoor) },
  { files: ['renderer/ipc/client.ts'], rules: restricted(bareTime, mainDoor, preloadDoors, rawHtml) },
  { files: ['renderer/app/clock.ts'], rules: restricted(mainDoor, preloadDoors, pageDoor) },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
    rules: { 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['scripts/**/*.mjs', '*.mjs', '*.js'],
    languageOptions: { globals: globals.node },
  },
  {
    // runs in Electron, and hands a part of itself to a page
    files: ['scripts/**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { ...globals.node, ...globals.browser } },
  },
  {
    files: ['tests/**/*.ts', 'tests/**/*.tsx'],
    rules: {
      // An assertion library's `expect(x).rejects` and friends read as unbound or as conditions the types rule out.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
