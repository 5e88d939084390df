/**
 * Writes a collection, a document and the audit log onto a small disk until each is refused, makes room, and writes again.
 * Says at the end, as one line of JSON, what each said and what another start finds there.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '../../core/zod';
import type { Result } from '../../core/result';
import { checkChain } from '../../main/store/audit-chain';
import { AuditLog } from '../../main/store/audit-log';
import { openCollection } from '../../main/store/file-collection';
import { openDocument } from '../../main/store/file-document';

export type DiskFullReport = Readonly<
  Record<
    'collection' | 'document' | 'log',
    {
      /** what was said to be written before the disk was full */
      readonly written: number;
      readonly refusal: string;
      readonly keptAfterRefusal: number;
      readonly writesAgain: boolean;
      readonly foundByNextStart: number;
    }
  >
> & {
  /** places in the log between which a line is missing */
  readonly broken: number;
};

const directory = process.argv[2] ?? '';
const place = { directory, now: () => 0 };
const filler = join(directory, 'filler');
const text = 'x'.repeat(2_000);

const record = z.strictObject({ id: z.string(), text: z.string() });
const collections = { name: 'things', record, version: 1, migrations: [], most: 10_000 };
const numbers = {
  ...{ name: 'numbers', schema: z.strictObject({ all: z.array(z.string()) }), version: 1, migrations: [] },
  empty: { all: [] },
};
const logPath = join(directory, 'audit.jsonl');

/** Leaves so much room that a few writes go well: between 24 and 44 kB. */
function fill(): void {
  for (let size = 500_000; size > 0; size -= 20_000) {
    try {
      writeFileSync(filler, 'y'.repeat(size));
      writeFileSync(filler, 'y'.repeat(Math.max(0, size - 24_000)));
      return;
    } catch {
      // less, then
    }
  }
}

function measure(write: (number: number) => Result<unknown>, count: () => number, again: () => number) {
  fill();
  let written = 0;
  let refusal = '';
  for (; written < 1_000; written += 1) {
    const answer = write(written);
    if (answer.ok) continue;
    refusal = `${answer.error.kind}: ${answer.error.message}`;
    break;
  }
  const keptAfterRefusal = count();
  rmSync(filler, { force: true });
  const writesAgain = write(written).ok;
  return { written, refusal, keptAfterRefusal, writesAgain, foundByNextStart: again() };
}

const collection = openCollection(collections, place);
const document = openDocument(numbers, place);
const log = new AuditLog(logPath, () => 0);
/** Two are written at once: where one of them alone is there it is not a whole number. */
const lines = () =>
  (existsSync(logPath) ? readFileSync(logPath, 'utf8') : '')
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.endsWith('}')).length / 2;

const report: DiskFullReport = {
  collection: measure(
    (number) => collection.change({ put: [{ id: String(number), text }] }),
    () => collection.all().length,
    () => openCollection(collections, place).all().length,
  ),
  document: measure(
    (number) => document.update(({ all }) => ({ all: [...all, `${String(number)} ${text}`] })),
    () => document.read().all.length,
    () => openDocument(numbers, place).read().all.length,
  ),
  log: measure(
    (number) => log.append(...[1, 2].map((of) => ({ act: 'session.renewed', subject: text, number, of }))),
    lines,
    lines,
  ),
  broken: checkChain(readFileSync(logPath)).broken,
};
process.stdout.write(`${JSON.stringify(report)}\n`);
