import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Every file below a folder in which the text stands. */
export function filesHolding(folder: string, text: string): string[] {
  return filesBelow(folder).filter((path) => readFileSync(path).includes(text));
}

/** Names of the files right in a folder, in order. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder).sort();
}

/** The bytes of every file below a folder, in hexadecimal SHA-256, by path. */
export function bytesBelow(folder: string): Readonly<Record<string, string>> {
  const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return Object.fromEntries(filesBelow(folder).map((path) => [path, hash(path)]));
}

export function writeBelow(folder: string, path: string, text: string): void {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
