import { useState } from 'react';
import { ModalOverlay, type ModalOverlayProps } from 'react-aria-components/Modal';

interface ScrimProps extends Omit<ModalOverlayProps, 'isOpen' | 'onEnter'> {
  readonly isOpen: boolean;
}

/**
 * What lies over the page under a dialog. React Aria calls off what an overlay waits for on its way out when it is closed
 * before its way in began, and leaves it unseen over the whole page for good: such a close waits until it began.
 */
export function Scrim({ isOpen, ...props }: ScrimProps) {
  const [state, setState] = useState<'closed' | 'beginning' | 'open'>('closed');
  if (isOpen && state === 'closed') setState('beginning');
  if (!isOpen && state === 'open') setState('closed');
  return <ModalOverlay {...props} isOpen={isOpen || state === 'beginning'} onEnter={() => setState('open')} />;
}
