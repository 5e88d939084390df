import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { AppError, Remedy } from '../../core/app-error';
import { assertNever } from '../../core/result';
import { Button, type ButtonVariant } from './button';
import { Card } from './card';
import { CopyButton, type CopyOutcome } from './copy-button';
import { supportText } from './error-text';
import { errorLooks } from './error-titles';
import { formatDuration } from './format';
import { BadgeIcon, Icon } from './icon';
import type { IconName } from './icon-names';
import styles from './error-panel.module.css';

interface ErrorPanelProps {
  readonly error: AppError;
  /** A title nearer to what was tried: “AWS did not let deployer in”. */
  readonly title?: string | undefined;
  /** Does what a button offers. Retry included. */
  readonly onRemedy: (remedy: Remedy) => void;
  /** Copies the detail for support; main does the writing. */
  readonly onCopyDetail?: ((text: string) => Promise<CopyOutcome>) | undefined;
  readonly isDetailOpen?: boolean | undefined;
  /** The first remedy as the view's primary button, unless the view has one. */
  readonly emphasis?: 'primary' | 'secondary' | undefined;
  /** Inside another card: without an edge of its own. */
  readonly isBare?: boolean | undefined;
}

/** What happened, what did not change, what to do with the button that does it; raw text last. Stands next to its cause. */
export function ErrorPanel(props: ErrorPanelProps) {
  const { error, title, onRemedy, onCopyDetail, isDetailOpen = false, emphasis = 'primary', isBare = false } = props;
  const look = errorLooks[error.kind];
  const headingId = useId();
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = panel.current;
    return () => {
      if (shown?.contains(document.activeElement) === true) keepPlace(shown);
    };
  }, []);
  const detail = supportText(error);
  const body = (
    <div ref={panel} className={styles['panel']} role="alert" aria-labelledby={headingId} data-error={error.kind}>
      <BadgeIcon name={look.icon} tone="danger" />
      <div className={styles['body']}>
        <h2 id={headingId}>{title ?? look.title}</h2>
        <p className={styles['message']}>{error.message}</p>
        <dl className={styles['what']}>
          {error.whatDidNotChange === '' ? null : (
            <div>
              <dt>Did not change</dt>
              <dd>{error.whatDidNotChange}</dd>
            </div>
          )}
          {error.whatToDo === '' ? null : (
            <div>
              <dt>What to do</dt>
              <dd>{error.whatToDo}</dd>
            </div>
          )}
        </dl>
        {error.remedies.length === 0 ? null : (
          <div className={styles['remedies']}>
            {error.remedies.map((remedy, index) => (
              <RemedyButton
                key={index}
                remedy={remedy}
                variant={index === 0 && emphasis === 'primary' ? 'primary' : 'secondary'}
                onRemedy={onRemedy}
              />
            ))}
          </div>
        )}
        {detail === '' ? null : <Detail text={detail} startsOpen={isDetailOpen} onCopy={onCopyDetail} />}
      </div>
    </div>
  );
  return isBare ? body : <Card tone="danger">{body}</Card>;
}

interface RemedyLook {
  readonly label: string;
  readonly icon: IconName;
  readonly isLink?: boolean;
}

/** A remedy that helped takes the panel away, and the focus with it: reading goes on from the heading above. */
function keepPlace(panel: HTMLElement): void {
  const dialog = panel.closest<HTMLElement>('[role="dialog"], [role="alertdialog"]');
  const heading = panel.closest('[data-region="sheet"]')?.querySelector('h1');
  (dialog ?? heading)?.focus({ preventScroll: true });
}

const linkLabels: Readonly<Record<string, string>> = {
  'docs-keyring': 'How to start a keyring',
};

function remedyLook(remedy: Remedy): RemedyLook {
  switch (remedy.kind) {
    case 'retry':
      return { label: 'Try again', icon: 'refresh' };
    case 'choose-source':
      return { label: 'Choose other credentials', icon: 'user' };
    case 'replace-access-key':
      return { label: 'Replace the access key', icon: 'key' };
    case 'sign-in':
      return { label: 'Sign in again', icon: 'user' };
    case 'use-memory':
      return { label: 'Use memory for now', icon: 'memory' };
    case 'open-link':
      return { label: linkLabels[remedy.linkId] ?? 'Read how', icon: 'external', isLink: true };
    case 'copy-text':
      return { label: remedy.label, icon: 'copy' };
    case 'set-duration':
      return { label: `Ask for ${formatDuration(remedy.seconds * 1000)}`, icon: 'timer' };
    case 'edit-role':
      return { label: 'Change the role', icon: 'edit' };
    case 'change-network':
      return { label: 'Change the network', icon: 'sliders' };
    default:
      return assertNever(remedy);
  }
}

interface RemedyButtonProps {
  readonly remedy: Remedy;
  readonly variant: ButtonVariant;
  readonly onRemedy: (remedy: Remedy) => void;
}

function RemedyButton({ remedy, variant, onRemedy }: RemedyButtonProps) {
  const { label, icon, isLink = false } = remedyLook(remedy);
  const press = (): void => {
    onRemedy(remedy);
  };
  return isLink ? (
    <Button variant="link" trailingIcon={icon} onPress={press}>
      {label}
    </Button>
  ) : (
    <Button variant={variant} icon={icon} onPress={press}>
      {label}
    </Button>
  );
}

interface DetailProps {
  readonly text: string;
  readonly startsOpen: boolean;
  readonly onCopy: ((text: string) => Promise<CopyOutcome>) | undefined;
}

function Detail({ text, startsOpen, onCopy }: DetailProps) {
  const [isOpen, setOpen] = useState(startsOpen);
  const contentId = useId();
  return (
    <div className={styles['detail']}>
      <button
        type="button"
        className={styles['summary']}
        aria-expanded={isOpen}
        aria-controls={contentId}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size="sm" />
        Detail for support
      </button>
      <div id={contentId} className={styles['raw']} hidden={!isOpen}>
        <pre>{text}</pre>
        {onCopy === undefined ? null : (
          <CopyButton label="Copy" what="the detail for support" onCopy={() => onCopy(text)} />
        )}
      </div>
    </div>
  );
}
