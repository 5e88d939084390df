import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import type { Findings } from '../../../core/contract/app';
import type { Workspace } from '../../../core/domain/limits';
import { FrameSide } from '../../app/frame';
import { StoreProblems } from '../../app/store-problems';
import { useChooseWorkspace } from '../../app/switch-workspace';
import { useAsk } from '../../ipc/queries';
import { Note } from '../../ui/note';
import { ChoiceCard } from '../../ui/choice-card';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Text } from '../../ui/text';
import { GatePicture } from '../../ui/gate-picture';
import styles from './first-run-page.module.css';

/** Where to start: practice, a real account, or somebody's request. Says what was found on this computer. */
export function FirstRunPage() {
  const choose = useChooseWorkspace();
  const findings = useAsk('app', 'app', 'lookAround', {}).data;
  const snapshot = useAsk('app', 'app', 'getSnapshot', {}).data;
  const problems = snapshot?.problems ?? [];
  const navigate = useNavigate();
  const start = async (workspace: Workspace, path: string) => {
    if ((await choose.run({ workspace })) !== undefined) void navigate(path, { replace: true });
  };

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '1') void start('practice', '/sessions');
      else if (event.key === '2') void start('aws', '/connect');
      else if (event.key === '3') void start('aws', '/connect/request');
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => {
      document.removeEventListener('keydown', press);
    };
  });

  return (
    <>
      <FrameSide>
        <GatePicture />
      </FrameSide>
      <div className={styles['page']}>
        <div className={styles['center']}>
          <h1 className={styles['title']} tabIndex={-1}>
            Where do you want to start?
          </h1>
          <p className={styles['lead']}>
            Sallyport connects AWS accounts through roles. No keys change hands, and you can take access back and prove
            it.
          </p>
          {choose.error !== undefined && <ErrorPanel error={choose.error} onRemedy={() => choose.reset()} />}
          <div className={styles['choices']}>
            <StoreProblems problems={problems} hidesLink />
            {snapshot?.hasArrivedFile === true && (
              <Note tone="info" title="Something was sent to you.">
                It is shown once you have chosen where to start, and makes nothing by itself.
              </Note>
            )}
            <ChoiceCard
              icon="sandbox"
              title="Practice in the sandbox"
              needs="Needs nothing. First connection in about a minute."
              keys="1"
              isSuggested
              autoFocus
              onPress={() => void start('practice', '/sessions')}
            >
              Two pretend accounts on this computer. Everything works, offline.
            </ChoiceCard>
            <ChoiceCard
              icon="link"
              title="Connect an AWS account"
              needs="Needs someone who can create a role there."
              keys="2"
              onPress={() => void start('aws', '/connect')}
            >
              Make a role in the target account, test it, open a session.
            </ChoiceCard>
            <ChoiceCard
              icon="file"
              title="Open a connection request"
              needs="Needs the .sallyport-request.json file, or its text."
              keys="3"
              onPress={() => void start('aws', '/connect/request')}
            >
              Someone sent you a file that asks for access. Look before you agree.
            </ChoiceCard>
          </div>
          {findings !== undefined && <Found findings={findings} />}
        </div>
        <footer className={styles['footer']}>You can switch between the sandbox and AWS at any time.</footer>
      </div>
    </>
  );
}

function Found({ findings }: { readonly findings: Findings }) {
  const keychain = findings.keychain.state;
  return (
    <section className={styles['found']} aria-label="Found on this computer">
      <h2 className={styles['foundTitle']}>Found on this computer</h2>
      <ul className={styles['foundList']}>
        <li>
          {keychain === 'ready' ? <Icon name="check-circle" tone="success" /> : <Icon name="alert" tone="warning" />}
          <b>Keychain</b>{' '}
          <Text tone="muted">{keychain === 'ready' ? 'unlocked' : 'does not answer: sessions can live in memory'}</Text>
        </li>
        <li>
          {findings.profiles > 0 ? (
            <Icon name="check-circle" tone="success" />
          ) : (
            <Icon name="minus-circle" tone="muted" />
          )}
          <b>{findings.profiles === 0 ? 'AWS profiles' : formatQuantity(findings.profiles, 'profile')}</b>{' '}
          <Text tone="muted">{findings.profiles === 0 ? 'none in ~/.aws' : 'in ~/.aws'}</Text>
        </li>
      </ul>
    </section>
  );
}
