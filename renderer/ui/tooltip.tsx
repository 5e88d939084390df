import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { classNames } from './class-names';
import styles from './tooltip.module.css';

interface TooltipProps {
  readonly text: ReactNode;
  /** One focusable control. */
  readonly children: ReactElement;
}

/** A word or a reason for a control, shown on hover and on focus. Never the only place where something is said. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <AriaTooltip className={classNames(styles['tooltip'])} offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
