import type { AppError } from '../../core/app-error';
import { appError } from '../workspace-context';

/** For calls that nobody can cancel: a cancelled answer would be a bug elsewhere, shown as what it is. */
export function notCancelled(error: AppError | { readonly kind: 'cancelled' }): AppError {
  return error.kind === 'cancelled'
    ? appError('unexpected', 'The call was stopped before AWS answered.', {
        retryable: true,
        remedies: [{ kind: 'retry' }],
      })
    : error;
}
