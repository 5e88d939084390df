import { useEffect, useRef, useState } from 'react';
import type { Source } from '../../../core/domain/source';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import type { SignIn } from '../../../core/domain/identity-center';
import { Card } from '../../ui/card';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { AccessKeyDialog } from './access-key-dialog';
import { AddProfile } from './add-profile';
import { AddSource, type NewSource } from './add-source';
import { EnvironmentDialog } from './environment-dialog';
import styles from './settings.module.css';
import { SignInDialog } from './sign-in-dialog';
import { SignInLine } from './sign-in-line';
import { SourceRow } from './source-row';

interface SourcesSectionProps {
  readonly isPractice: boolean;
  readonly onLeavePractice: () => void;
}

/** What the app calls AWS with, and the ways to add to it. */
export function SourcesSection({ isPractice, onLeavePractice }: SourcesSectionProps) {
  const asked = useAsk('sources', 'sources', 'list', {});
  const profiles = useAsk('sources', 'sources', 'listProfiles', {}, { enabled: !isPractice });
  const environment = useAsk('sources', 'sources', 'findEnvironment', {}, { enabled: !isPractice });
  const [adding, setAdding] = useState<Adding>();
  const close = () => setAdding(undefined);
  const list = useRef<HTMLUListElement>(null);
  const more = useRef<HTMLDivElement>(null);
  const shown = useRef(0);
  const sources = asked.data?.sources ?? [];
  const signIns = asked.data?.signIns ?? [];
  const used = new Set(sources.map(({ source }) => (source.kind === 'identity-center' ? source.signInId : '')));
  const unused = signIns.filter(({ id }) => !used.has(id));
  const count = sources.length;

  useEffect(() => {
    // a removed row gives the focus to the next one, or to where another is added
    if (count < shown.current) (list.current ?? more.current)?.querySelector('button')?.focus();
    shown.current = count;
  }, [count]);

  return (
    <Stack gap="md">
      <Card title="Source identities" subtitle="What Sallyport itself calls AWS with">
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} isBare />}
        {asked.data !== undefined && count === 0 && (
          <EmptyState title="No source identity yet" isSmall>
            Sallyport assumes roles as somebody. Sign in, or add a profile of your AWS files.
          </EmptyState>
        )}
        {count > 0 && (
          <ul ref={list} className={styles['sources']} aria-label="Source identities">
            {sources.map((view) => {
              const { source } = view;
              return (
                <SourceRow
                  key={source.id}
                  view={view}
                  profileKind={
                    source.kind === 'profile'
                      ? profiles.data?.profiles.find(({ name }) => name === source.profileName)?.kind
                      : undefined
                  }
                  onChooseOther={() => more.current?.querySelector('button')?.focus()}
                  onReplaceKey={(replaces) => setAdding({ kind: 'access-key', replaces })}
                  signIn={
                    source.kind === 'identity-center' ? signIns.find(({ id }) => id === source.signInId) : undefined
                  }
                  onSignIn={(signIn) => setAdding({ kind: 'identity-center', begin: { signIn, step: 'sign-in' } })}
                />
              );
            })}
          </ul>
        )}
        {unused.length > 0 && (
          <ul className={styles['sources']} aria-label="Sign-ins without a role">
            {unused.map((signIn) => (
              <li key={signIn.id} className={styles['unused']}>
                <SignInLine
                  signIn={signIn}
                  onSignIn={() => setAdding({ kind: 'identity-center', begin: { signIn, step: 'sign-in' } })}
                  onChooseRole={() => setAdding({ kind: 'identity-center', begin: { signIn, step: 'role' } })}
                />
              </li>
            ))}
          </ul>
        )}
      </Card>
      <div ref={more}>
        {isPractice ? (
          <Note
            tone="info"
            title="Profiles, IAM Identity Center and access keys belong to the AWS workspace."
            action={
              <Button variant="link" onPress={onLeavePractice}>
                Switch to AWS
              </Button>
            }
          >
            In practice there are the sandbox’s own identities: the deployer opens sessions, the owner makes roles.
          </Note>
        ) : (
          <AddSource profiles={profiles.data?.profiles} onChoose={(kind) => setAdding({ kind })} />
        )}
      </div>
      {adding?.kind === 'access-key' && <AccessKeyDialog replaces={adding.replaces} onClose={close} />}
      {adding?.kind === 'identity-center' && <SignInDialog signIns={signIns} begin={adding.begin} onClose={close} />}
      {adding?.kind === 'profile' && (
        <AddProfile profiles={profiles} added={sources.map(({ source }) => source)} onClose={close} />
      )}
      {adding?.kind === 'environment' && environment.data?.keys !== undefined && (
        <EnvironmentDialog {...environment.data.keys} region={environment.data.keys.region} onClose={close} />
      )}
    </Stack>
  );
}

/** What is being added, or put right. */
type Adding = {
  readonly kind: NewSource;
  readonly replaces?: Source;
  readonly begin?: { readonly signIn: SignIn; readonly step: 'sign-in' | 'role' };
};
