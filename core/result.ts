import type { AppError } from './app-error';

/** What an operation came to: a value, or an expected failure. Thrown errors are for bugs only. */
export type Result<T, E = AppError> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** The person stopped it. Not an error: nothing is shown as failed, nothing is retried. */
export type Cancelled = { readonly kind: 'cancelled' };

export const cancelled: Cancelled = { kind: 'cancelled' };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** Ends every switch over a union; reaching it is a bug that the compiler normally catches first. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
