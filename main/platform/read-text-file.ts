import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { err, ok, type Result } from '../../core/result';
import { appError } from '../workspace-context';
import type { TextFile } from './person-files';

/** A file as text. Error in words for one that is not there, is no file, or is too large. */
export function readTextFile(path: string, maximumBytes: number): Result<TextFile> {
  try {
    const { size } = statSync(path);
    if (!statSync(path).isFile() || size > maximumBytes) {
      return err(
        appError('invalid-input', `${basename(path)} is not a file of ${String(maximumBytes / 1024)} KiB or less.`, {
          whatDidNotChange: 'Nothing was read from it.',
          whatToDo: 'Choose the file that you were sent.',
        }),
      );
    }
    return ok({ name: basename(path), text: readFileSync(path, 'utf8') });
  } catch (error) {
    return err(
      appError('invalid-input', `${basename(path)} cannot be read.`, {
        whatDidNotChange: 'Nothing was read from it.',
        whatToDo: 'See that it is there, and that you may read it.',
        detail: error instanceof Error ? error.message : String(error),
      }),
    );
  }
}
