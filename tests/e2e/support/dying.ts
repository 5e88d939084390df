import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

declare global {
  /** For `evaluate` from a test: from now on, at so many records the app ends as by a power cut. */
  var sallyportDieAtWrite: ((count: number) => void) | undefined;
}

/**
 * Makes the app able to end as by a power cut, right after it has written down how far it came for the n-th time: with
 * nothing said to it, in the middle of whatever it does. To be called before anything of the app is loaded, which takes
 * hold of these calls. `count`: from the start on; 0 is never.
 */
export function canDieAtWrite(count: number): void {
  let left = count;
  globalThis.sallyportDieAtWrite = (next) => {
    left = next;
  };
  const wrote = (path: string): void => {
    if (left === 0 || !journals.test(basename(path))) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
  const { fdatasyncSync, renameSync } = fs;
  fs.renameSync = (from, to) => {
    renameSync(from, to);
    wrote(String(to));
  };
  fs.fdatasyncSync = (file) => {
    fdatasyncSync(file);
    if (left > 0) wrote(fs.readlinkSync(`/proc/self/fd/${String(file)}`));
  };
  syncBuiltinESMExports();
}

/** Files in which it stands what was begun and what is done. */
const journals = /^(?:drafts|sub-accounts|sources|receipts|guard-rails|connections\.changes)\.jsonl?$/;
