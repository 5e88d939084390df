/** Changes one collection over and over until it is killed: what it said was written must be there afterwards. */
import { z } from '../../core/zod';
import { openCollection } from '../../main/store/file-collection';

const directory = process.argv[2] ?? '';
const record = z.strictObject({ id: z.string(), count: z.int(), filler: z.string() });
const collection = openCollection(
  { name: 'counted', record, version: 1, migrations: [], most: 100 },
  { directory, now: () => 0 },
);
const filler = 'x'.repeat(40_000);
for (let count = (collection.find('last')?.count ?? 0) + 1; ; count += 1) {
  const written = collection.change({ put: [{ id: 'last', count, filler }], remove: [`of-${String(count % 7)}`] });
  if (!written.ok) throw new Error(written.error.message);
  process.stdout.write(`${String(count)}\n`);
}
