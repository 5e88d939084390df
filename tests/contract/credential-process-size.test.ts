import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleForNode } from '../support/bundle';

/** Bytes. With a schema library it would be four times as much, with the SDK twenty times, and every tool would wait for it. */
const most = 60_000;

/** What is read before the first line of a program runs: its own file, and what it imports by name. */
function readAtOnce(path: string, seen = new Map<string, string>()): ReadonlyMap<string, string> {
  if (seen.has(path)) return seen;
  const text = readFileSync(path, 'utf8');
  seen.set(path, text);
  for (const [, file = ''] of text.matchAll(/^(?:import|export)[^;]*?from "(\.[^"]+)"/gm)) {
    readAtOnce(join(dirname(path), file), seen);
  }
  for (const [, file = ''] of text.matchAll(/^import "(\.[^"]+)"/gm)) readAtOnce(join(dirname(path), file), seen);
  return seen;
}

it('a credential process loads what it needs to read one record, and renewing only when there is something to renew', async () => {
  const files = readAtOnce(await bundleForNode('credential-process-child'));
  const text = [...files.values()].join('\n');
  expect(text).toContain('Expiration: new Date(');
  expect(text.length).toBeLessThan(most);
  expect(text).not.toContain('AssumeRoleCommand');
  expect(text).not.toContain('ZodType');
}, 60_000);
