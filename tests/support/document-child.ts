/** Writes one document over and over until it is killed: whatever the moment, the file must be whole afterwards. */
import { z } from '../../core/zod';
import { openDocument } from '../../main/store/file-document';

const directory = process.argv[2] ?? '';
const schema = z.strictObject({ count: z.int(), filler: z.string() });
const document = openDocument(
  { name: 'counted', schema, version: 1, migrations: [], empty: { count: 0, filler: '' } },
  { directory, now: () => 0 },
);
for (;;) {
  const written = document.update(({ count }) => ({ count: count + 1, filler: String(count).repeat(200_000) }));
  if (!written.ok) throw new Error(written.error.message);
  process.stdout.write('.');
}
