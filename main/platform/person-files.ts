import type { Result } from '../../core/result';

export type TextFile = { readonly name: string; readonly text: string };

/** What is made only once it is known where it goes: it may be large, or be made of a file that grows meanwhile. */
export type LateFile = { readonly name: string; readonly make: () => Promise<Result<string | Uint8Array>> };

/** Files where the person wants them, chosen in the system's own dialogs. `undefined`: they chose none. */
export interface PersonFiles {
  /** Makes `folderName` in a folder of the person's choice and writes the files into it. Answers with its path; never writes over anything. */
  saveFolder(folderName: string, files: readonly TextFile[]): Promise<Result<string | undefined>>;
  /** Writes one file; the person may change its name. Answers with its path. A failure of `make` is the answer’s. */
  saveFile(file: TextFile | LateFile): Promise<Result<string | undefined>>;
  /** The path of a file of another tool's, to import roles from. Not read here. */
  chooseImport(): Promise<string | undefined>;
}
