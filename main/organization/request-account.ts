import type { AppError } from '../../core/app-error';
import type { SubAccount } from '../../core/domain/sub-account';
import { notCancelled } from '../sources/sources';
import type { AccountRequest, Answer } from '../aws/aws-api';
import { appError } from '../workspace-context';
import { accountFailure } from './failure-words';
import { findRequest, type FoundRequest } from './find-request';
import { sameEmail } from './records';
import { halt, isRefusal, log, mayPass, note, pause, type Run } from './run';

/** Milliseconds: how long a request is looked for whose answer was lost, and how often. */
const lookMs = 60_000;
const lookEveryMs = 5_000;
/** Milliseconds between two looks at a request, and for how long in all (aws-reference §7). */
const pauses: readonly number[] = [2_000, 2_000, 2_000, 2_000, 2_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000];
const laterPause = 15_000;
const watchMs = 15 * 60_000;

/** Where a new account goes next. */
function afterMaking({ wish }: SubAccount): Pick<SubAccount, 'state'> {
  return { state: wish.unitId === undefined ? 'entering' : 'moving' };
}

/**
 * Brings the wish to an account: asks once, or looks for what was asked, then watches until AWS is done. Whether there is
 * one; everything else is in the record.
 */
export async function requestAccount(run: Run): Promise<boolean> {
  let { beginning } = run;
  for (;;) {
    const one = run.find();
    if (one === undefined) return false;
    if (one.accountId !== undefined) return true;
    if (one.requestId === undefined && !(await begin(run, one, beginning))) return false;
    if (run.find()?.accountId !== undefined) return true;
    const watched = await watch(run);
    if (watched !== 'again') return watched === 'made';
    beginning = 'look';
  }
}

/** Whether a request, or the account itself, is in the record now. */
async function begin(run: Run, one: SubAccount, beginning: Run['beginning']): Promise<boolean> {
  if (beginning !== 'ask') {
    const looked = await look(run, one, beginning === 'look' ? lookMs : 0);
    if (looked !== 'none') return looked === 'found';
    if (beginning === 'look') {
      halt(run, notFoundYet());
      return false;
    }
  }
  return await ask(run, one);
}

async function ask(run: Run, one: SubAccount): Promise<boolean> {
  const { clock, management, signal } = run;
  const { accessRoleName: roleName, email, name } = one.wish;
  // on disk before the call: whatever happens after it, the request is looked for
  if (!note(run, 'asked', { at: clock.now() })) return false;
  log(run, 'sub-account.asked', { email });
  const answer = await management.clients.organizations.createAccount({ email, name, roleName, tags: [] }, { signal });
  if (answer.ok) {
    const { value: request, ...evidence } = answer.value;
    // the first thing: without it the request would have to be looked for
    const kept = note(
      run,
      'in-progress',
      { ...evidence, said: request.state },
      { requestId: request.id, state: 'making' },
    );
    log(run, 'sub-account.requested', { request: request.id, requestId: evidence.requestId });
    if (!kept) return false;
    return await pause(run, pauses[0] ?? laterPause);
  }
  if (signal.aborted) return false;
  const error = notCancelled(answer.error);
  if (isRefusal(error)) {
    const evidence = { at: clock.now(), requestId: error.requestId, said: error.reason ?? error.code };
    // for the moment only: the same record can be gone on with
    end(run, mayPass(error) ? 'stopped' : 'failed', error, evidence);
    return false;
  }
  note(run, 'answer-lost', { at: clock.now(), requestId: error.requestId, said: error.code });
  log(run, 'sub-account.answer-lost', { error: error.kind });
  const looked = await look(run, one, lookMs);
  if (looked === 'none') halt(run, notFoundYet(error));
  return looked === 'found';
}

function end(run: Run, state: 'failed' | 'stopped', error: AppError, evidence: Parameters<typeof note>[2]): void {
  const { reason } = error;
  note(run, 'failed', evidence, { state, error, ...(reason === undefined ? {} : { failureReason: reason }) });
  log(run, 'sub-account.failed', { error: error.kind, reason, requestId: evidence.requestId });
}

/** `ended`: nothing more is to be done now, and the record says why. */
async function look(run: Run, one: SubAccount, forMs: number): Promise<'found' | 'none' | 'ended'> {
  const { clock, management, signal } = run;
  const until = clock.monotonic() + forMs;
  for (;;) {
    const answer = await findRequest(management.clients.organizations, one, run.isTaken, signal);
    if (signal.aborted) return 'ended';
    if (answer.ok && answer.value.value !== undefined) return adopt(run, answer.value.value, answer.value, one);
    const isOver = clock.monotonic() >= until;
    if (!answer.ok) {
      const error = notCancelled(answer.error);
      if (isOver || !mayPass(error)) {
        halt(run, error);
        return 'ended';
      }
    } else if (isOver) return 'none';
    if (!(await pause(run, lookEveryMs))) return 'ended';
  }
}

type Evidence = Pick<Answer<unknown>, 'at' | 'requestId'>;

function adopt(run: Run, found: FoundRequest, { at, requestId }: Evidence, one: SubAccount): 'found' | 'ended' {
  const kept =
    found.kind === 'request'
      ? note(
          run,
          'found',
          { at, requestId, said: found.request.state },
          { requestId: found.request.id, state: 'making' },
        )
      : note(run, 'found', { at, requestId }, { accountId: found.accountId, ...afterMaking(one) });
  log(run, 'sub-account.found', { requestId });
  return kept ? 'found' : 'ended';
}

/** `again`: what was watched is not it, or is another one now. */
type Watched = 'made' | 'again' | 'ended';

/** Asks how the request goes, ever more slowly, for a quarter of an hour. That AWS takes longer is no failure. */
async function watch(run: Run): Promise<Watched> {
  const { clock, management, signal } = run;
  const until = clock.monotonic() + watchMs;
  for (let turn = 1; ; turn += 1) {
    const one = run.find();
    if (one?.requestId === undefined) return 'ended';
    const answer = await management.clients.organizations.describeAccountRequest(one.requestId, { signal });
    if (signal.aborted) return 'ended';
    let trouble: AppError | undefined;
    if (answer.ok) {
      const settled = await settle(run, one, answer.value);
      if (settled !== undefined) return settled;
    } else {
      trouble = notCancelled(answer.error);
      if (trouble.code?.startsWith('CreateAccountStatusNotFound') === true)
        return await seekForgotten(run, one, trouble);
      if (!mayPass(trouble)) {
        halt(run, trouble);
        return 'ended';
      }
    }
    if (clock.monotonic() >= until) {
      run.patch((record) => ({ ...record, state: 'unwatched', ...(trouble === undefined ? {} : { error: trouble }) }));
      log(run, 'sub-account.unwatched');
      return 'ended';
    }
    if (!(await pause(run, pauses[turn] ?? laterPause))) return 'ended';
  }
}

/** AWS does not know a request everywhere at once, and forgets it after some time: the account itself is looked for too. */
async function seekForgotten(run: Run, one: SubAccount, trouble: AppError): Promise<Watched> {
  const looked = (await pause(run, lookEveryMs)) ? await look(run, one, lookMs) : 'ended';
  if (looked === 'none') halt(run, trouble);
  return looked === 'found' ? 'again' : 'ended';
}

/** What AWS says of the request; undefined while it goes on. */
async function settle(run: Run, one: SubAccount, answer: Answer<AccountRequest>): Promise<Watched | undefined> {
  const { value: request, requestId } = answer;
  switch (request.state) {
    case 'IN_PROGRESS':
      return undefined;
    case 'FAILED': {
      const { completedAt, failureReason } = request;
      const error = { ...accountFailure(failureReason), requestId };
      const isCertain = !wasFoundByName(one);
      end(run, isCertain ? 'failed' : 'stopped', isCertain ? error : perhapsAnother(error), {
        ...{ at: completedAt, requestId, said: failureReason },
      });
      if (!isCertain) run.patch(({ failureReason: _reason, requestId: _requestId, ...rest }) => rest);
      return 'ended';
    }
    case 'SUCCEEDED': {
      const isOurs = await hasOurAddress(run, one, request.accountId);
      if (isOurs !== true) return isOurs;
      const evidence = { at: request.completedAt, requestId, said: request.state };
      if (!note(run, 'made', evidence, { accountId: request.accountId, ...afterMaking(one) })) return 'ended';
      log(run, 'sub-account.made', { requestId });
      run.publisher.changed('organization');
      return 'made';
    }
  }
}

/** Then it may be of somebody who asked for an account of that name in the same minutes. */
function wasFoundByName({ events }: SubAccount): boolean {
  return events.filter(({ what }) => what === 'found' || what === 'in-progress').at(-1)?.what === 'found';
}

async function hasOurAddress(run: Run, one: SubAccount, accountId: string): Promise<true | Watched | undefined> {
  if (!wasFoundByName(one)) return true;
  const { management, signal } = run;
  const account = await management.clients.organizations.describeAccount(accountId, { signal });
  if (signal.aborted) return 'ended';
  if (account.ok) {
    if (sameEmail(account.value.value.email, one.wish.email)) return true;
    run.patch(({ requestId: _requestId, ...rest }) => ({ ...rest, state: 'asking' }));
    return 'again';
  }
  const error = notCancelled(account.error);
  if (mayPass(error)) return undefined;
  halt(run, error);
  return 'ended';
}

function perhapsAnother(error: AppError): AppError {
  return {
    ...error,
    message: `A request of this name was ended. ${error.message}`,
    whatDidNotChange:
      'Its answer was lost, so that AWS does not say whether it was this one. It was not asked for again.',
    whatToDo: `Go on: AWS is asked once more, and says it of this one. ${error.whatToDo}`,
    retryable: true,
    remedies: [{ kind: 'retry' }],
  };
}

function notFoundYet(cause?: AppError): AppError {
  return appError('not-possible', 'The answer was lost, and AWS has no request for this account in its list.', {
    whatDidNotChange: 'It was not asked for again.',
    whatToDo: 'Go on: the list is looked at once more, and only if it is not there AWS is asked again.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
    ...(cause?.detail === undefined ? {} : { detail: cause.detail }),
  });
}
