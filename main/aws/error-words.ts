import type { AppErrorKind, Remedy } from '../../core/app-error';

/** What was being done, for the words. */
export type AwsOperation = {
  /** AWS's name, for example `AssumeRole`. */
  readonly name: string;
  /** Whether it changes anything in the account: a lost answer then leaves doubt. */
  readonly changes: boolean;
  /** Asking again could do it a second time: after a lost answer that is not offered. */
  readonly once?: true;
  /** Seconds asked for, where the operation opens a session. */
  readonly durationSeconds?: number;
};

/** An error in words, before what AWS sent along is added. */
export type ErrorWords = {
  readonly kind: AppErrorKind;
  readonly message: string;
  readonly whatToDo: string;
  readonly retryable?: boolean;
  readonly remedies?: readonly Remedy[];
};

export const chooseSource: Remedy = { kind: 'choose-source' };
export const retry: Remedy = { kind: 'retry' };
