import { useEffect, useRef, useState } from 'react';
import type { Source } from '../../../core/domain/source';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { AccessKeyDialog } from './access-key-dialog';
import { AddProfile } from './add-profile';
import styles from './settings.module.css';
import { notRecommended } from './source-words';
import { SourceRow } from './source-row';

interface SourcesSectionProps {
  readonly isPractice: boolean;
  readonly onLeavePractice: () => void;
}

/** What the app calls AWS with, and the ways to add to it. */
export function SourcesSection({ isPractice, onLeavePractice }: SourcesSectionProps) {
  const asked = useAsk('sources', 'sources', 'list', {});
  const profiles = useAsk('sources', 'sources', 'listProfiles', {}, { enabled: !isPractice });
  const [keyDialog, setKeyDialog] = useState<{ readonly replaces?: Source }>();
  const list = useRef<HTMLUListElement>(null);
  const more = useRef<HTMLDivElement>(null);
  const shown = useRef(0);
  const sources = asked.data?.sources ?? [];
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
            Sallyport assumes roles as somebody. Add a profile, or an access key if there is no other way.
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
                  onReplaceKey={(replaces) => setKeyDialog({ replaces })}
                />
              );
            })}
          </ul>
        )}
      </Card>
      <div ref={more}>
        {isPractice ? (
          <Note
            tone="info"
            title="Profiles and access keys belong to the AWS workspace."
            action={
              <Button variant="link" onPress={onLeavePractice}>
                Switch to AWS
              </Button>
            }
          >
            In practice there are the sandbox’s own identities: the deployer opens sessions, the owner makes roles.
          </Note>
        ) : (
          <Stack gap="md">
            <AddProfile profiles={profiles} added={sources.map(({ source }) => source)} />
            <Card
              title="Add an access key"
              padding="md"
              actions={
                <Button icon="plus" onPress={() => setKeyDialog({})}>
                  Add an access key…
                </Button>
              }
            >
              <Note tone="warning" title="Not recommended.">
                {notRecommended}
              </Note>
            </Card>
          </Stack>
        )}
      </div>
      {keyDialog !== undefined && (
        <AccessKeyDialog replaces={keyDialog.replaces} onClose={() => setKeyDialog(undefined)} />
      )}
    </Stack>
  );
}
