import type { AppError } from '../../core/app-error';
import type { Act } from '../../core/domain/activity-words';
import { clip } from '../../core/clip';
import type { SubAccount } from '../../core/domain/sub-account';
import type { Result } from '../../core/result';
import type { WorkspaceContext } from '../workspace-context';
import type { Management } from './management';

/**
 * How a wish without a request begins. `ask`: nothing was ever asked for it. `look`: the app stopped while it asked, so that
 * it is looked for and never asked again by itself. `look-then-ask`: a person goes on with it.
 */
export type Beginning = 'ask' | 'look' | 'look-then-ask';

/** One account on its way, with what its steps need. */
export type Run = Pick<WorkspaceContext, 'audit' | 'clock' | 'publisher'> & {
  readonly management: Management;
  readonly beginning: Beginning;
  readonly signal: AbortSignal;
  readonly find: () => SubAccount | undefined;
  readonly patch: (change: (one: SubAccount) => SubAccount) => Result<unknown>;
  /** a request that is known to be of another wish */
  readonly isTaken: (requestId: string) => boolean;
};

type SubAccountEvent = SubAccount['events'][number];
type Evidence = { readonly at: number; readonly requestId?: string | undefined; readonly said?: string | undefined };

/** Writes what happened, and what follows from it, in one go. Whether it is on disk. */
export function note(
  { patch }: Run,
  what: SubAccountEvent['what'],
  { at, requestId, said }: Evidence,
  change: Partial<SubAccount> = {},
): boolean {
  const event: SubAccountEvent = {
    ...{ what, at },
    ...(said === undefined ? {} : { said: clip(said, 200) }),
    ...(requestId === undefined || requestId === '' ? {} : { requestId }),
  };
  return patch((one) => ({ ...one, ...change, events: [...one.events, event].slice(-400) })).ok;
}

/** A step failed: what is done stays done, and a person may go on with it. */
export function halt(run: Run, error: AppError): void {
  run.patch((one) => ({ ...one, state: 'stopped', error }));
  log(run, 'sub-account.stopped', { error: error.kind, requestId: error.requestId });
}

export function log(run: Run, act: Act, details: Readonly<Record<string, string | undefined>> = {}): void {
  const one = run.find();
  if (one === undefined) return;
  const known = Object.entries({ accountId: one.accountId, request: one.requestId, ...details }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  run.audit({ act, subject: one.wish.name, subAccountId: one.id, ...Object.fromEntries(known) });
}

/** Lets so many milliseconds pass. False once it is to stop. */
export async function pause({ clock, signal }: Pick<Run, 'clock' | 'signal'>, milliseconds: number): Promise<boolean> {
  await clock.wait(milliseconds, signal);
  return !signal.aborted;
}

/** AWS answered that nothing was done. An answer of a server in trouble does not say that, nor does none. */
export function isRefusal({ httpStatus = 0, kind }: AppError): boolean {
  return kind === 'invalid-input' || kind === 'credentials-missing' || (httpStatus >= 300 && httpStatus < 500);
}

/** Trying the same again later may go well: AWS is throttling, out of reach or in trouble. */
export function mayPass(error: AppError): boolean {
  return error.retryable;
}
