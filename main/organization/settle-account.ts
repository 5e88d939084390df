import type { AppError } from '../../core/app-error';
import { formatRoleArn } from '../../core/domain/arn';
import { notCancelled } from '../sources/sources';
import { appError } from '../workspace-context';
import { halt, log, mayPass, note, pause, type Run } from './run';

/** Milliseconds. A new account is not known everywhere at once. */
const moveWithinMs = 60_000;
const moveEveryMs = 5_000;
/** Milliseconds: users saw IAM take seven minutes in a new account (aws-reference §7). */
const enterWithinMs = 10 * 60_000;
const enterPauses = { soon: 5_000, later: 15_000, soonTurns: 12 } as const;

/** These pass in an account that was made just now, or the next look at where it is shows that it was moved. */
const newAccountCodes = /^(?:AccountNotFound|ChildNotFound|SourceParentNotFound|DuplicateAccount)/;

/** Moves the account into its unit. One that is in a unit already is left there: somebody placed it. Whether to go on. */
export async function moveIntoUnit(run: Run): Promise<boolean> {
  const one = run.find();
  if (one?.accountId === undefined) return false;
  const { accountId, events, wish } = one;
  if (wish.unitId === undefined || events.some(({ what }) => what === 'moved')) return true;
  const { clock, signal } = run;
  const until = clock.monotonic() + moveWithinMs;
  for (;;) {
    const trouble = await moveOnce(run, accountId, wish.unitId);
    if (signal.aborted) return false;
    if (trouble === undefined) return true;
    const isNew = newAccountCodes.test(trouble.code ?? '');
    if ((!mayPass(trouble) && !isNew) || clock.monotonic() >= until) {
      halt(run, trouble);
      return false;
    }
    if (!(await pause(run, moveEveryMs))) return false;
  }
}

async function moveOnce(run: Run, accountId: string, unitId: string): Promise<AppError | undefined> {
  const { clients } = run.management;
  const { signal } = run;
  const parents = await clients.organizations.listParents(accountId, { signal });
  if (!parents.ok) return notCancelled(parents.error);
  const parent = parents.value.value[0];
  if (parent === undefined) return appError('aws-other', 'AWS does not say where the account is.', { retryable: true });
  const isThere = parent.id === unitId || parent.kind === 'unit';
  const moved = isThere ? parents : await clients.organizations.moveAccount(accountId, parent.id, unitId, { signal });
  if (!moved.ok) return notCancelled(moved.error);
  const { at, requestId } = moved.value;
  const said = isThere ? `found in ${parent.id}` : unitId;
  note(run, 'moved', { at, requestId, said }, { state: 'entering' });
  log(run, 'sub-account.moved', { unit: isThere ? parent.id : unitId, requestId });
  run.publisher.changed('organization');
  return undefined;
}

/** Asks the access role until it lets in. The credentials that it gives are dropped at once. */
export async function enterAccount(run: Run): Promise<void> {
  const one = run.find();
  if (one?.accountId === undefined) return;
  const { clock, management, signal } = run;
  const roleArn = formatRoleArn(management.identity.partition, one.accountId, '/', one.wish.accessRoleName);
  const until = clock.monotonic() + enterWithinMs;
  for (let turn = 0; ; turn += 1) {
    const answer = await management.clients.sts.assumeRole(
      // the shortest that there is: it is only asked whether the role lets in
      { roleArn, sessionName: 'sallyport-first-look', durationSeconds: 900 },
      { signal },
    );
    if (signal.aborted) return;
    if (answer.ok) {
      const { at, requestId } = answer.value;
      note(run, 'let-in', { at, requestId }, { state: 'ready' });
      log(run, 'sub-account.ready', { requestId });
      return;
    }
    const error = notCancelled(answer.error);
    const { code, requestId } = error;
    if (turn === 0) note(run, 'not-let-in', { at: clock.now(), requestId, said: code });
    if (error.kind !== 'access-denied' && !mayPass(error)) {
      halt(run, error);
      return;
    }
    if (clock.monotonic() >= until) {
      if (turn > 0) note(run, 'not-let-in', { at: clock.now(), requestId, said: code });
      halt(run, error.kind === 'access-denied' ? notLetIn(error, roleArn, management.identity.arn) : error);
      return;
    }
    if (!(await pause(run, turn < enterPauses.soonTurns ? enterPauses.soon : enterPauses.later))) return;
  }
}

function notLetIn(error: AppError, roleArn: string, callerArn: string): AppError {
  return {
    ...error,
    message: 'The account is there, and its access role did not let in for ten minutes.',
    whatDidNotChange: 'The account stays as it is. Nothing in it was changed.',
    whatToDo: `New accounts can take longer: go on later. If it stays, ${callerArn} needs sts:AssumeRole on ${roleArn}.`,
    retryable: true,
    remedies: [{ kind: 'retry' }],
  };
}
