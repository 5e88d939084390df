import type { Revocation } from '../../../core/domain/revocation';
import { Chip } from '../../ui/chip';
import { isWithdrawn } from './doors-left';
import { wayWords } from './way-words';

/** How far a revocation is, in one chip: never more certain than the evidence. */
export function RevocationState({ revocation }: { readonly revocation: Revocation }) {
  const { state, way, proofState } = revocation;
  if (state === 'asked')
    return (
      <Chip tone="warning" icon="send">
        The owner must act
      </Chip>
    );
  if (state === 'running')
    return (
      <Chip tone="info" icon="hourglass">
        Closing now
      </Chip>
    );
  if (state === 'failed')
    return (
      <Chip tone="danger" icon="x-circle">
        Stopped half-way
      </Chip>
    );
  if (state === 'undone') return <Chip icon="undo">{isWithdrawn(revocation) ? 'Withdrawn' : 'Put back'}</Chip>;
  if (proofState === 'complete') {
    return (
      <Chip tone="success" icon="door-shut">
        {wayWords[way].proved}
      </Chip>
    );
  }
  if (state === 'ended')
    return (
      <Chip tone="success" icon="door-shut">
        Over
      </Chip>
    );
  return proofState === 'running' ? (
    <Chip tone="info" icon="hourglass">
      Closed, asking AWS for proof
    </Chip>
  ) : (
    <Chip tone="info" icon="hourglass">
      Closing
    </Chip>
  );
}
