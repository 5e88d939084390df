import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * Vite plugin for the preload bundle: puts the value of core/contract/names.ts where the module stands. The names still
 * come from the contract alone, and the preload carries no schema library.
 */
export function contractNames() {
  const file = join(root, 'core/contract/names.ts');
  return {
    name: 'contract-names',
    async load(id) {
      if (id !== file) return undefined;
      const { callNames, eventNames } = await evaluate(file);
      return `export const callNames = ${JSON.stringify(callNames)};\nexport const eventNames = ${JSON.stringify(eventNames)};\n`;
    },
  };
}

async function evaluate(file) {
  const { build } = await import('vite');
  const { output } = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: { ssr: file, write: false, rolldownOptions: { output: { format: 'es', codeSplitting: false } } },
    ssr: { target: 'node', noExternal: true },
  });
  return import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`);
}
