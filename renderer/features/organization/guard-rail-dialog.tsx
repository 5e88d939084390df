import { useEffect, useMemo, useState } from 'react';
import type { AttachedPolicy } from '../../../core/contract/guard-rails';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { Row } from '../../ui/layout';
import { Progress } from '../../ui/progress';
import { showToast } from '../../ui/toast';
import { GuardRailFields, readAnswers, type GuardRailAnswers } from './guard-rail-answers';
import { GuardRailPreviewView } from './guard-rail-preview-view';
import { guardRailDoing, guardRailTitle, isWithin, nameOfPlace } from './guard-rail-words';
import type { ManagementView } from './organization-tree';

interface GuardRailDialogProps {
  readonly view: ManagementView;
  readonly sourceId: string;
  readonly targetId: string;
  /** What holds there already, inherited ones too. */
  readonly holding: readonly AttachedPolicy[];
  readonly onClose: () => void;
}

const accessRole = 'OrganizationAccountAccessRole';

/** Choose one, see what it would do, attach it. Closing it while it is attached leaves that to the card. */
export function GuardRailDialog({ holding, onClose, sourceId, targetId, view }: GuardRailDialogProps) {
  const connected = useAsk('connections', 'connections', 'list', {}).data?.connections.find(({ accountId }) =>
    isWithin(view, accountId, targetId),
  );
  const [answers, setAnswers] = useState<GuardRailAnswers>({
    ...{ kind: 'stay', regions: '', role: connected?.roleName ?? '', exceptions: accessRole },
  });
  const [isPreviewed, setPreviewed] = useState(false);
  const [recordId, setRecordId] = useState<string>();
  const guardRail = useMemo(() => readAnswers(answers).guardRail, [answers]);
  const preview = useAct('guardRails', 'preview');
  const [seen, setSeen] = useState<Awaited<ReturnType<typeof preview.run>>>();
  const attach = useAct('guardRails', 'attach');
  const resume = useAct('guardRails', 'resume');
  const cancel = useAct('guardRails', 'cancel');
  const record = useAsk('guard-rail-records', 'guardRails', 'list', {}).data?.records.find(({ id }) => id === recordId);
  const placeName = nameOfPlace(view, targetId);
  const isGoing = record?.state === 'attaching';
  const look = async () => {
    if (guardRail === undefined) return;
    const answer = await preview.run({ sourceId, targetId, guardRail });
    if (answer === undefined) return;
    setSeen(answer);
    setPreviewed(true);
  };
  const begin = async () => {
    if (guardRail === undefined) return;
    const answer =
      recordId === undefined
        ? await attach.run({ sourceId, targetId, guardRail })
        : await resume.run({ recordId, sourceId }).then((gone) => (gone === undefined ? undefined : { recordId }));
    if (answer !== undefined) setRecordId(answer.recordId);
  };
  const remedy = useRemedy({ retry: () => void (isPreviewed ? begin() : look()) });
  const doneTitle = record?.state === 'attached' ? guardRailTitle(record.guardRail) : undefined;
  useEffect(() => {
    if (doneTitle === undefined) return;
    showToast({ title: doneTitle, detail: `Holds for ${placeName}`, icon: 'shield-check' });
    onClose();
  }, [doneTitle, onClose, placeName]);
  const busy = preview.busy
    ? { label: 'Looking' }
    : attach.busy || resume.busy || isGoing
      ? { label: 'Attaching' }
      : undefined;
  const error =
    preview.error ?? attach.error ?? resume.error ?? (record?.state === 'stopped' ? record.error : undefined);
  return (
    <FormDialog
      title="Add a guard rail"
      description={
        <>
          To <b>{placeName}</b>. Nothing is made before you have seen what it would do.
        </>
      }
      width="md"
      submitLabel={isPreviewed ? (recordId === undefined ? 'Attach it' : 'Go on') : 'See what it would do'}
      busy={busy}
      disabledReason={
        guardRail === undefined
          ? 'Answer its questions first'
          : isPreviewed && seen?.isAttached === true && recordId === undefined
            ? 'It is attached here already'
            : undefined
      }
      footWords={isGoing ? 'Closing this leaves it going on' : undefined}
      onSubmit={() => void (isPreviewed ? begin() : look())}
      onClose={onClose}
    >
      {isPreviewed && seen !== undefined && guardRail !== undefined ? (
        <>
          <GuardRailPreviewView guardRail={guardRail} preview={seen} holding={holding} />
          {recordId === undefined && (
            <div>
              <Button size="sm" icon="arrow-left" onPress={() => setPreviewed(false)}>
                Change the answers
              </Button>
            </div>
          )}
        </>
      ) : (
        <GuardRailFields answers={answers} onChange={setAnswers} />
      )}
      {isGoing && (
        <Row justify="between">
          <Progress label={guardRailDoing(record)} since={record.steps.at(-1)?.at ?? record.startedAt} />
          <Button size="sm" icon="stop" onPress={() => void cancel.run({ recordId: record.id })}>
            Stop it
          </Button>
        </Row>
      )}
      {error !== undefined && busy === undefined && (
        <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
      )}
    </FormDialog>
  );
}
