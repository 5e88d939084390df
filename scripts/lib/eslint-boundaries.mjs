import { dirname, posix, relative, resolve, sep } from 'node:path';
import { root } from './paths.mjs';

/**
 * The import rules of docs/architecture.md. Each zone says which folders of ours it may import from and which
 * packages; the first zone whose `files` fits a file counts.
 */
const sdk = /^@(aws-sdk|smithy)\//;
const electronOnly = /^(main\/(index|app|services)\.ts$|main\/(shell|security|ipc|platform|store)\/)/;
const timers = /^(node:)?timers(\/promises)?$/;

const zones = [
  {
    files: /^core\/zod\//,
    folders: ['core'],
    packages: (name) => name === 'zod',
    because: 'core/zod is zod and nothing else',
  },
  {
    files: /^core\//,
    folders: ['core'],
    packages: () => false,
    because: 'core is pure: zod, through core/zod, and itself only',
  },
  {
    files: /^preload\//,
    folders: ['core', 'preload'],
    packages: (name) => name === 'electron',
    because: 'the preload is one small bundle: electron and the contract only',
  },
  {
    files: /^renderer\//,
    folders: ['core', 'renderer', 'assets'],
    packages: (name) => !/^(electron|electron-store|keytar|zod)$|^node:/.test(name) && !sdk.test(name),
    because: 'the page knows nothing of main, Electron, Node or the SDK; zod comes from core/zod',
  },
  {
    files: /^main\//,
    folders: ['core', 'main'],
    packages: (name, file) =>
      (name !== 'electron' || electronOnly.test(file)) &&
      (!sdk.test(name) || /^main\/(aws|sandbox)\//.test(file)) &&
      (name !== 'electron-store' || file.startsWith('main/store/')) &&
      (name !== 'keytar' || file.startsWith('main/secrets/')) &&
      (!timers.test(name) || file.startsWith('main/platform/')) &&
      !/^(zod|react|react-dom|react-aria-components|react-router|@tanstack\/.*)$/.test(name),
    because:
      'electron stays in index, app, shell, security, ipc, platform and store; the SDK in aws and sandbox; ' +
      'electron-store in store; keytar in secrets; timers in platform; zod comes from core/zod; the page out of main',
  },
];

const featureInside = /^renderer\/features\/([^/]+)\/(.+)$/;

/** Why `file` may not import `source`, or `undefined` when it may. Both paths are relative to the clone, with `/`. */
export function whyForbidden(file, source) {
  const zone = zones.find(({ files }) => files.test(file));
  if (zone === undefined) return undefined;
  if (!source.startsWith('.')) return zone.packages(source, file) ? undefined : zone.because;
  const target = posix.normalize(posix.join(posix.dirname(file), source));
  if (!zone.folders.includes(target.split('/')[0])) return zone.because;
  const inside = featureInside.exec(target);
  const own = featureInside.exec(file)?.[1];
  if (inside && inside[1] !== own && !/^index(\.[jt]sx?)?$/.test(inside[2])) {
    return "a feature's only entry is its index";
  }
  return undefined;
}

/** An ESLint rule around `whyForbidden`. */
export const boundaries = {
  meta: { type: 'problem', schema: [], messages: { forbidden: '{{source}} may not be imported here: {{why}}' } },
  create(context) {
    const file = relative(root, resolve(dirname(context.filename), context.filename))
      .split(sep)
      .join('/');
    const check = (node, source) => {
      if (typeof source?.value !== 'string') return;
      const why = whyForbidden(file, source.value);
      if (why) context.report({ node, messageId: 'forbidden', data: { source: source.value, why } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal),
      TSExternalModuleReference: (node) => check(node, node.expression),
    };
  },
};
