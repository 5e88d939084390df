import { showToast, type ToastMessage } from '../../ui/toast';

/** Says what was decided, with the way back; `undo` resolves to undefined where it failed. */
export function tellDone(message: Pick<ToastMessage, 'title' | 'icon'>, undo: () => Promise<object | undefined>): void {
  const onAction = () =>
    void undo().then((answer) => {
      showToast(
        answer === undefined
          ? { tone: 'danger', icon: 'alert', title: 'It could not be taken back', detail: 'It is as it was.' }
          : { icon: 'undo', title: 'Taken back' },
      );
    });
  showToast({ ...message, tone: 'success', action: { label: 'Undo', onAction } });
}
