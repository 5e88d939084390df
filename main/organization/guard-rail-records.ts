import { z } from '../../core/zod';
import { guardRailRecordSchema, type GuardRailRecord } from '../../core/domain/guard-rails';
import { err, type Result } from '../../core/result';
import type { DocumentSpec } from '../store/document';
import { appError, type StoredDocument, type WorkspaceContext } from '../workspace-context';

const mostGuardRails = 500;

const guardRailsDocumentSchema = z.strictObject({ guardRails: z.array(guardRailRecordSchema).max(mostGuardRails) });
export type GuardRailsDocument = z.infer<typeof guardRailsDocumentSchema>;

export const guardRailsDocument: DocumentSpec<GuardRailsDocument> = {
  name: 'guard-rails',
  schema: guardRailsDocumentSchema,
  version: 1,
  migrations: [],
  empty: { guardRails: [] },
};

export type GuardRailRecordsPorts = Pick<WorkspaceContext, 'clock' | 'newId' | 'publisher'> & {
  readonly document: StoredDocument<GuardRailsDocument>;
};

/** Something is being done for it, or was when the app stopped. */
export function isOnItsWay({ state }: GuardRailRecord): boolean {
  return state === 'attaching' || state === 'detaching';
}

/** The records of guard rails that were asked for, and the one place where they change. */
export class GuardRailRecords {
  readonly #ports: GuardRailRecordsPorts;

  constructor(ports: GuardRailRecordsPorts) {
    this.#ports = ports;
  }

  all(): readonly GuardRailRecord[] {
    return this.#ports.document.read().guardRails;
  }

  find(recordId: string): GuardRailRecord | undefined {
    return this.all().find(({ id }) => id === recordId);
  }

  /** A record of nothing done yet. */
  blank(
    wish: Pick<GuardRailRecord, 'document' | 'guardRail' | 'managementAccountId' | 'sourceId' | 'targetId'>,
  ): GuardRailRecord {
    const { clock, newId } = this.#ports;
    return {
      ...wish,
      ...{ id: newId(), state: 'attaching', wanted: 'attached', made: false, startedAt: clock.now(), steps: [] },
    };
  }

  /** Where there are as many as are kept, the oldest that was taken off makes room; its lines in the audit log stay. */
  add(record: GuardRailRecord): Result<unknown> {
    const isFull = this.all().length >= mostGuardRails;
    const oldest = isFull ? this.all().find(({ state }) => state === 'detached') : undefined;
    if (isFull && oldest === undefined) return err(tooMany());
    return this.#update((all) => [...all.filter(({ id }) => id !== oldest?.id), record]);
  }

  patch(recordId: string, change: (one: GuardRailRecord) => GuardRailRecord): Result<unknown> {
    return this.#update((all) => all.map((one) => (one.id === recordId ? change(one) : one)));
  }

  remove(recordId: string): Result<unknown> {
    return this.#update((all) => all.filter(({ id }) => id !== recordId));
  }

  #update(change: (all: readonly GuardRailRecord[]) => GuardRailRecord[]): Result<unknown> {
    const saved = this.#ports.document.update(({ guardRails }) => ({ guardRails: change(guardRails) }));
    this.#ports.publisher.changed('guard-rail-records');
    return saved;
  }
}

function tooMany() {
  return appError('not-possible', `There are ${String(mostGuardRails)} guard rails in the records already.`, {
    whatDidNotChange: 'Nothing was asked for.',
    whatToDo: 'Take those off that are no longer needed, then add this one.',
  });
}
