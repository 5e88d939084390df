import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { MemberAccount } from '../../../core/contract/organization';
import { stillLetsIn } from '../../../core/domain/connection';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Columns, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { groupAccountId, Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { RevokeManyDialog } from '../revocations';
import { Consequences } from './consequences';
import { whatClosingMeans } from './departure-words';
import { LeavingExplained } from './leaving-explained';
import type { UnitNode } from './organization-tree';
import { PlaceConnections, useConnectionsInto } from './place-connections';
import { PlaceFrame } from './place-frame';
import { placePath } from './place';

interface CloseAccountPageProps {
  readonly account: MemberAccount;
  readonly above: readonly UnitNode[];
  readonly sourceId: string;
}

/** What closing an account means, what is revoked before, and the button that does it. */
export function CloseAccountPage({ above, account, sourceId }: CloseAccountPageProps) {
  const { id, name } = account;
  const navigate = useNavigate();
  const accountIds = useMemo(() => new Set([id]), [id]);
  const into = useConnectionsInto(accountIds);
  const { connections } = into;
  const open = connections?.filter(({ status }) => stillLetsIn(status)) ?? [];
  const [typed, setTyped] = useState('');
  const [isRevoking, setRevoking] = useState(false);
  const [batchId, setBatchId] = useState<string>();
  const [isClosing, setClosing] = useState(false);
  const [since, setSince] = useState<number>();
  const close = useAct('departures', 'close');
  const isTyped = typed.replaceAll(/\s/g, '') === id;
  const run = async () => {
    setSince(currentTime());
    const answer = await close.run({ sourceId, accountId: id, ...(isTyped ? { typedAccountId: typed } : {}) });
    if (answer !== undefined) void navigate(`/organization/departures/${answer.departureId}`);
  };
  const remedy = useRemedy({ retry: () => void run() });
  const remedyOfRead = useRemedy({ retry: into.again });
  return (
    <PlaceFrame
      id={`close ${id}`}
      title={`Close ${name}`}
      lead="It cannot be undone here."
      above={above}
      within={{ label: name, path: placePath(id, sourceId) }}
      sourceId={sourceId}
      actions={<Button onPress={() => void navigate(placePath(id, sourceId))}>Back to the account</Button>}
    >
      <Columns layout="side-right">
        <Stack>
          <Card title="What it means" padding="md">
            <Consequences title="Before you close it" items={whatClosingMeans} />
          </Card>
          {batchId !== undefined && (
            <Note
              tone="info"
              title="They are being revoked."
              action={
                <Button variant="link" onPress={() => void navigate(`/revocations/batch/${batchId}`)}>
                  See how it goes
                </Button>
              }
            >
              This page follows: what is closed to new sessions is no longer counted below.
            </Note>
          )}
          {into.error !== undefined && (
            <ErrorPanel error={into.error} onRemedy={remedyOfRead} onCopyDetail={copyText} emphasis="secondary" />
          )}
          {connections !== undefined && (
            <PlaceConnections connections={connections} none="No connection of yours leads into it." />
          )}
          <Card title="Close it" padding="md" tone="danger">
            <Stack gap="lg">
              {open.length > 0 && (
                <>
                  <Note
                    tone="warning"
                    title={`${formatQuantity(open.length, 'connection still lets', 'connections still let')} somebody in.`}
                  >
                    Revoke first: then it is proved that nobody holds a credential, also if AWS opens the account again.
                  </Note>
                  <Row>
                    <Button variant="danger-quiet" icon="door-shut" onPress={() => setRevoking(true)}>
                      {`Revoke ${formatQuantity(open.length, 'connection')} first…`}
                    </Button>
                  </Row>
                  <TextField
                    label="Or type the account’s ID to close it all the same"
                    value={typed}
                    onChange={setTyped}
                    maxLength={20}
                    mono
                    placeholder={groupAccountId('000000000000').join(' ')}
                    error={
                      typed.replaceAll(/\s/g, '').length < 12 || isTyped ? undefined : 'This is another account’s ID.'
                    }
                  />
                </>
              )}
              <Row>
                <Button
                  variant="danger"
                  size="lg"
                  icon="lock"
                  onPress={() => setClosing(true)}
                  disabledReason={
                    connections === undefined
                      ? 'It is not known yet who gets in'
                      : open.length > 0 && !isTyped
                        ? 'Revoke first, or type the account’s ID'
                        : undefined
                  }
                >
                  Close this account…
                </Button>
              </Row>
            </Stack>
          </Card>
        </Stack>
        <LeavingExplained />
      </Columns>
      {isRevoking && (
        <RevokeManyDialog
          scope={{ kind: 'account', of: id }}
          onClose={() => setRevoking(false)}
          onStarted={(started) => {
            setRevoking(false);
            setBatchId(started);
          }}
        />
      )}
      <ConfirmDialog
        isOpen={isClosing}
        title={`Close ${name}?`}
        description={
          <Text>
            Account {groupAccountId(id).join(' ')}, {account.email}. AWS Support can open it again for 90 days.
          </Text>
        }
        losses={['Everything in the account, once 90 days are over', 'Its e-mail address, for any other AWS account']}
        confirmLabel="Close the account"
        busy={close.busy ? { label: 'Asking AWS', since } : undefined}
        onConfirm={() => void run()}
        onCancel={() => {
          setClosing(false);
          close.reset();
        }}
      >
        {close.error !== undefined && (
          <ErrorPanel error={close.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
      </ConfirmDialog>
    </PlaceFrame>
  );
}
