import type { ReactNode } from 'react';
import { copyText } from '../../ipc/copy';
import { CopyButton } from '../../ui/copy-button';
import { Row } from '../../ui/layout';

interface CopyableProps {
  readonly what: string;
  readonly text: string;
  readonly children: ReactNode;
}

/** A value with a button beside it. */
export function Copyable({ children, text, what }: CopyableProps) {
  return (
    <Row gap="xs">
      {children}
      <CopyButton what={what} variant="ghost" onCopy={() => copyText(text)} />
    </Row>
  );
}
