import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { UpdateFile } from '../../core/domain/update';
import { err, ok, type Result } from '../../core/result';
import { Broken } from './read-answer';
import { notKept, notTheSame } from './update-words';

/**
 * SECURITY(S-33): under its name only once every byte was proved to be the publisher's; nothing is left otherwise.
 * `onLoaded` hears how many bytes there are. Throws what the network did.
 */
export async function keepFile(
  pieces: AsyncIterable<Buffer>,
  { bytes, name, sha512 }: UpdateFile,
  path: string,
  onLoaded: (loaded: number) => void,
): Promise<Result<void>> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(partOf(path), { force: true });
    // never through somebody else's file or link
    const file = await open(partOf(path), 'wx', 0o600);
    const hash = createHash('sha512');
    let loaded = 0;
    try {
      for await (const piece of pieces) {
        loaded += piece.length;
        if (loaded > bytes) return err(notTheSame);
        hash.update(piece);
        await file.write(piece);
        onLoaded(loaded);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (loaded !== bytes || hash.digest('base64') !== sha512) return err(notTheSame);
    renameSync(partOf(path), path);
    return ok(undefined);
  } catch (error) {
    if (error instanceof Broken) throw error;
    return err(notKept(name, error));
  } finally {
    dropPart(path);
  }
}

/** What has come of it so far. What cannot be deleted is in the way of the next, which says so. */
export function dropPart(path: string): void {
  try {
    rmSync(partOf(path), { force: true });
  } catch {
    // said when it is loaded again
  }
}

function partOf(path: string): string {
  return `${path}.part`;
}
