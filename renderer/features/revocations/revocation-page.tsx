import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Revocation } from '../../../core/domain/revocation';
import { wayFacts } from '../../../core/domain/revocation-ways';
import { useNow } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Columns, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page } from '../../ui/page';
import { AccountId, Text } from '../../ui/text';
import { CleanUp } from './clean-up';
import { isWithdrawn } from './doors-left';
import { DoneCard } from './done-card';
import { ExportDialog } from './export-dialog';
import { HandOver } from './hand-over';
import { MeasureStrip } from './measure-strip';
import { NarrowDialog } from './narrow-dialog';
import { proofEntries, recordText } from './proof-entries';
import { ProofLog } from './proof-log';
import { PutBack } from './put-back';
import { RevocationState } from './revocation-state';
import { Closing, TwoClocks } from './two-clocks';
import { measureWords, wayWords } from './way-words';

/** A revocation as it is now: what is done, the two clocks, how it closes, the proof, and what can be done yet. */
export function RevocationPage({ revocationId }: { readonly revocationId: string }) {
  const asked = useAsk('revocations', 'revocation', 'get', { revocationId });
  const navigate = useNavigate();
  const revocation = asked.data?.revocation;
  if (revocation === undefined) {
    return (
      <Page title="Revocation">
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => void navigate('/revocations')} />}
      </Page>
    );
  }
  return <KnownRevocation revocation={revocation} />;
}

function KnownRevocation({ revocation }: { readonly revocation: Revocation }) {
  const { batchId, deadBy, id: revocationId, performer, state, way } = revocation;
  const check = useAct('revocation', 'check');
  const [open, setOpen] = useState<'export' | 'narrow'>();
  const navigate = useNavigate();
  const ask = () => void check.run({ revocationId });
  const remedy = useRemedy({ retry: ask, roleName: revocation.roleName });
  const isAsked = state === 'asked';
  const isUndone = state === 'undone';
  // what the owner did was not seen: only what AWS answers
  const isSequence = (wayFacts[way].measures.length > 2 || state === 'failed') && performer.kind !== 'owner';
  const canNarrow = state === 'closing' && revocation.blockedSince !== undefined;
  const close = () => setOpen(undefined);

  return (
    <Page
      title={revocation.connectionName}
      mark={<RevocationState revocation={revocation} />}
      lead={<Lead revocation={revocation} />}
      crumbs={[
        { label: 'Revocations', onGo: () => void navigate('/revocations') },
        ...(batchId === undefined
          ? []
          : [{ label: 'Together', onGo: () => void navigate(`/revocations/batch/${batchId}`) }]),
        { label: wayWords[way].name },
      ]}
      focusKey={revocationId}
      actions={
        <>
          <CopyButton
            what="record as text"
            label="Copy as text"
            size="md"
            onCopy={() => copyText(recordText(revocation))}
          />
          {isAsked ? (
            <Button
              variant="primary"
              icon="refresh"
              busy={check.busy || revocation.proofState === 'running' ? { label: 'Asking AWS' } : undefined}
              onPress={ask}
            >
              Ask AWS now
            </Button>
          ) : (
            <Button icon="download" onPress={() => setOpen('export')}>
              Export the proof…
            </Button>
          )}
        </>
      }
    >
      <Stack gap="md">
        <Failure revocation={revocation} />
        {check.error !== undefined && (
          <ErrorPanel error={check.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        <CleanUp revocation={revocation} />
        {isAsked && <HandOver revocation={revocation} />}
        {!isAsked && !isUndone && isSequence && <MeasureStrip revocation={revocation} />}
        {!isAsked && (
          <TwoClocks
            revocation={revocation}
            shorten={
              canNarrow && (
                <Button variant="link" onPress={() => setOpen('narrow')}>
                  {revocation.narrowed === undefined ? 'Shorten by CloudTrail…' : 'Look at CloudTrail again…'}
                </Button>
              )
            }
          />
        )}
        {deadBy !== undefined && !isUndone && <Closing revocation={revocation} deadBy={deadBy.at} />}
        <Evidence
          revocation={revocation}
          again={
            revocation.proofState === 'stopped' && !isAsked && !isUndone && state !== 'running' ? (
              <Button variant="link" busy={check.busy ? { label: 'Asking AWS' } : undefined} onPress={ask}>
                Ask AWS again
              </Button>
            ) : undefined
          }
        />
        <NotObserved revocation={revocation} />
        <PutBack revocation={revocation} />
        <PauseLine revocation={revocation} />
      </Stack>
      {open === 'export' && <ExportDialog revocation={revocation} onClose={close} />}
      {open === 'narrow' && <NarrowDialog revocation={revocation} onClose={close} />}
    </Page>
  );
}

/** Who does what, in the tense that is true now. */
function Lead({ revocation }: { readonly revocation: Revocation }) {
  const { accountId, doneBy, performer, roleName, startedAt, state, way } = revocation;
  const account = <AccountId id={accountId} />;
  if (state === 'asked') {
    return (
      <>
        Role {roleName} in {account}. Its owner was asked at {formatClock(startedAt)}: {wayWords[way].name}.
      </>
    );
  }
  if (isWithdrawn(revocation)) {
    return (
      <>
        Role {roleName} in {account}. Its owner was asked, and is not any more.
      </>
    );
  }
  if (performer.kind === 'owner') {
    return (
      <>
        Role {roleName} in {account}. Its owner was asked at {formatClock(startedAt)}, and AWS refuses it now.
      </>
    );
  }
  if (state === 'running' || state === 'failed') {
    return (
      <>
        Role {roleName} in {account}, with {doneBy}.
      </>
    );
  }
  return (
    <>
      Role {roleName} {wayWords[way].done} in {account} with {doneBy}.
    </>
  );
}

function Failure({ revocation }: { readonly revocation: Revocation }) {
  const { error, id: revocationId, roleName, state, taken, way } = revocation;
  const resume = useAct('revocation', 'resume');
  const goOn = () => void resume.run({ revocationId });
  const remedy = useRemedy({ retry: goOn, roleName });
  const failure = resume.error ?? error;
  const stoppedAt = wayFacts[way].measures.find((measure) => !taken.includes(measure)) ?? 'prove';
  return (
    <>
      {failure !== undefined && (
        <ErrorPanel
          error={failure}
          title={`Stopped at “${measureWords[stoppedAt].name}”`}
          onRemedy={remedy}
          onCopyDetail={copyText}
          emphasis="secondary"
        />
      )}
      {state === 'failed' && (
        <Row>
          <Button
            variant="primary"
            icon="refresh"
            busy={resume.busy ? { label: 'Going on' } : undefined}
            onPress={goOn}
          >
            Go on
          </Button>
        </Row>
      )}
    </>
  );
}

/** The log of the proof beside what was done; while the owner is asked there may be neither. */
function Evidence({ again, revocation }: { readonly revocation: Revocation; readonly again: ReactNode }) {
  const entries = proofEntries(revocation);
  if (revocation.state === 'asked' && entries.length === 0) return null;
  const log = <ProofLog revocation={revocation} entries={entries} again={again} />;
  if (revocation.steps.length === 0 && revocation.wiped.length === 0) return log;
  return (
    <Columns layout="side-right">
      {log}
      <DoneCard revocation={revocation} />
    </Columns>
  );
}

/** What an auditor has to know that the log does not show. */
function NotObserved({ revocation }: { readonly revocation: Revocation }) {
  const { cleanedUpAt, deadBy, narrowed, signOff, unobserved } = revocation;
  return (
    <>
      {unobserved.length > 0 && (
        <Note tone="info" title="Nobody saw this.">
          {unobserved.join(' ')}
        </Note>
      )}
      {narrowed !== undefined && deadBy?.basis !== 'events' && (
        <Text tone="muted" size="sm">
          CloudTrail at {formatClock(narrowed.at)}: {narrowed.note}
        </Text>
      )}
      {cleanedUpAt !== undefined && (
        <Text tone="muted" size="sm">
          The deny was deleted at {formatClock(cleanedUpAt)}, once every session that it hit had expired.
        </Text>
      )}
      {signOff !== undefined && (
        <Text tone="muted" size="sm">
          Signed off by {signOff.by} at {formatClock(signOff.at)}. {signOff.note}
        </Text>
      )}
    </>
  );
}

/** A session opened too soon would be denied with the old ones. */
function PauseLine({ revocation: { cutoff, state } }: { readonly revocation: Revocation }) {
  const now = useNow();
  if (state === 'undone' || cutoff === undefined || now >= cutoff + 5_000) return null;
  return (
    <Text tone="muted" size="sm">
      <Icon name="info" tone="info" /> Until {formatClock(cutoff + 5_000)} Sallyport opens no new session of this role:
      it would be denied with the others.
    </Text>
  );
}
