import { ok, type Result } from '../../core/result';
import type { PersonFiles, TextFile } from '../../main/platform/person-files';

/** A person who saves everything. */
export class MemoryFiles implements PersonFiles {
  readonly saved = new Map<string, string>();
  /** They close the dialog instead. */
  isUnwilling = false;
  /** What they choose to import from. */
  toImport: string | undefined;

  chooseImport(): Promise<string | undefined> {
    return Promise.resolve(this.toImport);
  }

  saveFolder(folderName: string, files: readonly TextFile[]): Promise<Result<string | undefined>> {
    if (this.isUnwilling) return Promise.resolve(ok(undefined));
    for (const { name, text } of files) this.saved.set(`${folderName}/${name}`, text);
    return Promise.resolve(ok(`/home/person/${folderName}`));
  }

  saveFile({ name, text }: TextFile): Promise<Result<string | undefined>> {
    if (this.isUnwilling) return Promise.resolve(ok(undefined));
    this.saved.set(name, text);
    return Promise.resolve(ok(`/home/person/${name}`));
  }
}
