import { useNavigate } from 'react-router';
import type { ProofEntry, Revocation } from '../../../core/domain/revocation';
import { wayFacts } from '../../../core/domain/revocation-ways';
import { useNow } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { BlockedSinceClock, DiesByClock } from '../../ui/big-clock';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ClosingPicture, type ClosingRow } from '../../ui/closing-picture';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock, formatShortClock, toIso } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Columns, Row, Stack } from '../../ui/layout';
import { Page } from '../../ui/page';
import { DoneList } from '../../ui/receipt';
import { AccountId, Text } from '../../ui/text';
import { ProofLog } from './proof-log';
import { RevocationState, wayWords } from './revocation-words';
import { TakeBack } from './take-back';

/** A revocation as it is now: the two clocks, how it closes, the proof, and what was removed. */
export function RevocationPage({ revocationId }: { readonly revocationId: string }) {
  const asked = useAsk('revocations', 'revocation', 'get', { revocationId });
  const resume = useAct('revocation', 'resume');
  const navigate = useNavigate();
  const now = useNow();
  const remedy = useRemedy({
    retry: () => void resume.run({ revocationId }),
    roleName: asked.data?.revocation.roleName,
  });
  const revocation = asked.data?.revocation;
  if (revocation === undefined) {
    return (
      <Page title="Revocation">
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => void navigate('/revocations')} />}
      </Page>
    );
  }
  const { outer } = wayFacts[revocation.way];
  const isUndone = revocation.state === 'undone';
  const { deadBy } = revocation;
  const failure = revocation.error ?? resume.error;

  return (
    <Page
      title={revocation.connectionName}
      mark={<RevocationState revocation={revocation} />}
      lead={
        <>
          Role {revocation.roleName} {wayWords[revocation.way].done} in <AccountId id={revocation.accountId} /> with{' '}
          {revocation.doneBy}.
        </>
      }
      crumbs={[
        { label: 'Revocations', onGo: () => void navigate('/revocations') },
        { label: wayWords[revocation.way].name },
      ]}
      focusKey={revocationId}
      actions={
        <CopyButton what="record as text" label="Copy as text" size="md" onCopy={() => copyText(asText(revocation))} />
      }
    >
      <Stack gap="md">
        {failure !== undefined && (
          <ErrorPanel
            error={failure}
            title={`Stopped half-way: ${failure.message}`}
            onRemedy={remedy}
            onCopyDetail={copyText}
          />
        )}
        {revocation.state === 'failed' && (
          <Row>
            <Button
              variant="primary"
              icon="refresh"
              busy={resume.busy ? { label: 'Going on' } : undefined}
              onPress={() => void resume.run({ revocationId })}
            >
              Go on
            </Button>
          </Row>
        )}
        <Columns layout="even">
          <BlockedSinceClock
            title={outer === 'shut' && !isUndone ? 'New sessions blocked since' : 'New sessions'}
            since={isUndone ? undefined : revocation.blockedSince}
            pendingWords={
              isUndone
                ? 'Possible again'
                : outer === 'shut'
                  ? 'Not yet'
                  : outer === 'half'
                    ? 'Possible, powerless'
                    : 'Still possible'
            }
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
              from={revocation.blockedSince ?? revocation.cutoff ?? revocation.startedAt}
              diesAt={deadBy.at}
              evidence={deadBy.reason}
              isProved={revocation.state === 'ended'}
              name={`Last credential of ${revocation.connectionName}`}
            />
          )}
        </Columns>
        {deadBy !== undefined && !isUndone && <Closing revocation={revocation} deadBy={deadBy.at} />}
        <Columns layout="side-right">
          <ProofLog revocation={revocation} entries={entries(revocation)} />
          <Card title={revocation.way === 'delete-role' ? 'Removed' : 'Done'} padding="none">
            <DoneList
              label="What was done"
              groups={[
                {
                  id: 'aws',
                  entries: revocation.steps.map((step, index) => ({
                    id: `${index}`,
                    text: step.title,
                    at: step.at,
                    state:
                      step.state === 'done'
                        ? ('done' as const)
                        : step.state === 'failed'
                          ? ('failed' as const)
                          : ('left' as const),
                  })),
                },
                ...(revocation.wiped.length > 0
                  ? [
                      {
                        id: 'here',
                        heading: 'On this computer, read back empty',
                        entries: revocation.wiped.map(({ title, at, verified }, index) => ({
                          id: `w${index}`,
                          text: title,
                          at,
                          state: verified ? ('done' as const) : ('failed' as const),
                        })),
                      },
                    ]
                  : []),
              ]}
            />
          </Card>
        </Columns>
        <TakeBack revocation={revocation} />
        {!isUndone && revocation.cutoff !== undefined && now < revocation.cutoff + 5_000 && (
          <Text tone="muted" size="sm">
            <Icon name="info" tone="info" /> Until {formatClock(revocation.cutoff + 5_000)} Sallyport opens no new
            session of this role: it would be denied with the others.
          </Text>
        )}
      </Stack>
    </Page>
  );
}

function Closing({ revocation, deadBy }: { readonly revocation: Revocation; readonly deadBy: number }) {
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

function blockedEvidence(revocation: Revocation): string {
  if (revocation.state === 'undone')
    return `What stood before was put back at ${formatClock(revocation.undo?.at ?? revocation.startedAt)}.`;
  if (wayFacts[revocation.way].outer !== 'shut')
    return 'The trust policy was not touched. Close it, or delete the role, to stop new sessions.';
  if (revocation.blockedSince === undefined) return 'The role still stands.';
  if (revocation.blockedProvedAt !== undefined) {
    return `Proved: AssumeRole refused twice, last at ${formatClock(revocation.blockedProvedAt)}`;
  }
  return revocation.proofState === 'running'
    ? 'AWS confirmed it. Asking AssumeRole until it is refused twice.'
    : 'AWS confirmed it.';
}

/** The last of these is what closed it. */
const closingCalls: ReadonlySet<string> = new Set([
  'iam:DeleteRole',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:DetachRolePolicy',
]);

/** What closed the door stands first in the log: everything after it is measured against it. */
function entries(revocation: Revocation): ProofEntry[] {
  const closing = revocation.steps
    .slice(0, revocation.undo?.afterSteps)
    .findLast(({ state, call }) => state === 'done' && closingCalls.has(call));
  const first: ProofEntry[] =
    closing === undefined
      ? []
      : [
          {
            at: closing.at,
            call: closing.call,
            as: 'target',
            asLabel: revocation.doneBy,
            answer: 'done',
            code: 'Done',
            requestId: closing.requestId ?? '',
          },
        ];
  return [...first, ...revocation.proof];
}

function asText(revocation: Revocation): string {
  return [
    `Revocation of ${revocation.roleArn}`,
    `How: ${wayWords[revocation.way].name}, with ${revocation.doneBy}`,
    `New sessions blocked since: ${revocation.blockedSince === undefined ? 'still possible' : toIso(revocation.blockedSince)}`,
    `Last credential dead by: ${revocation.deadBy === undefined ? 'not known' : `${toIso(revocation.deadBy.at)} (${revocation.deadBy.reason})`}`,
    '',
    'Done:',
    ...revocation.steps.map(
      ({ at, title, state, requestId }) => `${toIso(at)}  ${title}  ${state}  ${requestId ?? ''}`,
    ),
    '',
    'Proof:',
    ...revocation.proof.map(
      ({ at, call, asLabel, code, requestId }) => `${toIso(at)}  ${call}  as ${asLabel}  ${code}  ${requestId}`,
    ),
  ].join('\n');
}
