import type { Revocation } from '../../../core/domain/revocation';
import type { RevocationWay } from '../../../core/domain/revocation-ways';
import { Chip } from '../../ui/chip';

export interface WayWords {
  readonly name: string;
  readonly detail: string;
  /** What is chosen for, where it is not for every day. */
  readonly chip?: string;
  readonly outer: string;
  readonly inner: string;
  readonly innerDetail?: string;
  /** What is changed in the target account, where nothing is lost. */
  readonly change: string;
  /** “Role X …”, once it is done. */
  readonly done: string;
  readonly proved: string;
}

export const wayWords: Readonly<Record<RevocationWay, WayWords>> = {
  'close-trust': {
    name: 'Close the trust',
    detail: 'Nobody may assume the role',
    outer: 'Blocked',
    inner: 'Untouched until it expires',
    change:
      'The trust policy is replaced by one that denies everybody. The one from before is kept here and can be put back.',
    done: 'closed',
    proved: 'Outer door shut, proved',
  },
  'deny-older-sessions': {
    name: 'Deny older sessions',
    detail: 'The trust stays as it is',
    outer: 'Still allowed',
    inner: 'Denied if issued before the cutoff',
    change:
      'One inline policy, AWSRevokeOlderSessions. It hits everybody who is in the role now, and can be deleted again.',
    done: 'denies older sessions',
    proved: 'Older sessions refused, proved',
  },
  'detach-permissions': {
    name: 'Detach its permissions',
    detail: 'The role stays, empty',
    outer: 'Allowed, powerless',
    inner: 'Powerless',
    innerDetail: 'bucket policies may still let it in',
    change: 'They are kept here, inline policies with their text, and can be put back.',
    done: 'may do nothing',
    proved: 'Powerless, proved',
  },
  quarantine: {
    name: 'Quarantine',
    detail: 'Close, deny, keep it to look at',
    chip: 'for an incident',
    outer: 'Blocked',
    inner: 'Denied everything',
    change:
      'The trust denies everybody, and one inline policy denies who is in the role now. Both can be taken back; nothing of the role is lost.',
    done: 'quarantined',
    proved: 'Both doors shut, proved',
  },
  'delete-role': {
    name: 'Delete the role',
    detail: 'With its policies, for good',
    outer: 'Blocked',
    inner: 'Loses all permissions',
    change: '',
    done: 'deleted',
    proved: 'Both doors shut, proved',
  },
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
  if (state === 'undone') return <Chip icon="undo">Taken back</Chip>;
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
