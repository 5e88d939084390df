import type { MemberAccount } from '../../../core/contract/organization';
import { Chip, type ChipTone } from '../../ui/chip';
import { Icon } from '../../ui/icon';
import { Row } from '../../ui/layout';

const states: Readonly<Record<MemberAccount['state'], { readonly word: string; readonly tone?: ChipTone }>> = {
  ACTIVE: { word: 'Active' },
  PENDING_ACTIVATION: { word: 'Pending activation', tone: 'info' },
  SUSPENDED: { word: 'Suspended', tone: 'warning' },
  PENDING_CLOSURE: { word: 'Closing', tone: 'info' },
  CLOSED: { word: 'Closed', tone: 'plain' },
};

/** Quiet when well. */
export function AccountState({ state }: { readonly state: MemberAccount['state'] }) {
  const { tone, word } = states[state];
  if (tone !== undefined) return <Chip tone={tone}>{word}</Chip>;
  return (
    <Row gap="xs">
      <Icon name="check" size="sm" tone="success" />
      {word}
    </Row>
  );
}
