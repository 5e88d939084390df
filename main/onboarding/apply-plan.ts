import type { AppError } from '../../core/app-error';
import { accountsOf, type JournalEntry, type Plan } from '../../core/domain/plan';
import { describeStep, type PlanStep } from '../../core/domain/plan-step';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { SourceClients } from '../sources/sources';
import { appError, type WorkspaceContext } from '../workspace-context';
import { deleteBucket, makeBucket, ownsBucket, putPolicy, removePolicy } from './bucket-steps';
import {
  deleteAccessKeys,
  deletePolicy,
  fillProfile,
  makeAccessKey,
  makeGroup,
  makePolicy,
  makeProfile,
  makeRole,
  makeUser,
  ownsGroup,
  ownsPolicy,
  ownsProfile,
  ownsRole,
  ownsUser,
} from './iam-steps';
import { evidenceOf, notOurs, removed, type StepContext, type StepOutcome } from './step-context';

export type JournalPorts = Pick<StepContext, 'keepKey' | 'forgetKey' | 'signal'> & {
  readonly clock: WorkspaceContext['clock'];
  /** on disk before it returns */
  readonly write: (entry: JournalEntry) => Result<unknown>;
  readonly progress: (stepId: string, state: 'running' | 'done' | 'undone' | 'failed', tookMs?: number) => void;
};

/** Credentials of each account that the plan makes something in. */
export type ClientsByAccount = (accountId: string) => SourceClients | undefined;

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

async function confirmAccounts(plan: Plan, clients: ClientsByAccount, signal: AbortSignal): Promise<Outcome> {
  for (const accountId of accountsOf(plan)) {
    const given = clients(accountId);
    if (given === undefined) {
      return err(
        appError('credentials-missing', `There are no credentials of account ${accountId} to make its part with.`, {
          whatDidNotChange: 'Nothing was created in either account.',
          whatToDo: 'Add a profile or an access key of that account, then go on.',
          remedies: [{ kind: 'choose-source' }],
        }),
      );
    }
    const confirmed = await confirmAccount(given, accountId, signal);
    if (!confirmed.ok) return confirmed;
  }
  return ok(undefined);
}

/**
 * Applies the plan step by step. Each is journalled before the call and after it, so that after a crash the same call
 * goes on where it stopped: every step can be run again without making anything twice.
 */
export async function applyPlan(
  plan: Plan,
  journal: readonly JournalEntry[],
  clients: ClientsByAccount,
  ports: JournalPorts,
): Promise<Outcome> {
  const confirmed = await confirmAccounts(plan, clients, ports.signal);
  if (!confirmed.ok) return confirmed;
  for (const step of plan.steps) {
    if (journal.findLast((entry) => entry.stepId === step.id)?.state === 'done') {
      ports.progress(step.id, 'done');
      continue;
    }
    const context = contextOf(plan, step, journal, clients, ports);
    const made = await journalled(step, ports, 'done', () => makeStep(step, context));
    if (!made.ok) return made;
  }
  return ok(undefined);
}

/** Takes back what the journal says was made, newest first. What is gone already counts as taken back. */
export async function undoPlan(
  plan: Plan,
  journal: readonly JournalEntry[],
  clients: ClientsByAccount,
  ports: JournalPorts,
): Promise<Outcome> {
  const confirmed = await confirmAccounts(plan, clients, ports.signal);
  if (!confirmed.ok) return confirmed;
  for (const step of [...plan.steps].reverse()) {
    const state = journal.findLast((entry) => entry.stepId === step.id)?.state;
    if (state !== 'done' && state !== 'started') continue;
    const context = contextOf(plan, step, journal, clients, ports);
    const undone = await journalled(step, ports, 'undone', () => undoStep(step, context));
    if (!undone.ok) return undone;
  }
  return await verifyGone(plan, journal, clients, ports);
}

/** Looks again for everything that had a life of its own. What somebody else has by the same name is not ours to miss. */
async function verifyGone(
  plan: Plan,
  journal: readonly JournalEntry[],
  clients: ClientsByAccount,
  ports: JournalPorts,
): Promise<Outcome> {
  for (const step of plan.steps) {
    if (!step.kind.startsWith('create-') || step.kind === 'create-access-key') continue;
    if (!journal.some(({ stepId }) => stepId === step.id)) continue;
    const left = await isOurs(step, contextOf(plan, step, journal, clients, ports));
    if (!left.ok && left.error.kind !== 'no-such-entity') return left;
    if (!left.ok || !left.value) continue;
    return err(
      appError('not-possible', `${describeStep(step).title} is still there after it was deleted.`, {
        whatDidNotChange: 'Everything that is marked as undone is gone.',
        whatToDo: 'AWS spreads changes with some delay. Undo again in a minute.',
        retryable: true,
        remedies: [{ kind: 'retry' }],
      }),
    );
  }
  return ok(undefined);
}

function contextOf(
  plan: Plan,
  step: PlanStep,
  journal: readonly JournalEntry[],
  clients: ClientsByAccount,
  { forgetKey, keepKey, signal }: JournalPorts,
): StepContext {
  const given = clients(step.accountId ?? plan.accountId);
  if (given === undefined) throw new Error('The accounts were confirmed, and one has no credentials now.');
  const entries = journal.filter(({ stepId }) => stepId === step.id);
  return {
    onboardingId: plan.onboardingId,
    clients: given,
    signal,
    begunBefore: entries.at(-1)?.state === 'started',
    made: entries.findLast(({ made }) => made !== undefined)?.made,
    keepKey,
    forgetKey,
  };
}

async function journalled(
  step: PlanStep,
  ports: JournalPorts,
  end: 'done' | 'undone',
  act: () => StepOutcome,
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
  const { at, made, requestId } = answer.value;
  const done = ports.write({
    stepId: step.id,
    state: end,
    at: at ?? clock.now(),
    ...(requestId === undefined ? {} : { requestId }),
    ...(made === undefined ? {} : { made }),
  });
  if (!done.ok) return done;
  ports.progress(step.id, end, tookMs);
  return ok(undefined);
}

function isUnanswered(error: AppError | Cancelled): boolean {
  return error.kind === 'cancelled' || error.kind === 'timed-out' || error.kind === 'unreachable';
}

function makeStep(step: PlanStep, context: StepContext): StepOutcome {
  const { clients, signal } = context;
  const { iam } = clients;
  switch (step.kind) {
    case 'create-role':
      return makeRole(step, context);
    case 'attach-role-policy':
      return evidenceOf(iam.attachRolePolicy(step.roleName, step.policyArn, { signal }));
    case 'put-role-policy':
      return evidenceOf(iam.putRolePolicy(step.roleName, step.policyName, step.document, { signal }));
    case 'create-policy':
      return makePolicy(step, context);
    case 'create-instance-profile':
      return makeProfile(step, context);
    case 'add-role-to-instance-profile':
      return fillProfile(step, context);
    case 'create-group':
      return makeGroup(step, context);
    case 'attach-group-policy':
      return evidenceOf(iam.attachGroupPolicy(step.groupName, step.policyArn, { signal }));
    case 'create-user':
      return makeUser(step, context);
    case 'attach-user-policy':
      return evidenceOf(iam.attachUserPolicy(step.userName, step.policyArn, { signal }));
    case 'add-user-to-group':
      return evidenceOf(iam.addUserToGroup(step.userName, step.groupName, { signal }));
    case 'create-access-key':
      return makeAccessKey(step, context);
    case 'create-bucket':
      return makeBucket(step, context);
    case 'put-public-access-block':
      return evidenceOf(clients.s3(step.region).blockPublicAccess(step.bucket, { signal }));
    case 'put-bucket-versioning':
      return evidenceOf(clients.s3(step.region).keepVersions(step.bucket, { signal }));
    case 'put-bucket-policy':
      return putPolicy(step, context);
  }
}

/** Whether what the step belongs to carries our id: only that is ours to remove. */
function isOurs(step: PlanStep, context: StepContext): Promise<Result<boolean, AppError | Cancelled>> {
  switch (step.kind) {
    case 'create-role':
    case 'attach-role-policy':
    case 'put-role-policy':
      return ownsRole(step.roleName, context);
    case 'create-policy':
      return ownsPolicy(step.policyArn, context);
    case 'create-instance-profile':
    case 'add-role-to-instance-profile':
      return ownsProfile(step.profileName, context);
    case 'create-group':
    case 'attach-group-policy':
      return ownsGroup(step.groupName, context);
    case 'create-user':
    case 'attach-user-policy':
    case 'add-user-to-group':
    case 'create-access-key':
      return ownsUser(step.userName, context);
    case 'create-bucket':
    case 'put-public-access-block':
    case 'put-bucket-versioning':
      return ownsBucket(step, context);
    case 'put-bucket-policy':
      // The bucket may be somebody's; what is compared is the policy itself.
      return Promise.resolve(ok(true));
  }
}

async function undoStep(step: PlanStep, context: StepContext): StepOutcome {
  const ours = await isOurs(step, context);
  if (!ours.ok) return ours.error.kind === 'no-such-entity' ? ok({}) : ours;
  if (!ours.value) return notOurs(describeStep(step).title);
  return await removeStep(step, context);
}

function removeStep(step: PlanStep, context: StepContext): StepOutcome {
  const { clients, signal } = context;
  const { iam } = clients;
  switch (step.kind) {
    case 'create-role':
      return removed(iam.deleteRole(step.roleName, { signal }));
    case 'attach-role-policy':
      return removed(iam.detachRolePolicy(step.roleName, step.policyArn, { signal }));
    case 'put-role-policy':
      return removed(iam.deleteRolePolicy(step.roleName, step.policyName, { signal }));
    case 'create-policy':
      return deletePolicy(step, context);
    case 'create-instance-profile':
      return removed(iam.deleteInstanceProfile(step.profileName, { signal }));
    case 'add-role-to-instance-profile':
      return removed(iam.removeRoleFromInstanceProfile(step.profileName, step.roleName, { signal }));
    case 'create-group':
      return removed(iam.deleteGroup(step.groupName, { signal }));
    case 'attach-group-policy':
      return removed(iam.detachGroupPolicy(step.groupName, step.policyArn, { signal }));
    case 'create-user':
      return removed(iam.deleteUser(step.userName, { signal }));
    case 'attach-user-policy':
      return removed(iam.detachUserPolicy(step.userName, step.policyArn, { signal }));
    case 'add-user-to-group':
      return removed(iam.removeUserFromGroup(step.userName, step.groupName, { signal }));
    case 'create-access-key':
      return deleteAccessKeys(step, context);
    case 'create-bucket':
      return deleteBucket(step, context);
    case 'put-public-access-block':
    case 'put-bucket-versioning':
      // They go with the bucket.
      return Promise.resolve(ok({}));
    case 'put-bucket-policy':
      return removePolicy(step, context);
  }
}
