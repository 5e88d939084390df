import { connectionNotesSchema, type ConnectionNotes as Notes } from '../../core/domain/connection-notes';
import type { Connection } from '../../core/domain/connection';
import { findSecret } from '../../core/domain/paste-secrets';
import { err, ok, type Result } from '../../core/result';
import type { CollectionSpec, StoredCollection } from '../store/collection';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';

export const connectionNotesCollection: CollectionSpec<Notes> = {
  ...{ name: 'connection-notes', record: connectionNotesSchema, most: 20_000, version: 1, migrations: [] },
};

type Ports = Pick<WorkspaceContext, 'publisher'> & {
  readonly records: StoredCollection<Notes>;
  readonly connections: { find(connectionId: string): Connection | undefined };
};

/** What a person writes down of a connection: notes, and who answers for the account. */
export class ConnectionNotes {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  of(connectionId: string): Omit<Notes, 'id'> {
    const { notes = '', owner = '' } = this.#ports.records.find(connectionId) ?? {};
    return { notes, owner };
  }

  /** Fails for a text with a credential in it: what is written here is shown, and kept in a file. */
  write(connectionId: string, { notes, owner }: Omit<Notes, 'id'>): Result<Record<string, never>> {
    if (this.#ports.connections.find(connectionId) === undefined) return err(notFound('This connection'));
    for (const [field, text] of Object.entries({ notes, owner })) {
      if (findSecret(text) === undefined) continue;
      return err(
        appError('secret-refused', 'There is a credential in this text. It was not kept.', {
          whatDidNotChange: 'What was written before is kept.',
          whatToDo: 'Take it out, and have that credential replaced.',
          field,
        }),
      );
    }
    const saved = this.#ports.records.change({ put: [{ id: connectionId, notes, owner }] });
    if (!saved.ok) return saved;
    this.#ports.publisher.changed('drift');
    return ok({});
  }

  forget(connectionId: string): Result<void> {
    return this.#ports.records.change({ remove: [connectionId] });
  }
}
