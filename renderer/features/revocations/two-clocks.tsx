import type { ReactNode } from 'react';
import type { Revocation } from '../../../core/domain/revocation';
import { wayFacts } from '../../../core/domain/revocation-ways';
import { BlockedSinceClock, DiesByClock } from '../../ui/big-clock';
import { ClosingPicture, type ClosingRow } from '../../ui/closing-picture';
import { formatClock, formatShortClock } from '../../ui/format';
import { Columns } from '../../ui/layout';
import { doorsLeft, isWithdrawn } from './doors-left';

interface TwoClocksProps {
  readonly revocation: Revocation;
  /** Behind the reason of the second clock: how it could be shortened. */
  readonly shorten: ReactNode;
}

/** Since when nobody comes in, and by when the last credential is dead. Both are AWS's time. */
export function TwoClocks({ revocation, shorten }: TwoClocksProps) {
  const { blockedSince, connectionName, cutoff, deadBy, startedAt, state, way } = revocation;
  const { outer } = wayFacts[way];
  const isUndone = state === 'undone';
  // stopped before the measure that the reason speaks of
  const isInnerOpen = state === 'failed' && wayFacts[way].inner !== 'open' && doorsLeft(revocation).inner === 'open';
  return (
    <Columns layout="even">
      <BlockedSinceClock
        title={outer === 'shut' && !isUndone ? 'New sessions blocked since' : 'New sessions'}
        since={isUndone ? undefined : blockedSince}
        pendingWords={pendingWords(revocation)}
        evidence={blockedEvidence(revocation)}
      />
      {deadBy === undefined || isUndone ? (
        <BlockedSinceClock
          title="Last credential dies by"
          since={undefined}
          pendingWords={isUndone ? 'Open' : 'Not known yet'}
          evidence={isUndone ? 'Credentials work until they expire, as before.' : 'Known once the role is closed.'}
        />
      ) : (
        <DiesByClock
          title={`Last credential dies${deadBy.basis === 'bound' ? ', at the latest,' : ''} by`}
          from={blockedSince ?? cutoff ?? startedAt}
          diesAt={deadBy.at}
          evidence={
            <>
              {isInnerOpen ? 'Sessions from before go on until then, as they were issued.' : deadBy.reason} {shorten}
            </>
          }
          isProved={state === 'ended'}
          name={`Last credential of ${connectionName}`}
        />
      )}
    </Columns>
  );
}

function pendingWords(revocation: Revocation): string {
  const { state, way } = revocation;
  if (isWithdrawn(revocation)) return 'Still possible';
  if (state === 'undone') return 'Possible again';
  if (state === 'asked') return 'Still possible';
  const { outer } = wayFacts[way];
  return outer === 'shut' ? 'Not yet' : outer === 'half' ? 'Possible, powerless' : 'Still possible';
}

function blockedEvidence(revocation: Revocation): string {
  const { blockedProvedAt, blockedSince, proofState, startedAt, state, undo, way } = revocation;
  if (isWithdrawn(revocation)) return 'The request was withdrawn. Nothing was changed.';
  if (state === 'undone') return `What stood before was put back at ${formatClock(undo?.at ?? startedAt)}.`;
  if (state === 'asked') return 'The owner was asked. AWS says when it is done.';
  if (wayFacts[way].outer !== 'shut')
    return 'The trust policy was not touched. Close it, or delete the role, to stop new sessions.';
  if (blockedSince === undefined) return 'The role still stands.';
  if (blockedProvedAt !== undefined) return `Proved: AssumeRole refused twice, last at ${formatClock(blockedProvedAt)}`;
  if (state === 'failed') return 'AWS confirmed it. It is not proved yet.';
  return proofState === 'running'
    ? 'AWS confirmed it. Asking AssumeRole until it is refused twice.'
    : 'AWS confirmed it.';
}

/** How it closes, drawn: what was opened here, and what nobody knows of. */
export function Closing({ revocation, deadBy }: { readonly revocation: Revocation; readonly deadBy: number }) {
  const closedAt = revocation.blockedSince ?? revocation.cutoff;
  if (closedAt === undefined) return null;
  const [first] = revocation.ownSessions;
  const from = Math.min(closedAt - 15 * 60_000, ...revocation.ownSessions.map(({ issuedAt }) => issuedAt));
  const rows: ClosingRow[] = [];
  if (first !== undefined) {
    const last = Math.max(...revocation.ownSessions.map(({ expiresAt }) => expiresAt));
    const refused = revocation.refusedSince;
    rows.push({
      id: 'own',
      name: 'Opened here',
      couldActFrom: Math.min(...revocation.ownSessions.map(({ issuedAt }) => issuedAt)),
      couldActUntil: refused ?? closedAt,
      ...(refused === undefined ? { boundUntil: last } : { refusedUntil: last }),
      note:
        refused === undefined
          ? `${formatShortClock(last)} at the latest`
          : `${formatClock(last)}, refused since ${formatClock(refused)}`,
    });
  }
  rows.push({
    id: 'unknown',
    name: 'Unknown, if any',
    couldActFrom: from,
    couldActUntil: closedAt,
    boundUntil: deadBy,
    note: `${formatClock(deadBy)} at the latest`,
  });
  return (
    <ClosingPicture
      label={`Closed at ${formatClock(closedAt)}. ${rows.map(({ name, note }) => `${name}: ${note}`).join('. ')}.`}
      closedAt={closedAt}
      rows={rows}
    />
  );
}
