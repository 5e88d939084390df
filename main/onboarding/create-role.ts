import type { AppError } from '../../core/app-error';
import type { JournalEntry, Plan } from '../../core/domain/plan';
import { describeStep, type PlanStep } from '../../core/domain/plan-step';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { Answer, IamApi } from '../aws/aws-api';
import type { SourceClients } from '../sources/sources';
import { appError, type WorkspaceContext } from '../workspace-context';

export type JournalPorts = {
  readonly clock: WorkspaceContext['clock'];
  /** on disk before it returns */
  readonly write: (entry: JournalEntry) => Result<unknown>;
  readonly progress: (stepId: string, state: 'running' | 'done' | 'undone' | 'failed', tookMs?: number) => void;
  readonly signal: AbortSignal;
};

type Outcome = Result<void, AppError | Cancelled>;

/** The plan is for one account; credentials of another would make the role where nobody looks for it. */
export async function confirmAccount(clients: SourceClients, accountId: string, signal: AbortSignal): Promise<Outcome> {
  const answer = await clients.sts.getCallerIdentity({ signal });
  if (!answer.ok) return answer;
  const found = answer.value.value.accountId;
  if (found === accountId) return ok(undefined);
  return err(
    appError('not-possible', `“${clients.source.label}” belongs to account ${found}; the plan is for ${accountId}.`, {
      whatDidNotChange: 'Nothing was created in either account.',
      whatToDo: 'Choose credentials of the target account.',
      remedies: [{ kind: 'choose-source' }],
    }),
  );
}

/**
 * Applies the plan step by step. Each is journalled before the call and after it, so that after a crash the same call
 * goes on where it stopped: every step can be run again without making anything twice.
 */
export async function applyPlan(
  plan: Plan,
  journal: readonly JournalEntry[],
  clients: SourceClients,
  ports: JournalPorts,
): Promise<Outcome> {
  const confirmed = await confirmAccount(clients, plan.accountId, ports.signal);
  if (!confirmed.ok) return confirmed;
  for (const step of plan.steps) {
    if (journal.findLast((entry) => entry.stepId === step.id)?.state === 'done') {
      ports.progress(step.id, 'done');
      continue;
    }
    const made = await journalled(step, ports, 'done', () => makeStep(plan, step, clients.iam, ports.signal));
    if (!made.ok) return made;
  }
  return ok(undefined);
}

/** Takes back what the journal says was made, newest first. What is gone already counts as taken back. */
export async function undoPlan(
  plan: Plan,
  journal: readonly JournalEntry[],
  clients: SourceClients,
  ports: JournalPorts,
): Promise<Outcome> {
  const confirmed = await confirmAccount(clients, plan.accountId, ports.signal);
  if (!confirmed.ok) return confirmed;
  for (const step of [...plan.steps].reverse()) {
    const state = journal.findLast((entry) => entry.stepId === step.id)?.state;
    if (state !== 'done' && state !== 'started') continue;
    const undone = await journalled(step, ports, 'undone', () => undoStep(plan, step, clients.iam, ports.signal));
    if (!undone.ok) return undone;
  }
  return ok(undefined);
}

async function journalled(
  step: PlanStep,
  ports: JournalPorts,
  end: 'done' | 'undone',
  act: () => Promise<Result<Answer<unknown> | undefined, AppError | Cancelled>>,
): Promise<Outcome> {
  const { clock } = ports;
  if (ports.signal.aborted) return err({ kind: 'cancelled' });
  const written = ports.write({ stepId: step.id, state: 'started', at: clock.now() });
  if (!written.ok) return written;
  ports.progress(step.id, 'running');
  const start = clock.monotonic();
  const answer = await act();
  const tookMs = clock.monotonic() - start;
  if (!answer.ok) {
    // a call without an answer may have reached AWS: its step stays `started`, and is looked at again when resumed or undone
    if (!isUnanswered(answer.error)) ports.write({ stepId: step.id, state: 'failed', at: clock.now() });
    ports.progress(step.id, 'failed', tookMs);
    return answer;
  }
  const requestId = answer.value?.requestId;
  const done = ports.write({
    stepId: step.id,
    state: end,
    at: answer.value?.at ?? clock.now(),
    ...(requestId === undefined ? {} : { requestId }),
  });
  if (!done.ok) return done;
  ports.progress(step.id, end, tookMs);
  return ok(undefined);
}

function isUnanswered(error: AppError | Cancelled): boolean {
  return error.kind === 'cancelled' || error.kind === 'timed-out' || error.kind === 'unreachable';
}

async function makeStep(
  plan: Plan,
  step: PlanStep,
  iam: IamApi,
  signal: AbortSignal,
): Promise<Result<Answer<unknown> | undefined, AppError | Cancelled>> {
  switch (step.kind) {
    case 'create-role': {
      const { roleName, path, description, trustPolicy, maxSessionDuration, tags, permissionsBoundaryArn } = step;
      const created = await iam.createRole(
        {
          name: roleName,
          path,
          description,
          trustPolicy,
          maxSessionDuration,
          tags,
          ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundaryArn }),
        },
        { signal },
      );
      if (created.ok || created.error.kind !== 'already-exists') return created;
      // a CreateRole that timed out and was repeated finds its own role (aws-reference §5, rollback)
      const found = await iam.getRole(roleName, { signal });
      if (found.ok && carriesOurId(found.value.value.tags, plan.onboardingId)) return found;
      return err({
        ...created.error,
        message: `A role named ${roleName} is in the account already, and this wizard did not make it.`,
        whatDidNotChange: 'That role was not touched.',
        whatToDo: 'Choose another name in “Options”, or go on with that role if it is the one you mean.',
        remedies: [{ kind: 'edit-role' }],
      });
    }
    case 'attach-role-policy':
      return await iam.attachRolePolicy(step.roleName, step.policyArn, { signal });
    case 'put-role-policy':
      return await iam.putRolePolicy(step.roleName, step.policyName, step.document, { signal });
    default:
      return err(notByItself(step));
  }
}

async function undoStep(
  plan: Plan,
  step: PlanStep,
  iam: IamApi,
  signal: AbortSignal,
): Promise<Result<Answer<unknown> | undefined, AppError | Cancelled>> {
  if (!('roleName' in step)) return err(notByItself(step));
  // only objects of a role that carries our id are ours to remove
  const role = await iam.getRole(step.roleName, { signal });
  if (!role.ok) return role.error.kind === 'no-such-entity' ? ok(undefined) : role;
  if (!carriesOurId(role.value.value.tags, plan.onboardingId)) {
    return err(
      appError('not-possible', `The role ${step.roleName} in the account is not the one this wizard made.`, {
        whatDidNotChange: 'It was not touched.',
        whatToDo: 'Look at the role in the console before you remove anything by hand.',
        remedies: [{ kind: 'open-link', linkId: 'iam-role-page' }],
      }),
    );
  }
  const removed = await removeStep(step, iam, signal);
  return !removed.ok && removed.error.kind === 'no-such-entity' ? ok(undefined) : removed;
}

async function removeStep(
  step: PlanStep,
  iam: IamApi,
  signal: AbortSignal,
): Promise<Result<Answer<unknown>, AppError | Cancelled>> {
  switch (step.kind) {
    case 'create-role':
      return await iam.deleteRole(step.roleName, { signal });
    case 'attach-role-policy':
      return await iam.detachRolePolicy(step.roleName, step.policyArn, { signal });
    case 'put-role-policy':
      return await iam.deleteRolePolicy(step.roleName, step.policyName, { signal });
    default:
      return err(notByItself(step));
  }
}

function notByItself(step: PlanStep): AppError {
  return appError('not-possible', `${describeStep(step).title} cannot be made automatically.`);
}

function carriesOurId(
  tags: readonly { readonly key: string; readonly value: string }[],
  onboardingId: string,
): boolean {
  return tags.some((tag) => tag.key === 'OnboardingId' && tag.value === onboardingId);
}
