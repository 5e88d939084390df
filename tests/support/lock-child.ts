/**
 * A process of its own for tests of locks: takes the lock, says so, and works under it by the arguments. With `count` it
 * adds one to a number in a file as nobody could who is not alone; with `hang` it never gives the lock back.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { SystemClock } from '../../main/platform/system-clock';
import { takeLock } from '../../main/store/lock-file';

const [lock = '', act = '', counter = '', times = '1'] = process.argv.slice(2);
const clock = new SystemClock();

for (let turn = 0; turn < Number(times); turn += 1) {
  const taken = await takeLock(lock, { clock, staleAfterMs: 60_000, patienceMs: 60_000 });
  if (!taken.ok) throw new Error(taken.error.message);
  if (act === 'hang') {
    process.stdout.write('held\n');
    await clock.wait(600_000);
  }
  const before = Number(readFileSync(counter, 'utf8'));
  await clock.wait(2);
  writeFileSync(counter, String(before + 1));
  taken.value();
}
