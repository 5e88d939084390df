import { useState } from 'react';
import type { HandoffView } from '../../../core/contract/handoff';
import { regionSchema } from '../../../core/domain/limits';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { Row } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import styles from './handoff.module.css';
import { Way } from './way';

interface ProfileWayProps {
  readonly sessionId: string;
  readonly view: HandoffView;
}

/** A profile that asks this app for credentials each time: no key is in the file. */
export function ProfileWay({ sessionId, view }: ProfileWayProps) {
  const { profile } = view;
  const [isOpen, setOpen] = useState(false);
  const [changed, setChanged] = useState<string>();
  const remove = useAct('handoff', 'removeProfile');
  const remedy = useRemedy({ retry: () => void take(false) });

  const take = async (evenIfChanged: boolean) => {
    if (profile === undefined) return;
    const done = await remove.run({ profileId: profile.id, evenIfChanged });
    setChanged(done?.done === false ? done.changedByHand : undefined);
    if (done?.done === true)
      showToast({ title: `Profile ${profile.name} removed`, detail: 'Everything else is as it was.' });
  };

  return (
    <Way
      icon="file"
      title="A profile for your tools"
      state={profile === undefined ? undefined : profile.name}
      acts={
        profile === undefined ? (
          !isOpen && (
            <Button size="sm" variant="primary" onPress={() => setOpen(true)}>
              Write a profile
            </Button>
          )
        ) : (
          <>
            <CopyButton
              what={`command for ${profile.name}`}
              label="Copy a test"
              onCopy={() => copyText(`aws sts get-caller-identity --profile ${profile.name}`)}
            />
            <Button size="sm" disabledReason={isOpen ? 'It is open below' : undefined} onPress={() => setOpen(true)}>
              Change
            </Button>
            <Button
              size="sm"
              variant="danger-quiet"
              busy={remove.busy ? { label: 'Removing' } : undefined}
              onPress={() => void take(false)}
            >
              Remove
            </Button>
          </>
        )
      }
      more={
        <>
          {changed !== undefined && (
            <Note
              tone="warning"
              title="Somebody has changed these lines since."
              action={
                <Button variant="link" onPress={() => void take(true)}>
                  Remove them as they are
                </Button>
              }
            >
              They were left alone.
            </Note>
          )}
          {remove.error !== undefined && (
            <ErrorPanel error={remove.error} onRemedy={remedy} onCopyDetail={copyText} isBare />
          )}
          {isOpen && <ProfileForm sessionId={sessionId} view={view} onDone={() => setOpen(false)} />}
        </>
      }
    >
      {profile === undefined ? (
        'The AWS CLI, Terraform and every SDK ask Sallyport each time, also while it is closed. No key is in the file.'
      ) : (
        <>
          In <span className={styles['path']}>{profile.file}</span>, {profile.region}. It answers while the session is
          open, and a later session of this connection takes its place.
        </>
      )}
    </Way>
  );
}

function ProfileForm({ onDone, sessionId, view }: ProfileWayProps & { readonly onDone: () => void }) {
  const [name, setName] = useState(view.profile?.name ?? view.proposedName);
  const [region, setRegion] = useState(view.profile?.region ?? view.region);
  const isRegion = regionSchema.safeParse(region).success;
  const preview = useAsk('handoff', 'handoff', 'previewProfile', { sessionId, name, region }, { enabled: isRegion });
  const write = useAct('handoff', 'writeProfile');
  const taken = preview.data?.takenUse;
  const changed = preview.data?.changedByHand;
  const nameError = preview.error?.field === 'name' ? preview.error.message : undefined;
  const refusal = nameError === undefined ? preview.error : undefined;
  const failure = write.error ?? refusal;
  const save = async () => {
    const done = await write.run({ sessionId, name, region, evenIfChanged: changed !== undefined });
    if (done?.done !== true) return;
    showToast({ title: `Profile ${name} written`, detail: 'Tools find it by this name from now on.', icon: 'check' });
    onDone();
  };
  const remedy = useRemedy({
    retry: () => {
      write.reset();
      preview.again();
    },
  });
  return (
    <>
      <div className={styles['fields']}>
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          autoFocus
          mono
          maxLength={64}
          error={taken === undefined ? nameError : `“${name}” is somebody’s. “${taken}” is free.`}
        />
        <TextField
          label="Region"
          value={region}
          onChange={setRegion}
          mono
          maxLength={32}
          error={isRegion ? undefined : 'A Region looks like eu-west-1.'}
        />
      </div>
      {preview.data !== undefined && isRegion && (
        <>
          <Text tone="muted">
            {preview.data.makesFile ? 'A new file, for you alone: ' : 'At the end of '}
            <span className={styles['path']}>{preview.data.file}</span>
            {preview.data.makesFile ? '' : ', everything else stays as it is, byte for byte'}
          </Text>
          <pre className={styles['code']} tabIndex={0} aria-label="The lines as they will be written">
            {preview.data.lines.trimEnd()}
          </pre>
        </>
      )}
      {changed !== undefined && (
        <Note tone="warning" title="Somebody has changed Sallyport’s lines since.">
          Writing puts these in their place.
        </Note>
      )}
      {failure !== undefined && <ErrorPanel error={failure} onRemedy={remedy} onCopyDetail={copyText} isBare />}
      <Row gap="sm" justify="end">
        <Button size="sm" onPress={onDone}>
          Cancel
        </Button>
        {taken !== undefined && (
          <Button size="sm" onPress={() => setName(taken)}>
            {`Use ${taken}`}
          </Button>
        )}
        <Button
          size="sm"
          variant="primary"
          busy={write.busy ? { label: 'Writing' } : undefined}
          disabledReason={
            taken !== undefined || nameError !== undefined || !isRegion
              ? 'Name and Region are to be right first'
              : undefined
          }
          onPress={() => void save()}
        >
          {view.profile === undefined ? 'Write it' : 'Change it'}
        </Button>
      </Row>
    </>
  );
}
