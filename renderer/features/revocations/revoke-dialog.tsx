import { useMemo, useState } from 'react';
import type { RevocationPreview } from '../../../core/contract/revocation';
import type { Connection } from '../../../core/domain/connection';
import type { Stack as CloudFormationStack } from '../../../core/domain/revocation';
import type { RevocationWay } from '../../../core/domain/revocation-ways';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk, useForgetOnClose } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Row, Stack, Grow } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Progress } from '../../ui/progress';
import { Select } from '../../ui/select';
import { AccountId, groupAccountId, Text } from '../../ui/text';
import { Consequences, MakerNote } from './consequences';
import { keyOf, owner, performersFor } from './performers';
import styles from './revoke-dialog.module.css';
import { WayChoice } from './way-choice';
import { actOf } from './way-words';

interface RevokeDialogProps {
  readonly target: Pick<Connection, 'id' | 'name' | 'roleName' | 'accountId' | 'partition'>;
  /** What somebody asked for, who cannot do it: chosen first. */
  readonly wish?: { readonly way: RevocationWay; readonly stack?: CloudFormationStack } | undefined;
  /** Nobody here comes in by the role, so nobody can be asked whether it is shut. */
  readonly isForeign?: boolean | undefined;
  readonly onClose: () => void;
  readonly onStarted: (revocationId: string) => void;
}

/** How to take access back: what each way does to both doors, what is lost, and when the last credential is dead. */
export function RevokeDialog({ isForeign = false, onClose, onStarted, target, wish }: RevokeDialogProps) {
  const connectionId = target.id;
  const known = useAsk('sources', 'revocation', 'performers', { connectionId });
  useForgetOnClose('sources', 'revocation', 'performers');
  useForgetOnClose('revocations', 'revocation', 'preview');
  const [chosenWay, setChosenWay] = useState(wish?.way);
  const [chosenKey, setChosenKey] = useState<string>();
  const [prove, setProve] = useState(true);
  const [openedAt] = useState(() => currentTime());
  const performers = known.data?.performers ?? [];
  const find = (way: RevocationWay) => {
    const able = performersFor(way, performers);
    return able.find(({ performer }) => keyOf(performer) === chosenKey) ?? able[0];
  };
  const first = usePreview(connectionId, 'step-by-step', find('step-by-step')?.performer);
  const stack = first.data?.stack ?? wish?.stack;
  const way = chosenWay ?? (stack === undefined ? 'step-by-step' : 'delete-stack');
  const acting = find(way);
  const performer = acting?.performer;
  const asked = usePreview(connectionId, way, performer);
  const [whole, read] = [asked.data, first.data];
  const preview = useLast(useMemo(() => withWhatWasRead(whole, read), [whole, read]));
  const revoke = useAct('revocation', 'revoke');
  const role = { roleName: target.roleName, partition: target.partition };
  const remedy = useRemedy({ ...role, retry: () => (known.error === undefined ? asked : known).again() });
  const able = performersFor(way, performers);
  const isAsked = performer?.kind === 'owner';
  const isHere = performers.some((one) => one.performer.kind !== 'owner');
  const isProofNeeded = way === 'step-by-step';
  const missing = asked.data?.missing ?? [];

  const confirm = async () => {
    if (performer === undefined) return;
    const answer = await revoke.run({
      connectionId,
      way,
      performer,
      prove: prove || isAsked || isProofNeeded,
      ...(way === 'delete-stack' && stack !== undefined && { stack }),
    });
    if (answer !== undefined) onStarted(answer.revocationId);
  };
  const revokeRemedy = useRemedy({ ...role, retry: () => void confirm() });
  const error = known.error ?? asked.error;

  return (
    <Dialog
      isOpen
      width="lg"
      role="alertdialog"
      escape="safe"
      onClose={onClose}
      title={`Revoke access to ${target.name}`}
      description={
        <>
          Role {target.roleName} in <AccountId id={target.accountId} />. Other roles of the account are not touched.
        </>
      }
      footer={
        <>
          <span className={styles['alternative']}>
            {isHere && able.some((one) => one.performer.kind === 'owner') && able.length > 1 && (
              <Button
                variant="link"
                icon={isAsked ? 'undo' : 'file'}
                onPress={() => setChosenKey(isAsked ? undefined : keyOf(owner))}
              >
                {isAsked ? 'Do it from here instead' : 'Make a script for the owner instead'}
              </Button>
            )}
          </span>
          <Button size="lg" autoFocus onPress={onClose}>
            Cancel
          </Button>
          <Button
            size="lg"
            variant={isAsked ? 'primary' : 'danger'}
            busy={revoke.busy ? { label: isAsked ? 'Writing it down' : 'Starting' } : undefined}
            disabledReason={
              performer === undefined
                ? 'Somebody has to do it'
                : asked.data === undefined
                  ? 'The role has not been read yet'
                  : undefined
            }
            onPress={() => void confirm()}
          >
            {isAsked ? 'Ask the owner' : actOf(way)}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        <WayChoice way={way} isOfStack={stack !== undefined} onChange={setChosenWay} />
        {error !== undefined && (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {revoke.error !== undefined && (
          <ErrorPanel error={revoke.error} onRemedy={revokeRemedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {preview === undefined && error === undefined && (
          <Progress label="Reading the role before anything is touched" since={openedAt} />
        )}
        {missing.length > 0 && (
          <Note tone="warning" title={`“${acting?.label ?? ''}” may not do all of this.`}>
            AWS’s simulator says that {missing.join(', ')} would be refused. Choose other credentials, or a way that
            needs less.
          </Note>
        )}
        {preview !== undefined && <MakerNote preview={preview} way={way} />}
        {preview !== undefined && performer !== undefined && (
          <Consequences preview={preview} way={way} performer={performer} roleName={target.roleName} />
        )}
        {known.data !== undefined && !isHere && (
          <Note
            tone="warning"
            title="Nobody here may do this."
            action={
              <Button variant="link" onPress={() => remedy({ kind: 'choose-source' })}>
                Add credentials
              </Button>
            }
          >
            It needs credentials of account {groupAccountId(target.accountId).join(' ')}. Its owner can be asked.
          </Note>
        )}
        {performer?.kind === 'own-session' && (
          <Note tone="warning" title="The role locks itself up.">
            Its last call takes its own power away: it can neither delete the role nor put it back. Somebody of the
            account has to, later.
          </Note>
        )}
        <Row gap="md" wrap align="start">
          {isForeign && <Text tone="muted">Nobody here comes in by this role, so AWS cannot be asked for proof.</Text>}
          {!isAsked && !isForeign && (
            <Checkbox
              isSelected={prove || isProofNeeded}
              isDisabled={isProofNeeded}
              onChange={setProve}
              detail={isProofNeeded ? 'Nothing is deleted before AWS has refused twice.' : proofWords(preview)}
            >
              Keep probing with the old credential until AWS refuses it
            </Checkbox>
          )}
          <Grow />
          <Row>
            <Text tone="muted">Done by</Text>
            <Select
              label="Done by"
              hideLabel
              size="sm"
              options={able.map(({ accountId, detail, label, performer: one }) => ({
                value: keyOf(one),
                label,
                detail: detail ?? (accountId === undefined ? undefined : groupAccountId(accountId).join(' ')),
              }))}
              value={performer === undefined ? null : keyOf(performer)}
              onChange={setChosenKey}
              placeholder="Choose"
            />
          </Row>
        </Row>
      </Stack>
    </Dialog>
  );
}

/** The role as it is before anything is touched; nothing is asked while nobody is chosen. */
function usePreview(connectionId: string, way: RevocationWay, performer: Parameters<typeof keyOf>[0] | undefined) {
  return useAsk(
    'revocations',
    'revocation',
    'preview',
    { connectionId, way, performer: performer ?? owner },
    { enabled: performer !== undefined },
  );
}

/** Who cannot look at the role does not know what others here have read of it. */
function withWhatWasRead(
  preview: RevocationPreview | undefined,
  read: RevocationPreview | undefined,
): RevocationPreview | undefined {
  if (preview === undefined || preview.roleFound !== undefined || read?.roleFound === undefined) return preview;
  return { ...read, probe: preview.probe, needs: preview.needs, missing: preview.missing };
}

/** The answer, or the one from before until the next is here: so that nothing jumps while ways are looked at. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
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
