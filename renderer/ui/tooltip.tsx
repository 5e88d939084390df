import { useRef, type ReactElement, type ReactNode } from 'react';
import { FocusableProvider } from 'react-aria/private/interactions/useFocusable';
import { useTooltipTrigger } from 'react-aria/useTooltipTrigger';
import { useTooltipTriggerState } from 'react-stately/useTooltipTriggerState';
import { drawnLater, useOnceSo } from './drawn-later';

interface TooltipProps {
  readonly text: ReactNode;
  /** One focusable control. */
  readonly children: ReactElement;
}

const timing = { delay: 500, closeDelay: 80 };

const TooltipBubble = drawnLater(async () => (await import('./tooltip-bubble')).TooltipBubble);

/**
 * A word or a reason for a control, shown on hover and on focus. Never the only place where something is said. The control is
 * what React Aria's own TooltipTrigger makes of it; what is shown beside it comes later, as with a menu.
 */
export function Tooltip({ text, children }: TooltipProps) {
  const state = useTooltipTriggerState(timing);
  const control = useRef<HTMLElement>(null);
  const { triggerProps, tooltipProps } = useTooltipTrigger(timing, state, control);
  const wasOpened = useOnceSo(state.isOpen);
  return (
    <>
      <FocusableProvider {...triggerProps} ref={control}>
        {children}
      </FocusableProvider>
      {wasOpened ? <TooltipBubble state={state} control={control} tooltipProps={tooltipProps} text={text} /> : null}
    </>
  );
}
