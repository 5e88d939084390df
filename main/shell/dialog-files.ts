import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BrowserWindow, Dialog } from 'electron';
import type { AppError } from '../../core/app-error';
import { err, ok, type Result } from '../../core/result';
import type { LateFile, PersonFiles, TextFile } from '../platform/person-files';
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

  async saveFile(file: TextFile | LateFile): Promise<Result<string | undefined>> {
    const window = this.#window();
    if (window === undefined) return ok(undefined);
    // The dialog itself asks before a file is replaced.
    const chosen = await this.#dialog.showSaveDialog(window, { defaultPath: file.name });
    if (chosen.canceled || chosen.filePath === '') return ok(undefined);
    const content = 'make' in file ? await file.make() : ok(file.text);
    if (!content.ok) return content;
    try {
      writeFileSync(chosen.filePath, content.value);
      return ok(chosen.filePath);
    } catch (error) {
      return err(unwritable(chosen.filePath, error));
    }
  }

  async chooseImport(): Promise<string | undefined> {
    const window = this.#window();
    if (window === undefined) return undefined;
    const chosen = await this.#dialog.showOpenDialog(window, {
      title: 'Import roles from',
      // such files have no ending, and lie in folders that are hidden
      properties: ['openFile', 'showHiddenFiles'],
    });
    return chosen.canceled ? undefined : chosen.filePaths[0];
  }

  /** The path of a request or a reply that somebody sent. Not read here. */
  async chooseExchangeFile(): Promise<string | undefined> {
    const window = this.#window();
    if (window === undefined) return undefined;
    const chosen = await this.#dialog.showOpenDialog(window, {
      title: 'Open a request or a reply',
      properties: ['openFile'],
      // the system knows a file by the last part of its name only
      filters: [
        { name: 'Requests and replies', extensions: ['json'] },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    return chosen.canceled ? undefined : chosen.filePaths[0];
  }

  /** The path of a file of certificates that the person wants trusted; it is not read here. */
  async chooseCertificates(): Promise<string | undefined> {
    const window = this.#window();
    if (window === undefined) return undefined;
    const chosen = await this.#dialog.showOpenDialog(window, {
      title: 'Certificates to trust',
      properties: ['openFile'],
      filters: [
        { name: 'Certificates (PEM)', extensions: ['pem', 'crt', 'cer'] },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    return chosen.canceled ? undefined : chosen.filePaths[0];
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
