import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal } from 'react-aria-components/Modal';
import { classNames } from './class-names';
import { IconButton } from './button';
import { Scrim } from './scrim';
import styles from './dialog.module.css';

interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** One line: what it is about, and what is not touched. */
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons; the first in reading order is Cancel. */
  readonly footer?: ReactNode;
  /** `safe`: Esc closes, nothing is lost. `asks`: something is running or typed, `onEscape` asks first. */
  readonly escape: 'safe' | 'asks';
  readonly onEscape?: (() => void) | undefined;
  /** 440, 640 or 800 pixels, less where the window is narrow. */
  readonly width?: 'sm' | 'md' | 'lg' | undefined;
  readonly role?: 'dialog' | 'alertdialog' | undefined;
  /** Hides the × where the footer's Cancel says it better. */
  readonly hideClose?: boolean | undefined;
}

/** A question that must be answered before the page goes on. Gives the focus back to what opened it. */
export function Dialog(props: DialogProps) {
  const {
    isOpen,
    onClose,
    title,
    description,
    children,
    footer,
    escape,
    onEscape,
    width = 'md',
    role = 'dialog',
    hideClose = false,
  } = props;
  const leave = escape === 'safe' ? onClose : (onEscape ?? onClose);
  return (
    <Scrim
      className={classNames(styles['scrim'])}
      isOpen={isOpen}
      // React Aria would close; a running change asks instead, so the key is taken below.
      isKeyboardDismissDisabled={escape === 'asks'}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={classNames(styles['modal'])} data-width={width}>
        <div
          className={styles['keys']}
          role="presentation"
          onKeyDown={(event) => {
            if (escape === 'asks' && event.key === 'Escape') leave();
          }}
        >
          <AriaDialog className={classNames(styles['dialog'])} role={role}>
            <header className={styles['head']}>
              <div className={styles['words']}>
                <Heading slot="title" level={2} className={classNames(styles['title'])}>
                  {title}
                </Heading>
                {description === undefined ? null : <p className={styles['description']}>{description}</p>}
              </div>
              {hideClose ? null : <IconButton icon="x" label="Close" size="sm" onPress={leave} />}
            </header>
            <div className={styles['body']}>{children}</div>
            {footer === undefined ? null : <footer className={styles['foot']}>{footer}</footer>}
          </AriaDialog>
        </div>
      </Modal>
    </Scrim>
  );
}
