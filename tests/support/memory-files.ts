import { ok, type Result } from '../../core/result';
import type { LateFile, PersonFiles, TextFile } from '../../main/platform/person-files';

/** A person who saves everything. */
export class MemoryFiles implements PersonFiles {
  readonly saved = new Map<string, string>();
  /** The same of files that were made late, to the byte. */
  readonly bytes = new Map<string, Buffer>();
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

  async saveFile(file: TextFile | LateFile): Promise<Result<string | undefined>> {
    if (this.isUnwilling) return ok(undefined);
    const content = 'make' in file ? await file.make() : ok(file.text);
    if (!content.ok) return content;
    const bytes = Buffer.from(content.value as Uint8Array);
    this.saved.set(file.name, bytes.toString('utf8'));
    this.bytes.set(file.name, bytes);
    return ok(`/home/person/${file.name}`);
  }
}
