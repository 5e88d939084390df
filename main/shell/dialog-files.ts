import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BrowserWindow, Dialog } from 'electron';
import type { AppError } from '../../core/app-error';
import { err, ok, type Result } from '../../core/result';
import type { PersonFiles, TextFile } from '../platform/person-files';
import { appError } from '../workspace-context';

/** The system's own dialogs over our window. */
export class DialogFiles implements PersonFiles {
  readonly #dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly #window: () => BrowserWindow | undefined;

  constructor(dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>, window: () => BrowserWindow | undefined) {
    this.#dialog = dialog;
    this.#window = window;
  }

  async saveFolder(folderName: string, files: readonly TextFile[]): Promise<Result<string | undefined>> {
    const window = this.#window();
    if (window === undefined) return ok(undefined);
    const chosen = await this.#dialog.showOpenDialog(window, {
      title: `Where to make the folder ${folderName}`,
      buttonLabel: 'Save here',
      properties: ['openDirectory', 'createDirectory'],
    });
    const [parent] = chosen.filePaths;
    if (chosen.canceled || parent === undefined) return ok(undefined);
    const folder = join(parent, folderName);
    if (existsSync(folder)) {
      return err(
        appError('not-possible', `There is something named ${folderName} in that folder already.`, {
          whatDidNotChange: 'It was not touched, and nothing was written.',
          whatToDo: 'Choose another folder, or move it away.',
          retryable: true,
          remedies: [{ kind: 'retry' }],
        }),
      );
    }
    try {
      mkdirSync(folder);
      for (const { name, text } of files) writeFileSync(join(folder, name), text, { flag: 'wx' });
      return ok(folder);
    } catch (error) {
      return err(unwritable(folder, error));
    }
  }

  async saveFile({ name, text }: TextFile): Promise<Result<string | undefined>> {
    const window = this.#window();
    if (window === undefined) return ok(undefined);
    // The dialog itself asks before a file is replaced.
    const chosen = await this.#dialog.showSaveDialog(window, { defaultPath: name });
    if (chosen.canceled || chosen.filePath === '') return ok(undefined);
    try {
      writeFileSync(chosen.filePath, text);
      return ok(chosen.filePath);
    } catch (error) {
      return err(unwritable(chosen.filePath, error));
    }
  }

  async openFile(extensions: readonly string[], maximumBytes: number): Promise<Result<TextFile | undefined>> {
    const window = this.#window();
    if (window === undefined) return ok(undefined);
    const chosen = await this.#dialog.showOpenDialog(window, {
      properties: ['openFile'],
      filters: [{ name: extensions.map((extension) => `.${extension}`).join(', '), extensions: [...extensions] }],
    });
    const [path] = chosen.filePaths;
    if (chosen.canceled || path === undefined) return ok(undefined);
    return readTextFile(path, maximumBytes);
  }
}

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

function unwritable(path: string, error: unknown): AppError {
  return appError('not-possible', `${basename(path)} cannot be written there.`, {
    whatDidNotChange: 'Nothing that was there was written over.',
    whatToDo: 'Choose a folder that you may write to.',
    detail: error instanceof Error ? error.message : String(error),
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}
