import type { ReactNode } from 'react';
import { Button, type Busy } from './button';
import { Dialog } from './dialog';
import { Icon } from './icon';
import styles from './dialog.module.css';

interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly description?: ReactNode;
  /** What will be lost, each by its name. Empty where nothing is. */
  readonly losses?: readonly string[] | undefined;
  /** Under the list: what cannot come back, and what can. */
  readonly lossNote?: ReactNode;
  readonly children?: ReactNode;
  /** A verb with its object: “Delete the role”. */
  readonly confirmLabel: string;
  readonly tone?: 'danger' | 'primary' | undefined;
  readonly cancelLabel?: string | undefined;
  readonly busy?: Busy | undefined;
  readonly confirmDisabledReason?: string | undefined;
  /** Another way at the left of the buttons. */
  readonly alternative?: ReactNode;
  readonly width?: 'sm' | 'md' | 'lg' | undefined;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Names the loss, has the focus on Cancel, and acts only on its own button. While it is busy Esc does nothing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    isOpen,
    title,
    description,
    losses = [],
    lossNote,
    children,
    confirmLabel,
    tone = 'danger',
    cancelLabel = 'Cancel',
  } = props;
  const { busy, confirmDisabledReason, alternative, width = 'sm', onConfirm, onCancel } = props;
  const isBusy = busy !== undefined;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onCancel}
      title={title}
      description={description}
      escape={isBusy ? 'asks' : 'safe'}
      // The act is under way: it cannot be stopped from here, so there is nothing to ask.
      onEscape={() => undefined}
      hideClose={isBusy}
      width={width}
      role="alertdialog"
      footer={
        <>
          <span className={styles['footWords']}>{alternative}</span>
          <Button size="lg" autoFocus onPress={onCancel} disabledReason={isBusy ? 'It is being done now' : undefined}>
            {cancelLabel}
          </Button>
          <Button size="lg" variant={tone} onPress={onConfirm} busy={busy} disabledReason={confirmDisabledReason}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {losses.length === 0 ? null : (
        <section className={styles['loss']}>
          <h3>Will be lost</h3>
          <ul>
            {losses.map((loss) => (
              <li key={loss}>
                <Icon name="trash" size="sm" tone="danger" />
                {loss}
              </li>
            ))}
          </ul>
          {lossNote === undefined ? null : <p>{lossNote}</p>}
        </section>
      )}
      {children === undefined ? null : (
        <div className={losses.length === 0 ? undefined : styles['extra']}>{children}</div>
      )}
    </Dialog>
  );
}
