import { readdirSync, readFileSync } from 'node:fs';

/** All processes under one, itself included, as /proc has them now. */
export function processTree(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = statFields(Number(name))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const tree = [pid];
  for (const one of tree) {
    for (const [child, parent] of parents) if (parent === one && !tree.includes(child)) tree.push(child);
  }
  return tree.filter((one) => parents.has(one));
}

/**
 * Memory in MB. `pss` shares each common page out among the processes that have it, so that its sum is what the app
 * costs the machine; `rss` counts such pages once for each process.
 */
export function memoryOf(pids: readonly number[]): { readonly pss: number; readonly rss: number } {
  let pss = 0;
  let rss = 0;
  for (const pid of pids) {
    try {
      const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      pss += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
      rss += Number(/^Rss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    } catch {
      // It ended in the meantime.
    }
  }
  return { pss: pss / 1024, rss: rss / 1024 };
}

/** Seconds of processor time that the processes have used so far. */
export function processorSeconds(pids: readonly number[]): number {
  const ticksPerSecond = 100;
  let ticks = 0;
  for (const pid of pids) {
    const fields = statFields(pid);
    if (fields) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / ticksPerSecond;
}

/** The fields of /proc/PID/stat from the third (state) on: 1 is the parent, 11 and 12 user and system ticks. */
function statFields(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
