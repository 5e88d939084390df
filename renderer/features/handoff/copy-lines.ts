import type { AppError } from '../../../core/app-error';
import type { Result } from '../../../core/result';
import type { CopyOutcome } from '../../ui/copy-button';
import { showToast } from '../../ui/toast';

/** Copies by main, and says when the clipboard is cleared; a failure goes to `onError`. */
export async function copyLines(
  copy: () => Promise<Result<unknown>>,
  words: { readonly title: string; readonly detail: string },
  onError: (error: AppError | undefined) => void,
): Promise<CopyOutcome> {
  const answer = await copy();
  onError(answer.ok ? undefined : answer.error);
  if (!answer.ok) return { ok: false, message: answer.error.message };
  showToast(words);
  return { ok: true };
}

export const clearedSoon = 'The clipboard is cleared after 30 s, if nothing else is copied.';
