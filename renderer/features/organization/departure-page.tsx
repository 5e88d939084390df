import { useState } from 'react';
import { useNavigate } from 'react-router';
import { daysToReopen, isLeaving, type Departure } from '../../../core/domain/departure';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button, IconButton } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDate } from '../../ui/format';
import { Columns, Stack } from '../../ui/layout';
import { Menu } from '../../ui/menu';
import { Note } from '../../ui/note';
import { Page } from '../../ui/page';
import { AccountId, Text } from '../../ui/text';
import { AskAsCard } from './ask-as-card';
import { Copyable } from './copyable';
import { departureLooks, departureTimeline } from './departure-words';
import { NowCard } from './now-card';
import { placePath } from './place';
import { TimelineCard } from './timeline-card';
import { useAskAs } from './use-ask-as';

const dayMs = 86_400_000;

/** How an account goes: what AWS says of it, since when, and how often it was asked. */
export function DeparturePage({ departureId }: { readonly departureId: string }) {
  const asked = useAsk('departures', 'departures', 'get', { departureId });
  const navigate = useNavigate();
  const departure = asked.data?.departure;
  if (departure !== undefined) return <Known departure={departure} />;
  return (
    <Page title="Closing an account">
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} onRemedy={() => void navigate('/organization')} onCopyDetail={copyText} />
      )}
    </Page>
  );
}

function Known({ departure }: { readonly departure: Departure }) {
  const { accountId, closedAt, email, error, events, id, leftOpen, name, sourceId, startedAt, state } = departure;
  const navigate = useNavigate();
  const resume = useAct('departures', 'resume');
  const [isForgetting, setForgetting] = useState(false);
  const askAs = useAskAs(sourceId, departure.managementAccountId);
  const goOn = () => void resume.run({ departureId: id, sourceId: askAs.otherId });
  const remedy = useRemedy({ retry: goOn });
  const look = departureLooks[state];
  const busy = resume.busy ? { label: 'Asking AWS' } : undefined;
  const last = events.findLast(({ said }) => said !== undefined);
  const lastAt = last?.lastAt ?? last?.at;
  return (
    <Page
      title={name}
      mark={
        <Chip tone={look.tone} icon={look.icon}>
          {look.word}
        </Chip>
      }
      lead={
        <>
          Account <AccountId id={accountId} />
        </>
      }
      crumbs={[
        {
          label: 'Organization',
          onGo: () => void navigate(`/organization?source=${encodeURIComponent(sourceId)}`),
        },
        { label: name, onGo: () => void navigate(placePath(accountId, sourceId)) },
        { label: 'Closing' },
      ]}
      focusKey={id}
      actions={
        <>
          {state === 'stopped' && (
            <Button variant="primary" icon="play" busy={busy} onPress={goOn}>
              Go on
            </Button>
          )}
          {state === 'unwatched' && (
            <Button variant="primary" icon="eye" busy={busy} onPress={goOn}>
              Look again
            </Button>
          )}
          {!isLeaving(departure) && (
            <Menu
              label="More"
              placement="bottom end"
              trigger={<IconButton icon="more" label="More" variant="secondary" />}
              groups={[
                {
                  id: 'record',
                  entries: [
                    {
                      id: 'forget',
                      label: 'Take it off the list…',
                      icon: 'trash',
                      onAction: () => setForgetting(true),
                    },
                  ],
                },
              ]}
            />
          )}
        </>
      }
    >
      <Stack gap="md">
        {resume.error !== undefined && (
          <ErrorPanel error={resume.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {error !== undefined && (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {(state === 'stopped' || (state === 'unwatched' && askAs.isGone)) && <AskAsCard askAs={askAs} />}
        {isLeaving(departure) && (
          <Note tone="info" title="It goes on by itself.">
            You may leave this page, or quit: Sallyport looks again when it runs, and never asks twice.
          </Note>
        )}
        {closedAt !== undefined && (
          <Note tone="warning" title="The account is closed.">
            Sallyport cannot open it again. AWS Support can, until {formatDate(closedAt + daysToReopen * dayMs)}; what
            is in it is deleted after that. Connections into it stay in the list, marked.
          </Note>
        )}
        <NowCard
          said={last?.said === undefined ? undefined : { word: last.said, at: lastAt ?? startedAt }}
          means={look.means}
          since={startedAt}
          endedAt={isLeaving(departure) ? undefined : (closedAt ?? lastAt ?? startedAt)}
          usually="AWS says some minutes, and promises nothing."
        />
        <Columns layout="side-right">
          <TimelineCard entries={departureTimeline(events)} />
          <Stack>
            <Card title="The account" padding="sm">
              <Facts
                facts={[
                  {
                    term: 'Account',
                    value: (
                      <Copyable what="account ID" text={accountId}>
                        <AccountId id={accountId} />
                      </Copyable>
                    ),
                  },
                  { term: 'E-mail', value: email },
                  { term: 'Asked from', value: <AccountId id={departure.managementAccountId} /> },
                  {
                    term: 'Left open',
                    value:
                      leftOpen === 0 ? (
                        <Text tone="muted">no connection</Text>
                      ) : (
                        `${String(leftOpen)} not revoked before`
                      ),
                  },
                ]}
              />
            </Card>
          </Stack>
        </Columns>
      </Stack>
      {isForgetting && <ForgetDeparture departure={departure} onClose={() => setForgetting(false)} />}
    </Page>
  );
}

function ForgetDeparture({ departure, onClose }: { readonly departure: Departure; readonly onClose: () => void }) {
  const forget = useAct('departures', 'forget');
  const navigate = useNavigate();
  const run = async () => {
    const answer = await forget.run({ departureId: departure.id });
    if (answer !== undefined) void navigate('/organization');
  };
  const remedy = useRemedy({ retry: () => void run() });
  return (
    <ConfirmDialog
      isOpen
      title={`Take ${departure.name} off the list?`}
      description="The account stays as AWS has it: only Sallyport forgets that it asked."
      losses={['The record of this closing, with its times and request IDs', 'The mark on connections into it']}
      confirmLabel="Take it off the list"
      busy={forget.busy ? { label: 'Taking it off' } : undefined}
      onConfirm={() => void run()}
      onCancel={onClose}
    >
      {forget.error !== undefined && (
        <ErrorPanel error={forget.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
      )}
    </ConfirmDialog>
  );
}
