import { z } from '../../core/zod';
import type { AppError } from '../../core/app-error';
import { batchWaySchema } from '../../core/contract/revocation';
import { idSchema, instantSchema } from '../../core/domain/limits';
import {
  mostRevocations,
  revocationSchema,
  type Performer,
  type Revocation,
  type Stack,
} from '../../core/domain/revocation';
import { revocationWaySchema, wayFacts, type RevocationWay } from '../../core/domain/revocation-ways';
import { err, type Result } from '../../core/result';
import type { CollectionSpec, StoredCollection } from '../store/collection';
import { appError, type WorkspaceContext } from '../workspace-context';
import type { Sessions } from '../sessions/sessions';
import type { RevocationTarget } from './targets';

/** Many that are taken back together: which they were, so that those that were never begun are known. */
const batchSchema = z.strictObject({
  id: idSchema,
  way: batchWaySchema,
  startedAt: instantSchema,
  items: z.array(z.strictObject({ connectionId: idSchema, name: z.string().max(80) })).max(5000),
});
export type Batch = Readonly<z.infer<typeof batchSchema>>;

const firstVersionSchema = z.object({
  revocations: z.array(
    z.looseObject({ targetSourceId: z.string(), way: revocationWaySchema, state: z.string(), proofState: z.string() }),
  ),
});
const secondVersionSchema = z.object({ revocations: z.array(z.unknown()) });

export const revocationsCollection: CollectionSpec<Revocation> = {
  name: 'revocations',
  record: revocationSchema,
  most: mostRevocations,
  version: 3,
  migrations: [
    // 2: performers besides sources, and which measures were taken
    (data) => ({
      revocations: firstVersionSchema.parse(data).revocations.map(({ targetSourceId, ...one }) => {
        const { measures } = wayFacts[one.way];
        const isOver = ['closing', 'ended', 'undone'].includes(one.state);
        return {
          ...one,
          performer: { kind: 'source', sourceId: targetSourceId },
          taken: isOver ? measures.filter((measure) => measure !== 'prove' || one.proofState !== 'running') : [],
          unobserved: [],
        };
      }),
    }),
    // 3: a collection of its own; which connections were never begun of those taken back together was only ever of use then
    (data) => ({ revocations: secondVersionSchema.parse(data).revocations }),
  ],
};

export const batchesCollection: CollectionSpec<Batch> = {
  ...{ name: 'revocation-batches', record: batchSchema, most: 100, version: 1, migrations: [] },
};

export type RevokeWish = {
  readonly way: RevocationWay;
  readonly performer: Performer;
  /** ask AWS until it refuses */
  readonly prove: boolean;
  /** only for `delete-stack` */
  readonly stack?: Stack | undefined;
  /** of many that are taken back together */
  readonly batchId?: string;
};

export type RecordsPorts = Pick<WorkspaceContext, 'clock' | 'newId' | 'publisher'> & {
  readonly records: StoredCollection<Revocation>;
  readonly batches: StoredCollection<Batch>;
  readonly sessions: Sessions;
};

/** Work of it was going on when this was written. */
export function isUnderWay({ proofState, state }: Revocation): boolean {
  return state === 'running' || (proofState === 'running' && ['asked', 'closing', 'ended'].includes(state));
}

/** The records of all revocations, and the one place where they change. */
export class RevocationRecords {
  readonly #ports: RecordsPorts;

  constructor(ports: RecordsPorts) {
    this.#ports = ports;
  }

  all(): readonly Revocation[] {
    return this.#ports.records.all();
  }

  find(revocationId: string): Revocation | undefined {
    return this.#ports.records.find(revocationId);
  }

  /** A record of nothing done yet. */
  blank(target: RevocationTarget, { batchId, performer, prove, stack, way }: RevokeWish): Revocation {
    const { clock, newId, sessions } = this.#ports;
    const isAsked = performer.kind === 'owner';
    return {
      id: newId(),
      connectionId: target.id,
      connectionName: target.name,
      roleArn: target.roleArn,
      roleName: target.roleName,
      accountId: target.accountId,
      way,
      doneBy: isAsked ? 'the owner' : '',
      performer,
      startedAt: clock.now(),
      state: isAsked ? 'asked' : 'running',
      taken: [],
      maxSessionDuration: target.maxSessionDuration,
      ownSessions: sessions
        .liveFor(target.id)
        .map(({ id, issuedAt, expiresAt }) => ({ id, issuedAt, expiresAt }))
        .slice(0, 200),
      steps: [],
      proof: [],
      proofState: prove && !isAsked ? 'running' : 'not-asked',
      unobserved: [],
      wiped: [],
      ...(batchId === undefined ? {} : { batchId }),
      ...(stack === undefined ? {} : { stack }),
    };
  }

  batch(batchId: string): Batch | undefined {
    return this.#ports.batches.find(batchId);
  }

  /** The oldest makes room. */
  addBatch(batch: Batch): Result<unknown> {
    const { batches } = this.#ports;
    const oldest = batches.all().length >= batchesCollection.most ? batches.all()[0] : undefined;
    const saved = batches.change({ put: [batch], ...(oldest === undefined ? {} : { remove: [oldest.id] }) });
    this.#changed();
    return saved;
  }

  /** Where there are as many as are kept, the oldest that is over makes room; its lines in the audit log stay. */
  add(revocation: Revocation): Result<unknown> {
    const full = this.all().length >= mostRevocations;
    const oldest = full ? this.all().find(({ state }) => state === 'ended' || state === 'undone') : undefined;
    if (full && oldest === undefined) return err(tooMany());
    const saved = this.#ports.records.change({
      put: [revocation],
      ...(oldest === undefined ? {} : { remove: [oldest.id] }),
    });
    this.#changed();
    return saved;
  }

  patch(revocationId: string, change: (one: Revocation) => Revocation): Result<unknown> {
    const one = this.find(revocationId);
    const saved = this.#ports.records.change({ put: one === undefined ? [] : [change(one)] });
    this.#changed();
    return saved;
  }

  #changed(): void {
    this.#ports.publisher.changed('revocations', 'app');
  }
}

function tooMany(): AppError {
  return appError('not-possible', `${String(mostRevocations)} revocations are under way or still closing.`, {
    whatDidNotChange: 'The role was not touched.',
    whatToDo: 'Go on with those that stopped, or wait until the last credential of one is dead.',
  });
}
