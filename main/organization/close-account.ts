import type { AppError } from '../../core/app-error';
import type { Act } from '../../core/domain/activity-words';
import type { AccountState, Departure, DepartureEvent } from '../../core/domain/departure';
import { err, ok, type Result } from '../../core/result';
import { notCancelled } from '../sources/sources';
import { appError, type WorkspaceContext } from '../workspace-context';
import { withEvent, type Evidence } from './departure-records';
import type { Management } from './management';
import { isRefusal, mayPass, pause } from './run';

/**
 * `ask`: nothing was asked yet. `look`: the app stopped while it asked or watched; it is never asked again by itself.
 * `look-then-ask`: a person goes on with it.
 */
export type Beginning = 'ask' | 'look' | 'look-then-ask';

/** One account on its way out, with what its steps need. */
export type Leaving = Pick<WorkspaceContext, 'audit' | 'clock' | 'publisher'> & {
  readonly management: Management;
  readonly beginning: Beginning;
  readonly signal: AbortSignal;
  readonly find: () => Departure | undefined;
  readonly patch: (change: (one: Departure) => Departure) => Result<unknown>;
};

/** Milliseconds: how long the state is looked at after a lost answer, and how often. */
const lookMs = 60_000;
const lookEveryMs = 5_000;
/** Milliseconds between two looks at the state, and for how long in all. AWS names no usual time. */
const pauses: readonly number[] = [2_000, 2_000, 5_000, 5_000, 5_000, 5_000, 15_000, 15_000, 15_000, 15_000];
const laterPause = 30_000;
const watchMs = 15 * 60_000;

type Outcome = 'closing' | 'closed' | 'open' | 'ended';

/** Closes the account: looks at its state, asks where that is to be done, then watches until AWS is done with it. */
export async function closeAccount(run: Leaving): Promise<void> {
  const one = run.find();
  if (one === undefined) return;
  let stands: Outcome;
  if (run.beginning === 'look') {
    const wasTaken = one.state === 'closing';
    stands = await lookUntilLeaving(run, wasTaken ? 0 : lookMs);
    if (stands === 'open') halt(run, wasTaken ? openAgain() : stillOpen());
  } else {
    stands = await lookUntilLeaving(run, 0);
    if (stands === 'open') stands = await ask(run);
  }
  if (stands === 'closing') await watch(run);
}

async function ask(run: Leaving): Promise<Outcome> {
  const one = run.find();
  if (one === undefined) return 'ended';
  const { clock, management, signal } = run;
  // on disk before the call: whatever happens after it, the state is looked at
  if (!note(run, 'asked', { at: clock.now() }, { state: 'asking' })) return 'ended';
  log(run, 'departure.asked');
  const answer = await management.clients.organizations.closeAccount(one.accountId, { signal });
  if (signal.aborted) return 'ended';
  if (answer.ok) {
    const kept = note(run, 'taken', answer.value, { state: 'closing' });
    log(run, 'departure.taken', { requestId: answer.value.requestId });
    run.publisher.changed('organization');
    return kept ? 'closing' : 'ended';
  }
  const error = notCancelled(answer.error);
  const evidence = { at: clock.now(), requestId: error.requestId, said: error.reason ?? error.code };
  if (!isRefusal(error)) {
    note(run, 'answer-lost', evidence);
    log(run, 'departure.answer-lost', { error: error.kind });
    const stands = await lookUntilLeaving(run, lookMs);
    if (stands === 'open') halt(run, stillOpen(error));
    return stands;
  }
  note(run, 'refused', evidence);
  // somebody asked for it at the same moment, or a first answer was lost on its way and the SDK asked once more
  if (saysItLeaves.test(error.code ?? '')) {
    const stands = await lookUntilLeaving(run, 0);
    if (stands !== 'open') return stands;
  }
  halt(run, { ...error, whatDidNotChange: 'The account stays open. Nothing in it was changed.' });
  return 'ended';
}

const saysItLeaves = /^(?:Conflict|AccountAlreadyClosed)/;

/** `open`: AWS showed it as open all the time. */
async function lookUntilLeaving(run: Leaving, forMs: number): Promise<Outcome> {
  const until = run.clock.monotonic() + forMs;
  for (;;) {
    const state = await look(run);
    if (run.signal.aborted) return 'ended';
    const isOver = run.clock.monotonic() >= until;
    if (!state.ok) {
      if (isOver || !mayPass(state.error)) {
        halt(run, state.error);
        return 'ended';
      }
    } else {
      const stands = settle(run, state.value);
      if (stands !== 'open' || isOver) return stands;
    }
    if (!(await pause(run, lookEveryMs))) return 'ended';
  }
}

/** Asks how it stands, ever more slowly, for a quarter of an hour. That AWS takes longer is no failure. */
async function watch(run: Leaving): Promise<void> {
  const until = run.clock.monotonic() + watchMs;
  for (let turn = 0; ; turn += 1) {
    if (!(await pause(run, pauses[turn] ?? laterPause))) return;
    const state = await look(run);
    if (run.signal.aborted) return;
    if (state.ok) {
      const stands = settle(run, state.value);
      if (stands === 'open') halt(run, openAgain());
      if (stands !== 'closing') return;
    } else if (!mayPass(state.error)) {
      halt(run, state.error);
      return;
    }
    if (run.clock.monotonic() >= until) {
      run.patch((one) => ({ ...one, state: 'unwatched', ...(state.ok ? {} : { error: state.error }) }));
      log(run, 'departure.unwatched');
      return;
    }
  }
}

async function look(run: Leaving): Promise<Result<AccountState>> {
  const one = run.find();
  if (one === undefined) return err(appError('not-found', 'The record is gone.', {}));
  const { clients } = run.management;
  const answer = await clients.organizations.describeAccount(one.accountId, { signal: run.signal });
  if (!answer.ok) return err(notCancelled(answer.error));
  const { at, requestId, value } = answer.value;
  // what it was before anything was asked belongs to the way as well
  note(run, 'looked', { at, requestId, said: value.state });
  return ok(value.state);
}

function settle(run: Leaving, state: AccountState): Exclude<Outcome, 'ended'> {
  switch (state) {
    case 'ACTIVE':
    case 'PENDING_ACTIVATION':
      return 'open';
    case 'PENDING_CLOSURE':
      run.patch((one) => ({ ...one, state: 'closing' }));
      return 'closing';
    case 'SUSPENDED':
      // AWS suspends accounts for reasons of its own too (Organizations User Guide, account states): that is not closed
      if (run.find()?.events.every(({ said, what }) => what !== 'asked' && said !== 'PENDING_CLOSURE') === true) {
        return 'open';
      }
      return settleClosed(run, state);
    case 'CLOSED':
      return settleClosed(run, state);
  }
}

function settleClosed(run: Leaving, state: AccountState): 'closed' {
  const looked = run.find()?.events.at(-1);
  const at = looked?.lastAt ?? looked?.at ?? run.clock.now();
  note(run, 'closed', { at, requestId: looked?.requestId, said: state }, { state: 'closed', closedAt: at });
  log(run, 'departure.closed', { state });
  run.publisher.changed('organization');
  return 'closed';
}

/** Writes what happened, and what follows from it, in one go. Whether it is on disk. */
function note(
  run: Leaving,
  what: DepartureEvent['what'],
  evidence: Evidence,
  change: Partial<Departure> = {},
): boolean {
  return run.patch((one) => ({ ...one, ...change, events: withEvent(one.events, what, evidence) })).ok;
}

function halt(run: Leaving, error: AppError): void {
  run.patch((one) => ({ ...one, state: 'stopped', error }));
  log(run, 'departure.stopped', { error: error.kind, requestId: error.requestId });
}

function log(run: Leaving, act: Act, details: Readonly<Record<string, string | undefined>> = {}): void {
  const one = run.find();
  if (one === undefined) return;
  const known = Object.entries(details).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  run.audit({ act, subject: one.accountId, departureId: one.id, ...Object.fromEntries(known) });
}

function stillOpen(cause?: AppError): AppError {
  return appError('not-possible', 'The answer was lost, and AWS shows the account as open.', {
    whatDidNotChange: 'It was not asked for again.',
    whatToDo: 'Go on: its state is looked at once more, and only if it is still open AWS is asked again.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
    ...(cause?.detail === undefined ? {} : { detail: cause.detail }),
  });
}

function openAgain(): AppError {
  return appError('not-possible', 'AWS shows the account as open again.', {
    whatDidNotChange: 'It is not closed.',
    whatToDo: 'Somebody may have had it reopened. Go on only if it is still to be closed.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}
