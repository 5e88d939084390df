import { useState } from 'react';
import type { HandoffView } from '../../../core/contract/handoff';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock } from '../../ui/format';
import { Row } from '../../ui/layout';
import { Note } from '../../ui/note';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import styles from './handoff.module.css';
import { Way } from './way';

/** The keys themselves in a file: the last way, and only after a yes. */
export function PlainWay({ sessionId, view }: { readonly sessionId: string; readonly view: HandoffView }) {
  const { plain } = view;
  const [isOpen, setOpen] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const [name, setName] = useState(`${view.proposedName}-temporary`.slice(0, 64));
  const write = useAct('handoff', 'writePlainProfile');
  const remove = useAct('handoff', 'removePlainProfile');
  const error = write.error ?? remove.error;
  const remedy = useRemedy({ retry: () => void (remove.error === undefined ? save() : take()) });
  const nameError = error?.field === 'name' ? `${error.message} ${error.whatToDo}` : undefined;
  const save = async () => {
    const done = await write.run({ sessionId, name, consent: true });
    if (done === undefined) return;
    setOpen(false);
    setAgreed(false);
    showToast({
      title: `Plain profile ${name} written`,
      detail: `It is removed at ${formatClock(done.until)} at the latest.`,
    });
  };
  const take = () => remove.run({ sessionId });
  return (
    <Way
      icon="alert"
      title="A plain profile, for tools that know no other way"
      state={plain === undefined ? undefined : `${plain.name}, until ${formatClock(plain.until)}`}
      acts={
        plain !== undefined ? (
          <Button
            size="sm"
            variant="danger-quiet"
            busy={remove.busy ? { label: 'Removing' } : undefined}
            onPress={() => void take()}
          >
            Remove
          </Button>
        ) : (
          !isOpen && (
            <Button size="sm" onPress={() => setOpen(true)}>
              Write keys to a file…
            </Button>
          )
        )
      }
      more={
        <>
          {isOpen && plain === undefined && (
            <>
              <Note tone="warning" title="The keys will lie in the file as they are.">
                Every program that runs as you can read them until they are removed, and backups may keep them.
              </Note>
              <TextField label="Name" value={name} onChange={setName} mono maxLength={64} error={nameError} />
              <Checkbox isSelected={agreed} onChange={setAgreed}>
                Write them in plain text all the same
              </Checkbox>
              <Row gap="sm" justify="end">
                <Button size="sm" onPress={() => setOpen(false)}>
                  Cancel
                </Button>
                <Button
                  size="sm"
                  variant="danger"
                  busy={write.busy ? { label: 'Writing' } : undefined}
                  disabledReason={agreed ? undefined : 'Tick the box above first'}
                  onPress={() => void save()}
                >
                  Write the keys
                </Button>
              </Row>
            </>
          )}
          {error !== undefined && nameError === undefined && (
            <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} isBare />
          )}
        </>
      }
    >
      {plain === undefined ? (
        'The keys in the credentials file. Removed when they expire, when the session ends and when the app quits.'
      ) : (
        <>
          The keys are in <span className={styles['path']}>{plain.file}</span>.
        </>
      )}
    </Way>
  );
}
