import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentOf, readChanges, Records, type CollectionSpec, type Kept } from './collection';
import { codeOf } from './store-error';
import { WrittenDocument } from './written-document';

/** The records of a collection as the app wrote them, for a process beside the app. `folder` is absolute; nothing is written. */
export function readWrittenCollection<T extends Kept>(spec: CollectionSpec<T>, folder: string): readonly T[] {
  // the lines first: should the app put them into the document meanwhile, they only say the same again
  const { changes } = readChanges(spec, linesOf(join(folder, `${spec.name}.changes.jsonl`)));
  const records = new Records(spec, new WrittenDocument(documentOf(spec), folder).read()[spec.name] ?? []);
  for (const change of changes) records.apply(change);
  return records.all();
}

function linesOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // nothing changed since, or the app will say that it cannot be read
    if (codeOf(error) === undefined) throw error;
    return '';
  }
}
