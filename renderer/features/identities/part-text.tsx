import type { ReactNode } from 'react';
import type { Part } from '../../../core/domain/identities';
import { Text } from '../../ui/text';

interface PartTextProps<T> {
  readonly part: Part<T> | undefined;
  readonly children: (value: T) => ReactNode;
}

/** What was read; what could not be, said as that; what is not read yet. */
export function PartText<T>({ children, part }: PartTextProps<T>) {
  if (part === undefined) return <Text tone="muted">…</Text>;
  if (part.read) return children(part.value);
  return (
    <span title={part.why}>
      <Text tone="warning">could not be read</Text>
    </span>
  );
}
