import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

/**
 * The app ends as by a power cut, right after it has written down how far it came for the n-th time: with nothing said to
 * it, in the middle of whatever it does. To be called before anything of the app is loaded, which takes hold of these calls.
 */
export function dieAtWrite(count: number): void {
  let left = count;
  const wrote = (path: string): void => {
    if (!journals.test(basename(path))) return;
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
    wrote(fs.readlinkSync(`/proc/self/fd/${String(file)}`));
  };
  syncBuiltinESMExports();
}

/** Files in which it stands what was begun and what is done. */
const journals = /^(?:drafts|sub-accounts|sources|receipts|guard-rails|connections\.changes)\.jsonl?$/;
