import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Connection } from '../../../core/domain/connection';
import type { Check } from '../../../core/domain/check';
import { findRecipe } from '../../../core/recipes/catalog';
import { isLive } from '../../../core/domain/session';
import { useNow } from '../../app/clock';
import { copyEnvironment, openConsole } from '../../app/session-uses';
import { useShortcutActs } from '../../app/shortcut-acts';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useOperationOn } from '../../ipc/operations';
import { useAct, useAsk } from '../../ipc/queries';
import { Button, IconButton } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { CheckList } from '../../ui/check-list';
import { StateBadge } from '../../ui/chip';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { CopyButton } from '../../ui/copy-button';
import { Countdown } from '../../ui/countdown';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDate, formatMoment } from '../../ui/format';
import { Columns, Row, Stack } from '../../ui/layout';
import { Menu } from '../../ui/menu';
import { Note } from '../../ui/note';
import { Page } from '../../ui/page';
import { AccountId, Mono, Text, TwoLine } from '../../ui/text';
import { TestFailure, useCheckRows } from '../diagnosis';
import { DriftCard, NotesCard, useDriftMark } from '../drift';
import { DepartureNote } from '../organization';
import { ReachCard, WatchCard } from '../permissions';
import { ReviewCard, SetReviewDialog } from '../reviews';
import { RevokeDialog } from '../revocations';
import { StartSessionDialog } from '../sessions';
import { FolderDialog } from './folder-dialog';
import { TagDialog } from './tag-dialog';
import { HistoryCard } from './history-card';
import { ReceiptCard } from './receipt-card';
import { SummaryStrip } from './summary-strip';
import { UndoDialog } from './undo-dialog';

/** One connection: what was agreed, how the last test went, and what can be done with it. */
export function ConnectionPage({ connectionId }: { readonly connectionId: string }) {
  const asked = useAsk('connections', 'connections', 'get', { connectionId });
  const sessions = useAsk('sessions', 'sessions', 'list', {}).data?.sessions ?? [];
  const operation = useOperationOn('test', connectionId);
  const drift = useDriftMark(connectionId);
  const test = useAct('connections', 'test');
  const forget = useAct('connections', 'forget');
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [isStarting, setStarting] = useState(false);
  const [isForgetting, setForgetting] = useState(false);
  const [asking, setAsking] = useState<'folder' | 'tag' | 'review'>();
  const now = useNow();
  const remedy = useRemedy({ retry: () => void test.run({ connectionId }), roleName: asked.data?.connection.roleName });
  const connection = asked.data?.connection;
  const shownChecks: readonly Check[] =
    operation?.state === 'running' ? operation.checks : (connection?.lastTest?.checks ?? []);
  const rows = useCheckRows(shownChecks, operation);
  useShortcutActs(() => {
    const isOpen = connection !== undefined && connection.status !== 'revoked' && connection.status !== 'closing';
    const usable = sessions.findLast(
      (one) =>
        one.connectionId === connectionId &&
        isLive(one, now) &&
        (one.credentials === 'keychain' || one.credentials === 'memory'),
    );
    return {
      ...(isOpen && { 'start-session': () => setStarting(true), test: () => void test.run({ connectionId }) }),
      ...(usable && {
        'open-console': () => void openConsole(usable.id),
        'copy-environment': () => void copyEnvironment(usable.id),
      }),
    };
  });

  if (connection === undefined) {
    return (
      <Page title="Connection">
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => void navigate('/connections')} />}
      </Page>
    );
  }
  const running = operation?.state === 'running';
  const live = sessions.filter((session) => session.connectionId === connectionId && isLive(session, now));
  const failure = test.error ?? (connection.status === 'failing' ? connection.lastTest?.error : undefined);
  const failed =
    connection.status === 'failing' && !running && test.error === undefined ? connection.lastTest : undefined;
  const isDiagnosed = failed?.diagnosis !== undefined;
  const closed = connection.status === 'revoked' || connection.status === 'closing';
  const { folder } = connection;
  const hasDrifted = connection.status === 'working' && (drift?.count ?? 0) > 0;

  return (
    <Page
      title={connection.name}
      mark={hasDrifted ? <StateBadge state="drift" word="Drift found" /> : <StateBadge state={connection.status} />}
      lead={
        <>
          Role {connection.roleName} in <AccountId id={connection.accountId} />
        </>
      }
      crumbs={[
        { label: 'Connections', onGo: () => void navigate('/connections') },
        ...(folder === undefined
          ? []
          : [{ label: folder, onGo: () => void navigate(`/connections?search=${encodeURIComponent(folder)}`) }]),
        { label: connection.name },
      ]}
      // once all is undone the button that asked for it is gone, and reading goes on from the heading
      focusKey={connection.receipt.length > 0 ? connectionId : `${connectionId} undone`}
      actions={
        <>
          {!closed && (
            <>
              <Button variant="danger-quiet" icon="door-shut" onPress={() => setSearch({ revoke: '1' })}>
                Revoke…
              </Button>
              <Button
                icon="refresh"
                busy={running || test.busy ? { label: 'Testing', since: operation?.startedAt } : undefined}
                onPress={() => void test.run({ connectionId })}
              >
                Test
              </Button>
              <Button variant="primary" icon="play" onPress={() => setStarting(true)}>
                Start a session
              </Button>
            </>
          )}
          <Menu
            label="More"
            trigger={<IconButton icon="more" label="More" />}
            placement="bottom end"
            groups={[
              {
                id: 'connection',
                entries: [
                  { id: 'arn', label: 'Copy the ARN', icon: 'copy', onAction: () => void copyText(connection.roleArn) },
                  {
                    ...{ id: 'identities', label: 'Users, roles and keys of the account', icon: 'users' as const },
                    onAction: () => void navigate(`/identities?account=${connection.accountId}`),
                  },
                  ...(closed
                    ? []
                    : [
                        {
                          id: 'narrow',
                          label: 'Narrow to what it used…',
                          icon: 'filter' as const,
                          onAction: () => void navigate(`/connections/${connectionId}/narrow`),
                        },
                      ]),
                  { id: 'folder', label: 'File in a folder…', icon: 'folder', onAction: () => setAsking('folder') },
                  { id: 'tag', label: 'Tag…', icon: 'tag', onAction: () => setAsking('tag') },
                  { id: 'review', label: 'Set review…', icon: 'calendar', onAction: () => setAsking('review') },
                  ...(connection.receipt.length > 0
                    ? [
                        {
                          id: 'undo',
                          label: 'Undo everything…',
                          icon: 'undo' as const,
                          tone: 'danger' as const,
                          onAction: () => setSearch({ undo: '1' }),
                        },
                      ]
                    : []),
                  {
                    id: 'forget',
                    label: 'Forget this connection…',
                    icon: 'trash',
                    tone: 'danger',
                    onAction: () => setForgetting(true),
                  },
                ],
              },
            ]}
          />
        </>
      }
    >
      <Stack gap="md">
        {failure !== undefined && !running && !isDiagnosed && (
          <ErrorPanel error={failure} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {failed !== undefined && isDiagnosed && (
          <TestFailure
            subjectId={connectionId}
            result={failed}
            rows={rows}
            roleArn={connection.roleArn}
            onRemedy={remedy}
            onFixed={() => void test.run({ connectionId, justChanged: true, again: true })}
            onGoOn={() => void test.run({ connectionId, again: true })}
          />
        )}
        <DepartureNote accountId={connection.accountId} />
        {connection.status === 'closing' && (
          <Note
            tone="info"
            title="Access is closing."
            action={
              <Button variant="link" onPress={() => void navigate('/revocations')}>
                See the revocation
              </Button>
            }
          >
            Nobody can open a new session. Credentials that were issued before may still be valid.
          </Note>
        )}
        <SummaryStrip
          connection={connection}
          live={live}
          now={now}
          onReview={() => void navigate(`/reviews?of=${connectionId}`)}
        />
        <Columns layout="side-right">
          <Stack gap="md">
            {!closed && <DriftCard connectionId={connectionId} now={now} />}
            {live.length > 0 && (
              <Card title="Open sessions" padding="md">
                <Stack gap="md">
                  {live.map((session) => (
                    <Row key={session.id} gap="lg">
                      <Countdown issuedAt={session.issuedAt} expiresAt={session.expiresAt} />
                      <TwoLine title={session.sessionName} detail={`opened ${formatMoment(session.issuedAt, now)}`} />
                    </Row>
                  ))}
                </Stack>
              </Card>
            )}
            {!isDiagnosed && (
              <Card
                title="Last test"
                subtitle={
                  connection.lastTest === undefined ? 'never' : formatMoment(connection.lastTest.finishedAt, now)
                }
                padding="none"
              >
                {rows.length === 0 ? (
                  <Card padding="md">
                    <Text tone="muted">It has not been tested yet.</Text>
                  </Card>
                ) : (
                  <CheckList label="Checks of the last test" rows={rows} />
                )}
              </Card>
            )}
            {!closed && <WatchCard connectionId={connectionId} now={now} />}
            <HistoryCard connectionId={connectionId} />
            <ReceiptCard connection={connection} now={now} onUndo={() => setSearch({ undo: '1' })} />
          </Stack>
          <Stack gap="md">
            {!closed && <ReachCard connectionId={connectionId} roleName={connection.roleName} now={now} />}
            <Card title="Details" padding="md">
              <Facts facts={facts(connection)} />
            </Card>
            <NotesCard connectionId={connectionId} />
            <ReviewCard connectionId={connectionId} />
          </Stack>
        </Columns>
      </Stack>
      {isStarting && (
        <StartSessionDialog
          connectionId={connectionId}
          onClose={() => setStarting(false)}
          onStarted={() => void navigate('/sessions')}
        />
      )}
      {search.get('undo') !== null && connection.receipt.length > 0 && (
        <UndoDialog connection={connection} onClose={() => setSearch({})} />
      )}
      {search.get('revoke') !== null && !closed && (
        <RevokeDialog
          target={connection}
          onClose={() => setSearch({})}
          onStarted={(revocationId) => void navigate(`/revocations/${revocationId}`)}
        />
      )}
      {asking === 'folder' && <FolderDialog connections={[connection]} onClose={() => setAsking(undefined)} />}
      {asking === 'review' && <SetReviewDialog connections={[connection]} onClose={() => setAsking(undefined)} />}
      {asking === 'tag' && <TagDialog connections={[connection]} onClose={() => setAsking(undefined)} />}
      <ConfirmDialog
        isOpen={isForgetting}
        title={`Forget ${connection.name}`}
        description={
          closed
            ? 'Its revocation stays on record.'
            : 'Nothing changes in AWS: the role goes on letting its deployer in.'
        }
        losses={['The record of this connection, with its receipt and its external ID']}
        confirmLabel="Forget it"
        tone="danger"
        busy={forget.busy ? { label: 'Forgetting' } : undefined}
        onCancel={() => setForgetting(false)}
        onConfirm={() =>
          void forget.run({ connectionId, evenIfOpen: true }).then((answer) => {
            if (answer !== undefined) void navigate('/connections');
          })
        }
      >
        {forget.error !== undefined && <ErrorPanel error={forget.error} onRemedy={() => forget.reset()} isBare />}
      </ConfirmDialog>
    </Page>
  );
}

const madeBy = {
  automatic: 'automatically, by Sallyport',
  console: 'by hand in the console',
  elsewhere: 'elsewhere',
} as const;

const importedFrom = { 'aws-config': 'from the AWS profile', leapp: 'from Leapp’s session' } as const;

function facts(connection: Connection) {
  return [
    { term: 'Account', value: <AccountId id={connection.accountId} /> },
    { term: 'Recipe', value: findRecipe(connection.recipeId)?.title ?? connection.recipeId },
    {
      term: connection.imported === undefined ? 'Made' : 'Imported',
      value: `${formatDate(connection.createdAt)}, ${connection.imported === undefined ? madeBy[connection.madeBy] : `${importedFrom[connection.imported.from]} ${connection.imported.name}`}`,
    },
    { term: 'Role ARN', value: <Copied what="role ARN" value={connection.roleArn} /> },
    {
      term: 'External ID',
      value:
        connection.externalId === undefined ? (
          'none asked'
        ) : (
          <Copied what="external ID" value={connection.externalId} />
        ),
    },
    { term: 'Session', value: `${connection.maxSessionDuration / 3600} h at most` },
    { term: 'Region', value: <Mono>{connection.region}</Mono> },
    { term: 'Folder', value: connection.folder ?? 'none' },
    { term: 'Review', value: connection.reviewAt === undefined ? 'none planned' : formatDate(connection.reviewAt) },
  ];
}

function Copied({ what, value }: { readonly what: string; readonly value: string }) {
  return (
    <Row gap="xs">
      <Mono>{value}</Mono>
      <CopyButton what={what} variant="ghost" onCopy={() => copyText(value)} />
    </Row>
  );
}
