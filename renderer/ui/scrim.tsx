import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { ModalOverlay, type ModalOverlayProps } from 'react-aria-components/Modal';

interface ScrimProps extends Omit<ModalOverlayProps, 'children' | 'isOpen' | 'onEnter'> {
  readonly isOpen: boolean;
  readonly children: ReactNode;
}

/**
 * What lies over the page under a dialog. React Aria calls off what an overlay waits for on its way out when it is closed
 * before its way in began, and leaves it unseen over the whole page for good: such a close waits until it began.
 */
export function Scrim({ children, isOpen, ...props }: ScrimProps) {
  const [hasBegun, setBegun] = useState(false);
  const [isThere, setThere] = useState(false);
  if (isOpen && !isThere) setThere(true);
  return (
    <ModalOverlay {...props} isOpen={isOpen || (isThere && !hasBegun)} onEnter={() => setBegun(true)}>
      <WhileThere
        onGone={() => {
          setThere(false);
          setBegun(false);
        }}
      >
        {children}
      </WhileThere>
    </ModalOverlay>
  );
}

/** It goes at the end of the way out, and stays where it is opened again on that way: then it does not begin anew. */
function WhileThere({ children, onGone }: { readonly children: ReactNode; readonly onGone: () => void }) {
  const gone = useEffectEvent(onGone);
  useEffect(() => () => gone(), []);
  return children;
}
