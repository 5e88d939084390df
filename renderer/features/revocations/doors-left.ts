import type { Revocation } from '../../../core/domain/revocation';
import { wayFacts, type DoorState, type Measure, type RevocationWay } from '../../../core/domain/revocation-ways';

/** The way that is this measure alone, and so does to the doors what it does. */
const alone: Readonly<Record<Exclude<Measure, 'prove'>, RevocationWay>> = {
  'close-trust': 'close-trust',
  'deny-older-sessions': 'deny-older-sessions',
  'detach-permissions': 'detach-permissions',
  'deny-all': 'deny-all',
  'set-boundary': 'boundary',
  'deny-by-scp': 'scp',
  'deny-caller': 'caller',
  'delete-role': 'delete-role',
  'delete-stack': 'delete-stack',
};

const order: readonly DoorState[] = ['open', 'half', 'shut'];

/** How both doors stand after what was seen to be done so far. */
export function doorsLeft({ taken }: Pick<Revocation, 'taken'>): { outer: DoorState; inner: DoorState } {
  const after = (door: 'outer' | 'inner') =>
    taken
      .filter((measure) => measure !== 'prove')
      .map((measure) => wayFacts[alone[measure]][door])
      .reduce<DoorState>((most, one) => (order.indexOf(one) > order.indexOf(most) ? one : most), 'open');
  return { outer: after('outer'), inner: after('inner') };
}

const outerWords: Readonly<Record<DoorState, string>> = {
  open: 'New sessions can be opened, as before.',
  half: 'New sessions can be opened, and may do nothing.',
  shut: 'Nobody comes in any more.',
};

const innerWords: Readonly<Record<DoorState, string>> = {
  open: 'Live sessions go on until they expire.',
  half: 'Live sessions may do nothing by the role.',
  shut: 'Live sessions are refused.',
};

/** What still works for the other side, a sentence for each door. */
export function leftWords(revocation: Pick<Revocation, 'taken'>): readonly [string, string] {
  const { outer, inner } = doorsLeft(revocation);
  return [outerWords[outer], innerWords[inner]];
}

export type MeasureState = 'done' | 'running' | 'waiting' | 'failed' | 'unsure' | 'skipped';

/** Where each measure of the way stands: at most one is running, and what comes after it waits. */
export function measureStates(revocation: Revocation): readonly { measure: Measure; state: MeasureState }[] {
  const { measures } = wayFacts[revocation.way];
  const next = measures.find((measure) => !revocation.taken.includes(measure));
  return measures.map((measure) => ({ measure, state: stateOf(revocation, measure, measure === next) }));
}

function stateOf({ proofState, state, taken }: Revocation, measure: Measure, isNext: boolean): MeasureState {
  if (measure === 'prove' && proofState !== 'running') {
    if (proofState === 'not-asked') return 'skipped';
    if (proofState === 'complete') return 'done';
    return 'unsure';
  }
  if (taken.includes(measure)) return 'done';
  if (!isNext) return 'waiting';
  if (state === 'failed') return 'failed';
  return state === 'running' || state === 'closing' || state === 'ended' ? 'running' : 'waiting';
}

/** The owner was asked, and then was not any more: nothing was done. */
export function isWithdrawn({ performer, state, steps }: Revocation): boolean {
  return state === 'undone' && performer.kind === 'owner' && steps.length === 0;
}
