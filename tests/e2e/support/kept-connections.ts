import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../../core/domain/connection';
import { connectionsCollection } from '../../../main/connections/connections';
import { writtenChange, type Change } from '../../../main/store/collection';
import { readWrittenCollection } from '../../../main/store/written-collection';
import { connectInPractice } from '../screens/places';
import type { AppProcess } from './app-process';

/** The connection that the wizard makes in practice, and those that are put beside it while the app is closed. */
export async function startWithMore(
  launch: () => Promise<AppProcess>,
  others: (made: Connection) => readonly Connection[],
): Promise<AppProcess> {
  const first = await launch();
  await connectInPractice(first.page);
  await first.close();
  changeConnections(first, (made) => ({ put: others(made), remove: [] }));
  return await launch();
}

/** Changes what the app has kept of its connections in practice, while it is not running. */
export function changeConnections(
  { userData }: AppProcess,
  change: (made: Connection) => Required<Change<Connection>>,
): void {
  const directory = join(userData, 'practice');
  const [made] = readWrittenCollection(connectionsCollection, directory);
  if (made === undefined) throw new Error('There is no connection');
  appendFileSync(join(directory, 'connections.changes.jsonl'), writtenChange(change(made)));
}
