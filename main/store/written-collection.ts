import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentOf, readChanges, Records, type CollectionSpec, type Kept } from './collection';
import { codeOf } from './store-error';
import { WrittenDocument } from './written-document';

/** The records of a collection as the app wrote them, for a process beside the app. `folder` is absolute; nothing is written. */
export function readWrittenCollection<T extends Kept>(spec: CollectionSpec<T>, folder: string): readonly T[] {
  const records = new Records(spec, new WrittenDocument(documentOf(spec), folder).read()[spec.name] ?? []);
  try {
    const text = readFileSync(join(folder, `${spec.name}.changes.jsonl`), 'utf8');
    for (const change of readChanges(spec, text).changes) records.apply(change);
  } catch (error) {
    // nothing changed since, or the app will say that it cannot be read
    if (codeOf(error) === undefined) throw error;
  }
  return records.all();
}
