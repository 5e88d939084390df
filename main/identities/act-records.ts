import {
  identityActSchema,
  isOver,
  mostIdentityActs,
  type IdentityAct,
  type Removal,
  type Rotation,
} from '../../core/domain/identity-acts';
import { err, type Result } from '../../core/result';
import type { CollectionSpec, StoredCollection } from '../store/collection';
import { appError, type WorkspaceContext } from '../workspace-context';

export const identityActsCollection: CollectionSpec<IdentityAct> = {
  ...{ name: 'identity-acts', record: identityActSchema, most: mostIdentityActs, version: 1, migrations: [] },
};

export type ActRecordsPorts = Pick<WorkspaceContext, 'publisher'> & { readonly records: StoredCollection<IdentityAct> };

/** The records of what is done to identities, and the one place where they change. */
export class ActRecords {
  readonly #ports: ActRecordsPorts;

  constructor(ports: ActRecordsPorts) {
    this.#ports = ports;
  }

  all(): readonly IdentityAct[] {
    return this.#ports.records.all();
  }

  find(actId: string): IdentityAct | undefined {
    return this.#ports.records.find(actId);
  }

  rotation(actId: string): Rotation | undefined {
    const act = this.find(actId);
    return act?.kind === 'rotation' ? act : undefined;
  }

  removal(actId: string): Removal | undefined {
    const act = this.find(actId);
    return act?.kind === 'removal' ? act : undefined;
  }

  /** Where there are as many as are kept, the oldest that is over makes room; its lines in the audit log stay. */
  add(act: IdentityAct): Result<unknown> {
    const full = this.all().length >= mostIdentityActs;
    const oldest = full ? this.all().find(isOver) : undefined;
    if (full && oldest === undefined) {
      return err(
        appError('not-possible', `${mostIdentityActs} acts on identities wait for somebody.`, {
          whatToDo: 'Go on with those that stopped, or take them back.',
        }),
      );
    }
    return this.#change({ put: [act], ...(oldest === undefined ? {} : { remove: [oldest.id] }) });
  }

  put(act: IdentityAct): Result<unknown> {
    return this.#change({ put: [act] });
  }

  #change(change: Parameters<StoredCollection<IdentityAct>['change']>[0]): Result<unknown> {
    const saved = this.#ports.records.change(change);
    this.#ports.publisher.changed('identities');
    return saved;
  }
}
