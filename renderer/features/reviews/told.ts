import type { Result } from '../../../core/result';
import { sayFailure } from '../../app/session-uses';
import { showToast, type ToastMessage } from '../../ui/toast';

/** Says what was decided, with the way back. Where that fails the error says how much of it stands. */
export function tellDone(message: Pick<ToastMessage, 'title' | 'icon'>, undo: () => Promise<Result<unknown>>): void {
  const onAction = () =>
    void undo().then((answer) => {
      sayFailure('It could not be taken back', answer);
      if (answer.ok) showToast({ icon: 'undo', title: 'Taken back' });
    });
  showToast({ ...message, tone: 'success', action: { label: 'Undo', onAction } });
}
