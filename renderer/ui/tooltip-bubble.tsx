import type { ReactNode, RefObject } from 'react';
import { Tooltip, TooltipContext, TooltipTriggerStateContext, type TooltipProps } from 'react-aria-components/Tooltip';
import type { useTooltipTrigger } from 'react-aria/useTooltipTrigger';
import type { useTooltipTriggerState } from 'react-stately/useTooltipTriggerState';
import { classNames } from './class-names';
import styles from './tooltip.module.css';

interface TooltipBubbleProps {
  readonly state: ReturnType<typeof useTooltipTriggerState>;
  readonly control: RefObject<HTMLElement | null>;
  readonly tooltipProps: ReturnType<typeof useTooltipTrigger>['tooltipProps'];
  readonly text: ReactNode;
}

/** What a tooltip shows, as under React Aria's own TooltipTrigger. */
export function TooltipBubble({ state, control, tooltipProps, text }: TooltipBubbleProps) {
  return (
    <TooltipTriggerStateContext value={state}>
      <TooltipContext value={{ ...(tooltipProps as TooltipProps), triggerRef: control }}>
        <Tooltip className={classNames(styles['tooltip'])} offset={6}>
          {text}
        </Tooltip>
      </TooltipContext>
    </TooltipTriggerStateContext>
  );
}
