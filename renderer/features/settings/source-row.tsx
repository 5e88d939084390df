import { useState } from 'react';
import type { Remedy } from '../../../core/app-error';
import type { Profile, SourceView } from '../../../core/contract/sources';
import type { SignIn } from '../../../core/domain/identity-center';
import type { Identity, Source } from '../../../core/domain/source';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatMoment } from '../../ui/format';
import { BadgeIcon, Icon } from '../../ui/icon';
import { Note } from '../../ui/note';
import { AccountId, Text } from '../../ui/text';
import { showToast } from '../../ui/toast';
import styles from './settings.module.css';
import { SignInLine } from './sign-in-line';
import { qualityWords, sourceWords, type SourceQuality } from './source-words';

interface SourceRowProps {
  readonly view: SourceView;
  /** What kind of profile it is now, where it is one and the files still have it. */
  readonly profileKind: Profile['kind'] | undefined;
  /** “Choose other credentials”: the page shows where. */
  readonly onChooseOther: () => void;
  readonly onReplaceKey: (source: Source) => void;
  /** What it goes by, where that is a sign-in. */
  readonly signIn: SignIn | undefined;
  readonly onSignIn: (signIn: SignIn) => void;
}

/** One source identity: what it is, who AWS says that it is, and what is wrong with it where that is seen. */
export function SourceRow({ view, profileKind, onChooseOther, onReplaceKey, signIn, onSignIn }: SourceRowProps) {
  const { source, selected, identity } = view;
  const words = sourceWords(source, profileKind);
  const [isRemoving, setRemoving] = useState(false);
  const select = useAct('sources', 'select');
  const identify = useAct('sources', 'identify');
  const remove = useAct('sources', 'remove');
  const askAgain = () => void identify.run({ sourceId: source.id });
  const common = useRemedy({ retry: askAgain });
  const remedy = (one: Remedy) => {
    if (one.kind === 'choose-source') onChooseOther();
    else if (one.kind === 'replace-access-key') onReplaceKey(source);
    else if (one.kind === 'sign-in' && signIn !== undefined) onSignIn(signIn);
    else common(one);
  };
  // it stays while AWS is asked again, with the button that was pressed
  const error = view.error ?? identify.error ?? select.error;
  const offersSignIn = error?.remedies.some(({ kind }) => kind === 'sign-in') === true;

  return (
    <li className={styles['source']} data-source={source.kind}>
      <BadgeIcon name={words.icon} size="sm" />
      <div className={styles['name']}>
        <b>{source.label}</b>
        {selected && (
          <span className={styles['state']}>
            <Icon name="check" size="sm" tone="success" />
            In use
          </span>
        )}
        {needsALook.includes(words.quality) ? (
          <Chip tone="warning" icon="alert">
            {qualityWords[words.quality]}
          </Chip>
        ) : (
          <Text tone="muted">{qualityWords[words.quality]}</Text>
        )}
      </div>
      <div className={styles['words']}>
        <div className={styles['who']}>
          <Who identity={identity} failed={error !== undefined} busy={identify.busy || select.busy} />
        </div>
        <Text tone="muted" size="sm" as="p">
          {`${capital(words.kind)}, Region ${source.region}. ${words.reason} ${words.kept}`}
        </Text>
        {signIn !== undefined && (
          <SignInLine signIn={signIn} onSignIn={offersSignIn ? undefined : () => onSignIn(signIn)} />
        )}
      </div>
      <div className={styles['acts']}>
        {!selected && (
          <Button
            size="sm"
            busy={select.busy ? { label: 'Asking AWS' } : undefined}
            onPress={() => void select.run({ sourceId: source.id })}
          >
            Use {source.label}
          </Button>
        )}
        <Button size="sm" icon="refresh" busy={identify.busy ? { label: 'Asking AWS' } : undefined} onPress={askAgain}>
          Ask again
        </Button>
        <Button
          size="sm"
          variant="danger-quiet"
          icon="trash"
          disabledReason={source.kind === 'sandbox' ? 'Practice identities belong to the sandbox and stay' : undefined}
          onPress={() => setRemoving(true)}
        >
          Remove…
        </Button>
      </div>
      {source.kind === 'environment' && selected && (
        <div className={styles['trouble']}>
          <Note tone="warning" title="Dev only.">
            What Sallyport calls AWS with depends on the terminal that it was started from.
          </Note>
        </div>
      )}
      {identity?.isRoleSession === true && error === undefined && (
        <div className={styles['trouble']}>
          <Note tone="info" title="This is a role session.">
            Sessions opened with it last 1 h at most. AWS sets this limit.
          </Note>
        </div>
      )}
      {error !== undefined && (
        <div className={styles['trouble']}>
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
        </div>
      )}
      <ConfirmDialog
        isOpen={isRemoving}
        title={`Remove ${source.label}`}
        description={removal[source.kind]}
        losses={
          source.kind === 'access-key'
            ? [`The secret of access key ${source.keyHint}`, `The source identity ${source.label}`]
            : [`The source identity ${source.label}`]
        }
        lossNote="Connections that use it stay in the list, and cannot open sessions without it."
        confirmLabel={`Remove ${source.label}`}
        busy={remove.busy ? { label: 'Removing' } : undefined}
        onCancel={() => {
          remove.reset();
          setRemoving(false);
        }}
        onConfirm={() =>
          void remove.run({ sourceId: source.id }).then((answer) => {
            if (answer === undefined) return;
            setRemoving(false);
            showToast({ title: `${source.label} removed`, icon: 'trash' });
          })
        }
      >
        {remove.error !== undefined && (
          <ErrorPanel error={remove.error} onRemedy={() => remove.reset()} onCopyDetail={copyText} isBare />
        )}
      </ConfirmDialog>
    </li>
  );
}

/** Kinds that somebody should think twice about. */
const needsALook: readonly SourceQuality[] = ['not-recommended', 'dev-only', 'incomplete'];

/** What removing it means, by what it is. */
const removal: Readonly<Record<Source['kind'], string>> = {
  sandbox: 'The practice identities belong to the sandbox.',
  profile: 'Sallyport forgets that it may use this profile. Your AWS files are not touched.',
  'access-key':
    'The key is wiped from this computer and read back as gone. At AWS it stays valid until it is deleted there.',
  'identity-center':
    'Sallyport forgets this role. With the last role of a sign-in you are signed out, and its tokens are wiped.',
  environment: 'Sallyport forgets that it may use these keys. The environment stays as it is.',
  'member-role': 'Sallyport forgets this way into the account. The role stays there, as AWS made it.',
};

interface WhoProps {
  readonly identity: Identity | undefined;
  readonly failed: boolean;
  readonly busy: boolean;
}

function Who({ identity, failed, busy }: WhoProps) {
  if (busy) return <>Asking AWS who this is</>;
  if (failed) return <>AWS has not said who this is</>;
  if (identity === undefined) return <>AWS was not asked yet who this is</>;
  return (
    <>
      {identity.name} in <AccountId id={identity.accountId} />
      <Text tone="muted" size="sm">
        {' '}
        asked at {formatMoment(identity.checkedAt, currentTime())}
      </Text>
    </>
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
