import type { ReactNode } from 'react';
import { Button, type Busy } from './button';
import { Dialog } from './dialog';
import type { IconName } from './icon-names';
import { Stack } from './layout';
import { Text } from './text';

interface FormDialogProps {
  readonly title: string;
  /** One line: what it is about, and what is not touched. */
  readonly description: ReactNode;
  /** Fields, and what went wrong with them below. */
  readonly children: ReactNode;
  /** A verb with its object: “Add the profile”. */
  readonly submitLabel: string;
  readonly submitIcon?: IconName | undefined;
  readonly busy?: Busy | undefined;
  /** Says why it cannot be sent now. */
  readonly disabledReason?: string | undefined;
  /** Says why it cannot be closed now; Esc does nothing then. */
  readonly lockedReason?: string | undefined;
  /** At the left of the buttons: what closing means. */
  readonly footWords?: string | undefined;
  /** 440, 640 or 800 pixels, less where the window is narrow. */
  readonly width: 'sm' | 'md' | 'lg';
  /** Never while it is busy or cannot be sent, also by Enter in a field. */
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}

/** Fields with Cancel and one button that sends them; Enter in a field does the same as the button. */
export function FormDialog(props: FormDialogProps) {
  const { title, description, children, submitLabel, submitIcon, footWords, width, onSubmit, onClose } = props;
  const { busy, disabledReason, lockedReason } = props;
  const submit = () => {
    if (busy === undefined && disabledReason === undefined) onSubmit();
  };
  return (
    <Dialog
      isOpen
      title={title}
      description={description}
      escape="safe"
      width={width}
      onClose={lockedReason === undefined ? onClose : () => undefined}
      footer={
        <>
          {footWords !== undefined && (
            <Text tone="muted" size="sm">
              {footWords}
            </Text>
          )}
          <Button size="lg" disabledReason={lockedReason} onPress={onClose}>
            Cancel
          </Button>
          <Button
            size="lg"
            variant="primary"
            icon={submitIcon}
            busy={busy}
            disabledReason={disabledReason}
            onPress={submit}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="lg">{children}</Stack>
        {/* without one, Enter sends only what has a single field */}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
