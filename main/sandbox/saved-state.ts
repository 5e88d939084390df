import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from '../../core/zod';
import { sandboxTroubleSchema, type SandboxTrouble } from '../../core/domain/practice-trouble';
import { isScenarioName, loadScenario, scenarioNames } from './scenario-catalog';
import { scenarioSchema, type Scenario } from './scenario';
import { sandboxSnapshotSchema, type SandboxSnapshot } from './snapshot';

/** What `--state` keeps. The key makes the sandbox's credentials the same again; it opens nothing but this sandbox. */
export type SavedState = { readonly signingKey: Uint8Array; readonly snapshot: SandboxSnapshot };

const fileSchema = z.strictObject({
  version: z.literal(1),
  signingKey: z.base64().min(43),
  snapshot: sandboxSnapshotSchema,
});

function readJson(file: string, what: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${what} ${file} cannot be read: ${error instanceof Error ? error.message : ''}`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${what} ${file} is not JSON.`, { cause: error });
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(`${what} does not have the shape of one:\n${z.prettifyError(result.error)}`);
}

/** A state saved before; `undefined` where there is no such file yet. Throws, in words for a person, for any other file. */
export function readState(file: string): SavedState | undefined {
  if (!existsSync(file)) return undefined;
  const { signingKey, snapshot } = parsed(fileSchema, readJson(file, 'The state file'), `The state file ${file}`);
  return { signingKey: Buffer.from(signingKey, 'base64'), snapshot };
}

/** Replaces the file whole, readable by its owner only: a crash leaves the old one or the new one. */
export function writeState(file: string, { signingKey, snapshot }: SavedState): void {
  const text = JSON.stringify({ version: 1, signingKey: Buffer.from(signingKey).toString('base64'), snapshot });
  const temporary = `${file}.${String(process.pid)}.tmp`;
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
}

/** A scenario by its name or from a file. Throws, in words for a person. */
export async function readScenario(nameOrFile: string): Promise<Scenario> {
  if (isScenarioName(nameOrFile)) return await loadScenario(nameOrFile);
  if (!/[./\\]/.test(nameOrFile))
    throw new Error(`there is no scenario “${nameOrFile}”. There are: ${scenarioNames.join(', ')}`);
  return parsed(scenarioSchema, readJson(nameOrFile, 'The scenario'), `The scenario ${nameOrFile}`);
}

/** Trouble as JSON text. Throws, in words for a person. */
export function readTrouble(text: string): SandboxTrouble {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('--trouble takes JSON, such as {"throttling":0.5}');
  }
  return parsed(sandboxTroubleSchema, value, '--trouble');
}
