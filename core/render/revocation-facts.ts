import { chainingCaveat } from '../domain/narrowed-clock';
import type { Workspace } from '../domain/limits';
import type { DeathClock, Performer, ProofEntry, Revocation } from '../domain/revocation';
import { wayFacts } from '../domain/revocation-ways';

/**
 * What a report says that stands in no field of the record: how each clock is known, what nobody saw, and what no such
 * record can know. Pure; times in ms, AWS's.
 */

/** Since when new sessions are blocked, and how that is known. Absent `since`: they never were. `open`: now they are not. */
export type OuterClock = {
  readonly since?: number;
  readonly provedAt?: number;
  readonly basis: 'proved' | 'done' | 'open' | 'not-done';
  readonly reason: string;
};

export function outerClock({ blockedProvedAt, blockedSince, state, way }: Revocation): OuterClock {
  const { outer } = wayFacts[way];
  if (state === 'undone') {
    return {
      ...(blockedSince === undefined ? {} : { since: blockedSince }),
      ...(blockedProvedAt === undefined ? {} : { provedAt: blockedProvedAt }),
      ...{ basis: 'open', reason: 'It was put back: new sessions can be opened again.' },
    };
  }
  if (blockedSince === undefined) {
    if (outer === 'shut') return { basis: 'not-done', reason: 'It was not seen that new sessions are blocked.' };
    return {
      basis: 'open',
      reason:
        outer === 'half'
          ? 'This way leaves the door open: new sessions can be opened, and may do nothing.'
          : 'This way leaves the door open: new sessions can be opened.',
    };
  }
  if (blockedProvedAt === undefined) {
    return {
      since: blockedSince,
      basis: 'done',
      reason: 'AWS took the change. That AWS refuses to open a session was not seen.',
    };
  }
  return {
    since: blockedSince,
    provedAt: blockedProvedAt,
    basis: 'proved',
    reason: 'AWS refused twice to open a session, at least five seconds apart.',
  };
}

/** How the other clock is known, in a sentence. */
export const basisInWords: Readonly<Record<DeathClock['basis'], string>> = {
  exact: 'Exact: every session is known',
  bound: 'Upper bound: sessions that nobody here issued are counted to their longest',
  events: 'By the sessions that CloudTrail shows',
};

export function performerInWords(performer: Performer): string {
  switch (performer.kind) {
    case 'source':
      return 'credentials that this app was given';
    case 'own-session':
      return 'the role’s own session, against itself';
    case 'member-role':
      return `the role ${performer.roleName} of the member account, assumed from the management account`;
    case 'owner':
      return 'the owner of the account, who was asked';
  }
}

export const answerInWords: Readonly<Record<ProofEntry['answer'], string>> = {
  done: 'done',
  'let-in': 'let in',
  refused: 'refused',
  unclear: 'no clear answer',
};

export const proofInWords: Readonly<Record<Revocation['proofState'], string>> = {
  'not-asked': 'There is no proof: AWS was not asked whether it refuses.',
  impossible: 'There is no proof: there was nothing here to ask AWS with.',
  running: 'The proof is not complete: AWS is still being asked.',
  stopped: 'There is no proof: the asking ended before AWS had refused twice.',
  complete: 'AWS refused twice at every door that this way shuts and that could be asked.',
};

export const stateInWords: Readonly<Record<Revocation['state'], string>> = {
  asked: 'The owner was asked. It was not seen to be done.',
  running: 'Under way when this was written.',
  failed: 'Stopped at an error. What is listed as done was done.',
  closing: 'Done in AWS. The last credential may still be alive.',
  ended: 'Done in AWS, and the last credential is dead.',
  undone: 'Put back: the role is as it stood before.',
};

/** The state in words; a request to the owner that was withdrawn has put nothing back. */
export function stateOf({ performer, state, steps }: Revocation): string {
  const isWithdrawn = state === 'undone' && performer.kind === 'owner' && steps.length === 0;
  return isWithdrawn ? 'Withdrawn: the owner is not asked any more. Nothing was done.' : stateInWords[state];
}

/** What was not observed: what the record says itself, and what is missing in it. */
export function notObserved(record: Revocation): readonly string[] {
  const { inner, outer } = wayFacts[record.way];
  const hadOldSession = record.proof.some((entry) => entry.as === 'old-session' && entry.answer === 'refused');
  const isUndone = record.state === 'undone';
  const unverified = record.wiped.filter(({ verified }) => !verified).length;
  return [
    ...new Set([
      ...record.unobserved,
      ...(record.proofState === 'complete' ? [] : [proofInWords[record.proofState]]),
      ...(outer === 'shut' && record.blockedProvedAt === undefined && !isUndone
        ? ['It was not seen that AWS refuses to open a new session.']
        : []),
      ...(inner !== 'open' && !hadOldSession && !isUndone ? ['It was not seen that AWS refuses an old session.'] : []),
      ...(record.deadBy === undefined ? ['There is no time by which the last credential is dead.'] : []),
      ...(record.steps.some(({ state }) => state === 'started')
        ? ['A call was begun whose answer was not seen; it may have been carried out.']
        : []),
      ...(unverified > 0 ? [`${String(unverified)} of what was wiped here was not looked for again.`] : []),
    ]),
  ];
}

/** What no record like this can know (aws-reference §6.4). */
export function caveats({ deadBy, maxSessionDuration }: Revocation, workspace: Workspace): readonly string[] {
  return [
    ...(workspace === 'practice'
      ? ['This happened in the practice sandbox on this computer, not in AWS. It proves nothing about an account.']
      : []),
    chainingCaveat,
    'AWS services that use the role are not bound by its longest session. Theirs may end later.',
    ...(deadBy?.basis === 'exact'
      ? []
      : [
          `The bound counts with the role’s longest session as it was read, ${String(maxSessionDuration)} s. Had it been longer before, an older session could live longer.`,
        ]),
    'Calls to the global endpoint of STS stand in the CloudTrail of us-east-1. Whoever looks in one Region only does not see all of them.',
    'A denied credential is not called back: until it expires it can still prove whose it is, with GetCallerIdentity.',
  ];
}
