import { z } from 'zod';
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
import type { DocumentSpec } from '../store/document';
import { appError, type StoredDocument, type WorkspaceContext } from '../workspace-context';
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

const revocationsDocumentSchema = z.strictObject({
  revocations: z.array(revocationSchema).max(mostRevocations),
  batches: z.array(batchSchema).max(100),
});
export type RevocationsDocument = z.infer<typeof revocationsDocumentSchema>;

const firstVersionSchema = z.object({
  revocations: z.array(
    z.looseObject({ targetSourceId: z.string(), way: revocationWaySchema, state: z.string(), proofState: z.string() }),
  ),
});

export const revocationsDocument: DocumentSpec<RevocationsDocument> = {
  name: 'revocations',
  schema: revocationsDocumentSchema,
  version: 2,
  migrations: [
    // 2: performers besides sources, and which measures were taken
    (data) => ({
      batches: [],
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
  ],
  empty: { revocations: [], batches: [] },
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
  readonly document: StoredDocument<RevocationsDocument>;
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
    return this.#ports.document.read().revocations;
  }

  find(revocationId: string): Revocation | undefined {
    return this.all().find((revocation) => revocation.id === revocationId);
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
    return this.#ports.document.read().batches.find(({ id }) => id === batchId);
  }

  addBatch(batch: Batch): Result<unknown> {
    const saved = this.#ports.document.update((document) => ({
      ...document,
      batches: [...document.batches, batch].slice(-100),
    }));
    this.#changed();
    return saved;
  }

  /** Where there are as many as are kept, the oldest that is over makes room; its lines in the audit log stay. */
  add(revocation: Revocation): Result<unknown> {
    const full = this.all().length >= mostRevocations;
    const oldest = full ? this.all().find(({ state }) => state === 'ended' || state === 'undone') : undefined;
    if (full && oldest === undefined) return err(tooMany());
    const saved = this.#ports.document.update((document) => ({
      ...document,
      revocations: [...document.revocations.filter(({ id }) => id !== oldest?.id), revocation],
    }));
    this.#changed();
    return saved;
  }

  patch(revocationId: string, change: (one: Revocation) => Revocation): Result<unknown> {
    const saved = this.#ports.document.update((document) => ({
      ...document,
      revocations: document.revocations.map((one) => (one.id === revocationId ? change(one) : one)),
    }));
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
