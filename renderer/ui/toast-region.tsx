import { Text as AriaText } from 'react-aria-components/Text';
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastRegion as AriaToastRegion,
} from 'react-aria-components/Toast';
import { Button, IconButton } from './button';
import { classNames } from './class-names';
import { Icon } from './icon';
import { toasts, type ToastMessage } from './toast';
import styles from './toast-region.module.css';

/** Where toasts appear. `Toasts` draws it. */
export function ToastRegion() {
  return (
    <AriaToastRegion queue={toasts} className={classNames(styles['region'])} aria-label="Notices">
      {({ toast }) => (
        <AriaToast toast={toast} className={classNames(styles['toast'])}>
          <ToastBody
            message={toast.content}
            onDismiss={() => {
              toasts.close(toast.key);
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
