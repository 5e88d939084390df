import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
  type BigIntStats,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { AppError } from '../../core/app-error';
import { err, ok, type Result } from '../../core/result';
import { appError } from '../workspace-context';
import { largestAwsFile } from '../aws/profiles';
import { codeOf } from '../store/store-error';
import { isForeignEncoding } from './profile-text';

/** A character is a byte. `bytes` is empty and `stats` absent where there is no file yet. */
export type AwsFile = { readonly path: string; readonly bytes: string; readonly stats?: BigIntStats };

const attempts = 3;

/**
 * Reads a shared AWS file that we are about to change.
 * SECURITY(S-24): a link, a file or folder of somebody else, or one that others may write is refused with the reason: what
 * we would put there could be read or changed by others, or land somewhere else.
 */
export function readAwsFile(path: string): Result<AwsFile> {
  const folder = statOf(dirname(path));
  if (folder instanceof Error) return err(unreadable(path, folder));
  if (folder !== undefined) {
    const why = whyOdd(folder, 'folder');
    if (why !== undefined) return err(refused(dirname(path), why));
  }
  const stats = statOf(path);
  if (stats instanceof Error) return err(unreadable(path, stats));
  if (stats === undefined) return ok({ path, bytes: '' });
  const why = whyOdd(stats, 'file');
  if (why !== undefined) return err(refused(path, why));
  try {
    const bytes = readFileSync(path).toString('latin1');
    return isForeignEncoding(bytes)
      ? err(refused(path, 'It is not plain text of one byte or UTF-8.'))
      : ok({ path, bytes, stats });
  } catch (error) {
    return err(unreadable(path, error));
  }
}

/**
 * Changes a shared AWS file: read, `change`, written whole beside it, flushed, and put in its place. A new file is for its
 * owner only (0600), an old one keeps its mode. When somebody else wrote meanwhile, it is begun again with what they wrote.
 *
 * @param change undefined leaves the file as it is
 * @param backUp keeps the file as it was, as `<name>.before-sallyport`, with the same mode
 */
export function changeAwsFile(
  path: string,
  change: (bytes: string) => Result<string | undefined>,
  backUp: (bytes: string) => boolean,
): Result<void> {
  const swept = removeHalves(path);
  if (!swept.ok) return swept;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const read = readAwsFile(path);
    if (!read.ok) return read;
    const { bytes, stats } = read.value;
    const changed = change(bytes);
    if (!changed.ok) return changed;
    if (changed.value === undefined || changed.value === bytes) return ok(undefined);
    const mode = stats === undefined ? 0o600 : Number(stats.mode & 0o777n);
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      if (stats !== undefined && backUp(bytes)) putInPlace(backupOf(path), bytes, mode, 'whatever');
      if (putInPlace(path, changed.value, mode, stats ?? 'nothing')) return ok(undefined);
    } catch (error) {
      return err(unwritable(path, error));
    }
  }
  return err(
    appError('not-possible', `Another program keeps writing to ${path}.`, {
      whatDidNotChange: 'The file is as that program left it.',
      whatToDo: 'Wait until it is done, then try again.',
      retryable: true,
      remedies: [{ kind: 'retry' }],
    }),
  );
}

/** Takes away the copy that `changeAwsFile` kept of the file. */
export function removeBackup(path: string): Result<void> {
  try {
    rmSync(backupOf(path), { force: true });
    return ok(undefined);
  } catch (error) {
    return err(unwritable(backupOf(path), error));
  }
}

function backupOf(path: string): string {
  return `${path}.before-sallyport`;
}

/** What is written before it takes the file's place: the random part follows. */
function freshOf(path: string): string {
  return `${path}.sallyport-`;
}

/** A process that was killed while it wrote may have left its half beside the file, with keys in it. */
function removeHalves(path: string): Result<void> {
  try {
    const half = basename(freshOf(path));
    const names = existsSync(dirname(path)) ? readdirSync(dirname(path)) : [];
    for (const name of names.filter((one) => one.startsWith(half))) rmSync(join(dirname(path), name), { force: true });
    return ok(undefined);
  } catch (error) {
    return err(unwritable(path, error));
  }
}

/** @returns false when what is in the place is no longer what is expected there */
function putInPlace(
  path: string,
  bytes: string,
  mode: number,
  expected: BigIntStats | 'nothing' | 'whatever',
): boolean {
  const fresh = `${freshOf(path)}${randomBytes(6).toString('hex')}`;
  try {
    const file = openSync(fresh, 'wx', mode);
    try {
      fchmodSync(file, mode);
      const all = Buffer.from(bytes, 'latin1');
      for (let at = 0; at < all.length;) at += writeSync(file, all, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (expected !== 'whatever' && !isExpected(statOf(path), expected)) return false;
    renameSync(fresh, path);
    flushFolder(dirname(path));
    return true;
  } finally {
    rmSync(fresh, { force: true });
  }
}

function isExpected(now: BigIntStats | Error | undefined, expected: BigIntStats | 'nothing'): boolean {
  if (now === undefined || expected === 'nothing') return now === undefined && expected === 'nothing';
  if (now instanceof Error) return false;
  return now.ino === expected.ino && now.size === expected.size && now.mtimeNs === expected.mtimeNs;
}

/**
 * A rename is on the disk when its folder is. Windows knows no such thing, and neither do some file systems of networks;
 * the file is in its place by then, so that is no failure.
 */
function flushFolder(folder: string): void {
  try {
    const file = openSync(folder, 'r');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch {
    // it is flushed when the system gets to it
  }
}

function statOf(path: string): BigIntStats | Error | undefined {
  try {
    return lstatSync(path, { bigint: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    return error instanceof Error ? error : new Error(String(error));
  }
}

function whyOdd(stats: BigIntStats, what: 'file' | 'folder'): string | undefined {
  if (stats.isSymbolicLink()) return 'It is a symbolic link, and writing would put a file in the link’s place.';
  if (what === 'folder' ? !stats.isDirectory() : !stats.isFile()) return `It is not a ${what}.`;
  if (what === 'file' && stats.nlink > 1n) return 'It has a second name, which would no longer be the same file.';
  if (what === 'file' && stats.size > BigInt(largestAwsFile)) return 'It is too large to be somebody’s profiles.';
  const { getuid } = process;
  if (getuid === undefined) return undefined;
  if (stats.uid !== BigInt(getuid())) return 'It belongs to another user.';
  return (stats.mode & 0o022n) === 0n ? undefined : 'Other users of this computer may write to it.';
}

function refused(path: string, why: string): AppError {
  return appError('not-possible', `Sallyport does not write to ${path}. ${why}`, {
    whatDidNotChange: 'The file was not touched.',
    whatToDo: 'Put that right and try again, or copy the lines below into the file yourself.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

function unreadable(path: string, error: unknown): AppError {
  return appError('store-unreadable', `${path} could not be read.`, {
    whatDidNotChange: 'The file was not touched.',
    whatToDo: 'Give yourself the right to read and write it, then try again.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
    ...(codeOf(error) === undefined ? {} : { detail: codeOf(error) }),
  });
}

function unwritable(path: string, error: unknown): AppError {
  return appError('store-unwritable', `${path} could not be written.`, {
    whatDidNotChange: 'The file is as it was.',
    whatToDo: 'See that the disk is not full and that you may write to the folder, then try again.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
    ...(codeOf(error) === undefined ? {} : { detail: codeOf(error) }),
  });
}
