import type { AppError } from '../../core/app-error';
import type { Operation } from '../../core/contract/operations';
import type { Act } from '../../core/domain/activity-words';
import { accountsOf, type JournalEntry, type Plan } from '../../core/domain/plan';
import type { Creation, WizardEvent } from '../../core/domain/wizard';
import { ok, type Cancelled, type Result } from '../../core/result';
import type { Operations } from '../operations/operations';
import type { Sources } from '../sources/sources';
import type { WorkspaceContext } from '../workspace-context';
import type { SourceClients } from '../sources/sources';
import { applyPlan, undoPlan, type ClientsByAccount, type JournalPorts } from './apply-plan';

type CreationOperation = Extract<Operation, { kind: 'creation' }>;
type CreationSteps = CreationOperation['steps'];

export type ChangePorts = Pick<WorkspaceContext, 'clock' | 'audit'> & {
  readonly operations: Operations;
  readonly sources: Sources;
  /** what happened is written into the draft before the next step is taken */
  readonly apply: (event: WizardEvent) => Result<unknown>;
};

export type AccountChange = {
  readonly draftId: string;
  readonly sourceId: string;
  readonly undo: boolean;
  readonly plan: Plan;
  readonly before: Creation;
};

/** Makes a plan's objects, or removes what was made of it, as an operation in the background with a journal in the draft. */
export function changeAccount(ports: ChangePorts, change: AccountChange): Result<{ operationId: string }> {
  const { draftId, sourceId, undo, plan, before } = change;
  const running = ports.operations.runningFor(draftId);
  if (running !== undefined) return ok({ operationId: running });
  const clients = ports.sources.clients(sourceId);
  if (!clients.ok) return clients;
  let journal: readonly JournalEntry[] = before.state === 'ready' ? [] : before.journal;
  const startedAt = ports.clock.now();
  const startedMono = ports.clock.monotonic();
  const record = (creation: Creation) => ports.apply({ kind: 'creation', creation });
  const marked = record({ way: 'automatic', state: 'running', sourceId, journal: [...journal] });
  if (!marked.ok) return marked;
  let steps: CreationSteps = plan.steps.map((step) => ({ step, state: 'waiting' as const }));
  const operation = (id: string, patch: Partial<CreationOperation>): CreationOperation => ({
    kind: 'creation',
    id,
    subjectId: draftId,
    startedAt,
    undo,
    state: 'running',
    steps,
    ...patch,
  });
  const release = ports.sources.typed.hold(sourceId);
  const operationId = ports.operations.start(
    (id) => operation(id, {}),
    async (control) => {
      const journalPorts: JournalPorts = {
        clock: ports.clock,
        signal: control.signal,
        keepKey: (userName, key) =>
          ports.sources.addAccessKey({
            ...key,
            label: userName,
            region: clients.value.source.region,
            keep: true,
          }),
        forgetKey: (accessKeyId) => ports.sources.removeAccessKey(accessKeyId),
        write: (entry) => {
          journal = [...journal, entry];
          return record({ way: 'automatic', state: 'running', sourceId, journal: [...journal] });
        },
        progress: (stepId, state, tookMs) => {
          steps = steps.map((one) =>
            one.step.id === stepId ? { step: one.step, state, ...(tookMs === undefined ? {} : { tookMs }) } : one,
          );
          control.update(operation(control.id, {}));
        },
      };
      const carryOut = async () => {
        const byAccount = await clientsByAccount(ports.sources, plan, clients.value);
        return undo
          ? await undoPlan(plan, journal, byAccount, journalPorts)
          : await applyPlan(plan, journal, byAccount, journalPorts);
      };
      // however it ends: to go on with it, or to take it back, a key that was typed for it is typed again
      const outcome = await carryOut().finally(release);
      settle(ports, {
        outcome,
        undo,
        sourceId,
        journal,
        plan,
        tookMs: ports.clock.monotonic() - startedMono,
      });
      control.update(
        operation(
          control.id,
          outcome.ok
            ? { state: 'done' }
            : outcome.error.kind === 'cancelled'
              ? { state: 'cancelled' }
              : { state: 'failed', error: outcome.error },
        ),
      );
    },
  );
  return ok({ operationId });
}

/** The chosen credentials for the target account, and of every other account whichever source is in it. */
async function clientsByAccount(sources: Sources, plan: Plan, target: SourceClients): Promise<ClientsByAccount> {
  const found = new Map([[plan.accountId, target]]);
  for (const accountId of accountsOf(plan)) {
    if (found.has(accountId)) continue;
    const source = await sources.inAccount(accountId, sources.selected()?.source.id);
    const clients = source === undefined ? undefined : sources.clients(source.id);
    if (clients?.ok === true) found.set(accountId, clients.value);
  }
  return (accountId) => found.get(accountId);
}

type Settled = {
  readonly outcome: Result<void, AppError | Cancelled>;
  readonly undo: boolean;
  readonly sourceId: string;
  readonly journal: readonly JournalEntry[];
  readonly plan: Plan;
  readonly tookMs: number;
};

function settle(ports: ChangePorts, result: Settled): void {
  const { outcome, undo, sourceId, plan, tookMs } = result;
  const journal = [...result.journal];
  const kept = { way: 'automatic' as const, sourceId, journal };
  const audit = (act: Act) => ports.audit({ act, subject: plan.roleArn, sourceId });
  if (outcome.ok && undo) {
    audit('role.undone');
    ports.apply({ kind: 'creation', creation: { way: 'automatic', state: 'ready' } });
  } else if (outcome.ok) {
    audit('role.created');
    ports.apply({ kind: 'creation', creation: { ...kept, state: 'done', tookMs }, roleArn: plan.roleArn });
  } else if (outcome.error.kind === 'cancelled') {
    audit('role.creation-stopped');
    ports.apply({ kind: 'creation', creation: { ...kept, state: 'stopped' } });
  } else {
    audit('role.creation-failed');
    ports.apply({ kind: 'creation', creation: { ...kept, state: 'failed', error: outcome.error } });
  }
}
