import type { Revocation, RevocationWay } from '../../../core/domain/revocation';
import { Chip } from '../../ui/chip';

export const wayNames: Readonly<Record<RevocationWay, string>> = {
  'delete-role': 'Delete the role',
  'deny-older-sessions': 'Deny older sessions',
};

/** How far a revocation is, in one chip: never more certain than the evidence. */
export function RevocationState({ revocation }: { readonly revocation: Revocation }) {
  const { state, way, proofState } = revocation;
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
  if (proofState === 'complete') {
    return (
      <Chip tone="success" icon="door-shut">
        {way === 'delete-role' ? 'Both doors shut, proved' : 'Older sessions refused, proved'}
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
