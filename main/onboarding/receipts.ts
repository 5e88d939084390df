import { z } from '../../core/zod';
import { idSchema } from '../../core/domain/limits';
import type { Connection } from '../../core/domain/connection';
import { journalEntrySchema, planSchema, type Plan } from '../../core/domain/plan';
import type { Creation, WizardEvent } from '../../core/domain/wizard';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import type { Sessions } from '../sessions/sessions';
import { appError, notFound, type StoredDocument } from '../workspace-context';
import { changeAccount, type ChangePorts } from './change-account';

const receiptSchema = z.strictObject({
  connectionId: idSchema,
  /** what it was made with, and is taken back with */
  sourceId: z.string().max(64),
  plan: planSchema,
  journal: z.array(journalEntrySchema).max(600),
});
export const receiptsDocumentSchema = z.strictObject({ receipts: z.array(receiptSchema).max(5000) });
export type ReceiptsDocument = z.infer<typeof receiptsDocumentSchema>;
type Receipt = ReceiptsDocument['receipts'][number];

export type ReceiptsPorts = Omit<ChangePorts, 'apply'> & {
  readonly document: StoredDocument<ReceiptsDocument>;
  readonly connections: Connections;
  readonly sessions: Sessions;
};

/** What was made for each connection, to the last step, for as long as it can be taken back. */
export class Receipts {
  readonly #ports: ReceiptsPorts;

  constructor(ports: ReceiptsPorts) {
    this.#ports = ports;
  }

  /** What a wizard made with credentials of the account; there is nothing to keep of what a person made. */
  keep(connectionId: string, plan: Plan | undefined, creation: Creation | undefined): Result<unknown> {
    if (plan === undefined || creation === undefined || creation.state === 'ready') return ok(undefined);
    const { journal, sourceId } = creation;
    const receipt: Receipt = { connectionId, sourceId, plan: planSchema.parse(plan), journal: [...journal] };
    return this.#ports.document.update(({ receipts }) => ({
      receipts: [...receipts.filter((one) => one.connectionId !== connectionId), receipt],
    }));
  }

  forget(connectionId: string): Result<unknown> {
    return this.#ports.document.update(({ receipts }) => ({
      receipts: receipts.filter((one) => one.connectionId !== connectionId),
    }));
  }

  /** What of the plan is made and not taken back: the part that a person can still remove. */
  leftOf(connectionId: string): Plan | undefined {
    const receipt = this.#ports.document.read().receipts.find((one) => one.connectionId === connectionId);
    if (receipt === undefined) return undefined;
    const { journal, plan } = receipt;
    const state = new Map(journal.map((entry) => [entry.stepId, entry.state]));
    const steps = plan.steps.filter(({ id }) => ['done', 'started'].includes(state.get(id) ?? ''));
    return steps.length === 0 ? undefined : { ...plan, steps };
  }

  /** Takes everything back, newest first, in the background. What is gone already counts as taken back. */
  undo(connectionId: string): Result<{ operationId: string }> {
    const receipt = this.#ports.document.read().receipts.find((one) => one.connectionId === connectionId);
    if (receipt === undefined || this.#ports.connections.find(connectionId) === undefined)
      return err(notFound('This receipt'));
    const { journal, plan } = receipt;
    const sourceId = this.#sourceFor(receipt);
    if (sourceId === undefined) {
      return err(
        appError(
          'credentials-missing',
          `What this was made with is not here any more, and nothing else is of account ${plan.accountId}.`,
          {
            whatToDo:
              'Add a profile or an access key of that account, then undo again. Or save the receipt: its script does it without Sallyport.',
            remedies: [{ kind: 'choose-source' }],
          },
        ),
      );
    }
    return changeAccount(
      { ...this.#ports, apply: (event) => this.#record(connectionId, event) },
      {
        draftId: connectionId,
        sourceId,
        undo: true,
        plan,
        before: { way: 'automatic', state: 'done', sourceId, journal, tookMs: 0 },
      },
    );
  }

  /** What it was made with, or another source that is known to be in that account. */
  #sourceFor({ plan, sourceId }: Receipt): string | undefined {
    const sources = this.#ports.sources.list();
    const same = sources.find(({ source }) => source.id === sourceId);
    const other = sources.find(({ identity }) => identity?.accountId === plan.accountId);
    return (same ?? other)?.source.id;
  }

  /** The journal goes on in the receipt: what was broken off can be gone on with. */
  #record(connectionId: string, event: WizardEvent): Result<unknown> {
    if (event.kind !== 'creation') return ok(undefined);
    const { creation } = event;
    if (creation.state === 'ready') return this.#done(connectionId);
    return this.#ports.document.update(({ receipts }) => ({
      receipts: receipts.map((one) =>
        one.connectionId === connectionId ? { ...one, journal: creation.journal } : one,
      ),
    }));
  }

  #done(connectionId: string): Result<unknown> {
    const { clock, connections, sessions } = this.#ports;
    for (const session of sessions.list()) {
      if (session.connectionId === connectionId && session.end === undefined) void sessions.end(session.id, 'revoked');
    }
    const marked = connections.patch(connectionId, {
      status: 'revoked',
      receipt: [],
      undone: { at: clock.now(), entries: this.#taken(connectionId) },
    });
    if (!marked.ok) return marked;
    return this.forget(connectionId);
  }

  /** Each thing of the receipt with the time at which AWS took it away, in the order in which they went. */
  #taken(connectionId: string): Connection['receipt'] {
    const journal =
      this.#ports.document.read().receipts.find((one) => one.connectionId === connectionId)?.journal ?? [];
    const goneAt = new Map(journal.flatMap(({ at, state, stepId }) => (state === 'undone' ? [[stepId, at]] : [])));
    const receipt = this.#ports.connections.find(connectionId)?.receipt ?? [];
    return receipt.map((entry) => ({ ...entry, at: goneAt.get(entry.stepId) ?? entry.at }));
  }
}
