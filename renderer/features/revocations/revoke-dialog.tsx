import { useState } from 'react';
import type { Connection } from '../../../core/domain/connection';
import type { RevocationWay } from '../../../core/domain/revocation';
import type { RevocationPreview } from '../../../core/contract/revocation';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { Door } from '../../ui/chip';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatShortClock } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Row, Stack, Grow } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Progress } from '../../ui/progress';
import { RadioTable } from '../../ui/radio-group';
import { Select } from '../../ui/select';
import { AccountId, groupAccountId } from '../../ui/text';
import styles from './revoke-dialog.module.css';

interface RevokeDialogProps {
  readonly connection: Connection;
  readonly onClose: () => void;
  readonly onStarted: (revocationId: string) => void;
}

/** How to take access back: what each way does to both doors, what is lost, and when the last credential is dead. */
export function RevokeDialog({ connection, onClose, onStarted }: RevokeDialogProps) {
  const sources = useAsk('sources', 'sources', 'list', {}).data?.sources ?? [];
  const [way, setWay] = useState<RevocationWay>('delete-role');
  const [prove, setProve] = useState(true);
  const [chosenSource, setChosenSource] = useState<string>();
  const [openedAt] = useState(() => currentTime());
  const suggested =
    sources.find(({ source }) => source.id === connection.targetSourceId) ??
    sources.find(({ identity }) => identity?.accountId === connection.accountId) ??
    sources.find(({ source }) => source.kind === 'sandbox' && source.identity === 'owner');
  const targetSourceId = chosenSource ?? suggested?.source.id;
  const asked = useAsk(
    'revocations',
    'revocation',
    'preview',
    { connectionId: connection.id, targetSourceId: targetSourceId ?? 'none' },
    { enabled: targetSourceId !== undefined },
  );
  const revoke = useAct('revocation', 'revoke');
  const remedy = useRemedy({
    retry: () => asked.again(),
    roleName: connection.roleName,
    partition: connection.partition,
  });
  const preview = asked.data;
  const deletes = way === 'delete-role';

  const confirm = async () => {
    if (targetSourceId === undefined) return;
    const answer = await revoke.run({ connectionId: connection.id, targetSourceId, way, prove });
    if (answer !== undefined) onStarted(answer.revocationId);
  };

  return (
    <Dialog
      isOpen
      width="lg"
      role="alertdialog"
      escape="safe"
      onClose={onClose}
      title={`Revoke access to ${connection.name}`}
      description={
        <>
          Role {connection.roleName} in <AccountId id={connection.accountId} />. Other roles of the account are not
          touched.
        </>
      }
      footer={
        <>
          <Button size="lg" autoFocus onPress={onClose}>
            Cancel
          </Button>
          <Button
            size="lg"
            variant="danger"
            busy={revoke.busy ? { label: 'Starting' } : undefined}
            disabledReason={
              targetSourceId === undefined
                ? 'Credentials of the target account are needed'
                : preview === undefined
                  ? 'The role has not been read yet'
                  : undefined
            }
            onPress={() => void confirm()}
          >
            {deletes ? 'Delete the role' : 'Deny older sessions'}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        <RadioTable<RevocationWay>
          label="How to revoke"
          columns={['How', 'Outer door: new sessions', 'Inner door: live sessions']}
          tone="danger"
          value={way}
          onChange={setWay}
          rows={[
            {
              value: 'deny-older-sessions',
              label: 'Deny older sessions',
              detail: 'The trust stays as it is',
              cells: [
                <Door key="outer" state="open" word="Still allowed" size="md" />,
                <Door key="inner" state="shut" word="Denied if issued before the cutoff" size="md" />,
              ],
            },
            {
              value: 'delete-role',
              label: 'Delete the role',
              detail: 'With its policies, for good',
              cells: [
                <Door key="outer" state="shut" word="Blocked" size="md" />,
                <Door key="inner" state="shut" word="Loses all permissions" size="md" />,
              ],
            },
          ]}
        />
        {asked.error !== undefined && (
          <ErrorPanel error={asked.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {revoke.error !== undefined && (
          <ErrorPanel
            error={revoke.error}
            onRemedy={() => void confirm()}
            onCopyDetail={copyText}
            emphasis="secondary"
          />
        )}
        {targetSourceId !== undefined && preview === undefined && asked.error === undefined && (
          <Progress label="Reading the role before anything is touched" since={openedAt} />
        )}
        {preview !== undefined && <Consequences preview={preview} way={way} roleName={connection.roleName} />}
        {targetSourceId === undefined && (
          <Note
            tone="warning"
            title="Nobody here may do this."
            action={
              <Button variant="link" onPress={() => remedy({ kind: 'choose-source' })}>
                Add credentials
              </Button>
            }
          >
            Revoking needs credentials of account {groupAccountId(connection.accountId).join(' ')}. Its owner can also
            delete the role in the console.
          </Note>
        )}
        <Row gap="md" wrap>
          <Checkbox
            isSelected={prove && preview?.probe !== 'no-harmless-call'}
            onChange={setProve}
            detail={proofWords(preview)}
          >
            Keep probing with the old credential until AWS refuses it
          </Checkbox>
          <Grow />
          <Select
            label="Done by"
            size="sm"
            options={sources.map(({ source, identity }) => ({
              value: source.id,
              label: source.label,
              detail: identity === undefined ? undefined : groupAccountId(identity.accountId).join(' '),
            }))}
            value={targetSourceId ?? null}
            onChange={setChosenSource}
            placeholder="Choose"
          />
        </Row>
      </Stack>
    </Dialog>
  );
}

interface ConsequencesProps {
  readonly preview: RevocationPreview;
  readonly way: RevocationWay;
  readonly roleName: string;
}

function Consequences({ preview, way, roleName }: ConsequencesProps) {
  const deletes = way === 'delete-role';
  const clock = preview.deadBy[way];
  return (
    <div className={styles['consequences']}>
      <section className={styles['well']}>
        <h3>{deletes ? 'Will be lost' : 'Will be added'}</h3>
        {deletes ? (
          <>
            <ul className={styles['losses']}>
              {preview.willBeLost.map((loss) => (
                <li key={loss}>
                  <Icon name="trash" tone="danger" />
                  {loss}
                </li>
              ))}
            </ul>
            <p>
              {preview.roleFound
                ? 'A role of the same name can be made again, but this one cannot come back.'
                : `AWS knows no role ${roleName} any more.`}
            </p>
          </>
        ) : (
          <p>
            One inline policy, AWSRevokeOlderSessions. It hits everybody who is in the role now, and can be deleted
            again.
          </p>
        )}
        {preview.madeBy === 'cloudformation' && (
          <Note tone="warning" title="A CloudFormation stack made this role.">
            Delete the stack instead, or it will be drift.
          </Note>
        )}
      </section>
      <section className={styles['well']}>
        <h3>When it is over</h3>
        <dl className={styles['clocks']}>
          <dt>
            <Icon name={deletes ? 'door-shut' : 'door-open'} tone="muted" /> New sessions
          </dt>
          <dd>{deletes ? 'blocked seconds after you confirm' : 'stay possible'}</dd>
          <dt>
            <Icon name="hourglass" tone="muted" /> Last credential dies
          </dt>
          <dd>
            by <b>{formatShortClock(clock.at)}</b> at the latest
          </dd>
        </dl>
        <p>
          {clock.reason}
          {preview.ownSessions > 0 && ` Sallyport itself has ${preview.ownSessions} open here; they are wiped.`}
        </p>
      </section>
    </div>
  );
}

function proofWords(preview: RevocationPreview | undefined): string {
  switch (preview?.probe) {
    case 'possible':
      return 'An open session of this app is the witness. It reads, and changes nothing.';
    case 'no-session':
      return 'No session is open here, so AssumeRole alone is asked.';
    case 'no-harmless-call':
      return 'The open session may make no harmless call, so AssumeRole alone is asked.';
    case undefined:
      return '';
  }
}
