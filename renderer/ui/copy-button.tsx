import { useEffect, useState } from 'react';
import { schedule } from '../app/clock';
import { announce } from './announcer';
import { Button, IconButton, type ButtonSize } from './button';

/** What became of copying: done, or why not, in words to show. */
export type CopyOutcome = { readonly ok: true } | { readonly ok: false; readonly message: string };

interface CopyButtonProps {
  /** What is copied, as in “Copy external ID”: the accessible name. */
  readonly what: string;
  /** Puts it on the clipboard; main does the writing. */
  readonly onCopy: () => Promise<CopyOutcome>;
  /** The visible word; without it only the icon is drawn. */
  readonly label?: string | undefined;
  readonly variant?: 'secondary' | 'ghost' | 'link' | undefined;
  readonly size?: ButtonSize | undefined;
  readonly disabledReason?: string | undefined;
}

type CopyState = 'rest' | 'copying' | 'copied' | 'failed';

/** How long “Copied” stands. */
const copiedForMs = 2400;

/** Copies, and says that it did. */
export function CopyButton({
  what,
  onCopy,
  label,
  variant = 'secondary',
  size = 'sm',
  disabledReason,
}: CopyButtonProps) {
  const [state, setState] = useState<CopyState>('rest');

  useEffect(() => {
    if (state !== 'copied' && state !== 'failed') return undefined;
    return schedule(copiedForMs, () => {
      setState('rest');
    });
  }, [state]);

  const copy = (): void => {
    if (state === 'copying') return;
    setState('copying');
    void onCopy().then(
      (outcome) => {
        setState(outcome.ok ? 'copied' : 'failed');
        announce(outcome.ok ? `Copied ${what}` : outcome.message, outcome.ok ? 'polite' : 'assertive');
      },
      () => {
        setState('failed');
        announce(`${what} was not copied`, 'assertive');
      },
    );
  };

  const icon = state === 'copied' ? 'check' : state === 'failed' ? 'x-circle' : 'copy';
  if (label === undefined) {
    const name = state === 'copied' ? `Copied ${what}` : state === 'failed' ? `${what} was not copied` : `Copy ${what}`;
    return (
      <IconButton
        icon={icon}
        label={name}
        size={size}
        variant={variant === 'secondary' ? 'secondary' : 'ghost'}
        onPress={copy}
        disabledReason={disabledReason}
      />
    );
  }
  return (
    <Button
      icon={icon}
      iconTone={state === 'copied' ? 'success' : undefined}
      size={size}
      variant={variant}
      onPress={copy}
      disabledReason={disabledReason}
    >
      {state === 'copied' ? 'Copied' : state === 'failed' ? 'Not copied' : label}
    </Button>
  );
}
