import type { ReactNode } from 'react';
import { Text as AriaText } from 'react-aria-components/Text';
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as AriaToastRegion,
} from 'react-aria-components/Toast';
import { Button, IconButton } from './button';
import { classNames } from './class-names';
import { Icon, type Tone } from './icon';
import type { IconName } from './icon-names';
import styles from './toast.module.css';

export interface ToastMessage {
  readonly title: string;
  readonly detail?: string | undefined;
  /** A ring, or an icon with its tone. */
  readonly picture?: ReactNode;
  readonly icon?: IconName | undefined;
  readonly tone?: Tone | undefined;
  readonly action?: { readonly label: string; readonly onAction: () => void } | undefined;
}

const readingTimeMs = 6000;

/** Milliseconds; undefined: it stays until it is dismissed, for there is something to do, or what failed to be understood. */
export function timeOnScreen({ action, tone }: Pick<ToastMessage, 'action' | 'tone'>): number | undefined {
  return action !== undefined || tone === 'warning' || tone === 'danger' ? undefined : readingTimeMs;
}

const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 });

/** Says that something happened elsewhere. Returns what takes it away again. */
export function showToast(message: ToastMessage): () => void {
  const timeout = timeOnScreen(message);
  const key = queue.add(message, timeout === undefined ? {} : { timeout });
  return () => {
    queue.close(key);
  };
}

/** Where toasts appear. Drawn once, by the frame. */
export function ToastRegion() {
  return (
    <AriaToastRegion queue={queue} className={classNames(styles['region'])} aria-label="Notices">
      {({ toast }) => (
        <AriaToast toast={toast} className={classNames(styles['toast'])}>
          <ToastBody
            message={toast.content}
            onDismiss={() => {
              queue.close(toast.key);
            }}
          />
        </AriaToast>
      )}
    </AriaToastRegion>
  );
}

interface ToastBodyProps {
  readonly message: ToastMessage;
  readonly onDismiss: () => void;
}

function ToastBody({ message, onDismiss }: ToastBodyProps) {
  const { title, detail, picture, icon, tone, action } = message;
  return (
    <>
      {picture ?? (icon === undefined ? null : <Icon name={icon} tone={tone} />)}
      <ToastContent className={styles['words']}>
        <AriaText slot="title" className={classNames(styles['title'])}>
          {title}
        </AriaText>
        {detail === undefined ? null : (
          <AriaText slot="description" className={classNames(styles['detail'])}>
            {detail}
          </AriaText>
        )}
      </ToastContent>
      {action === undefined ? null : (
        <Button
          size="sm"
          onPress={() => {
            onDismiss();
            action.onAction();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="x" label={`Dismiss ${title}`} size="sm" onPress={onDismiss} />
    </>
  );
}

/** A toast's looks without the queue, where the kit shows it. */
export function ToastCard(props: ToastBodyProps) {
  return (
    <div className={styles['toast']}>
      <ToastBody {...props} />
    </div>
  );
}
