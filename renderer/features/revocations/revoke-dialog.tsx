import { useState } from 'react';
import type { Connection } from '../../../core/domain/connection';
import { revocationWays, wayFacts, type RevocationWay } from '../../../core/domain/revocation-ways';
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
import { wayWords } from './revocation-words';
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
  const missing = preview?.missing?.filter((action) => wayFacts[way].needs.includes(action)) ?? [];

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
            {wayWords[way].name}
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
          rows={revocationWays.map((one) => {
            const { name, detail, chip, outer, inner, innerDetail } = wayWords[one];
            return {
              value: one,
              label: name,
              detail,
              tag: chip,
              cells: [
                <Door key="outer" state={wayFacts[one].outer} word={outer} size="md" />,
                <span key="inner" className={styles['inner']}>
                  <Door state={wayFacts[one].inner} word={inner} size="md" />
                  {innerDetail === undefined ? null : <small>{innerDetail}</small>}
                </span>,
              ],
            };
          })}
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
        {missing.length > 0 && (
          <Note
            tone="warning"
            title={`“${sources.find(({ source }) => source.id === targetSourceId)?.source.label ?? ''}” may not do all of this.`}
          >
            AWS’s simulator says that {missing.join(', ')} would be refused. Choose other credentials, or a way that
            needs less.
          </Note>
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
  const loses = way === 'delete-role' ? preview.willBeLost : way === 'detach-permissions' ? preview.permissions : [];
  const { outer } = wayFacts[way];
  const clock = preview.deadBy;
  return (
    <div className={styles['consequences']}>
      <section className={styles['well']}>
        <h3>
          {way === 'delete-role'
            ? 'Will be lost'
            : way === 'detach-permissions'
              ? 'Will be taken away'
              : 'Will be changed'}
        </h3>
        {loses.length === 0 ? null : (
          <ul className={styles['losses']}>
            {loses.map((loss) => (
              <li key={loss}>
                <Icon name="trash" tone="danger" />
                {loss}
              </li>
            ))}
          </ul>
        )}
        <p>
          {!preview.roleFound
            ? `AWS knows no role ${roleName} any more.`
            : way === 'delete-role'
              ? 'A role of the same name can be made again, but this one cannot come back.'
              : wayWords[way].change}
        </p>
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
            <Icon name={outer === 'shut' ? 'door-shut' : outer === 'half' ? 'door-half' : 'door-open'} tone="muted" />{' '}
            New sessions
          </dt>
          <dd>
            {outer === 'shut'
              ? 'blocked seconds after you confirm'
              : outer === 'half'
                ? 'possible, and powerless'
                : 'stay possible'}
          </dd>
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
