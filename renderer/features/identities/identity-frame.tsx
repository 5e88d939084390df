import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Removal } from '../../../core/domain/identity-acts';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { EmptyState } from '../../ui/empty-state';
import { Mono, Text } from '../../ui/text';
import { Page } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { formatDate } from '../../ui/format';
import { actLook, actName, actTitle } from './identity-words';
import styles from './identities.module.css';
import { PartText } from './part-text';
import { RemovalDialog } from './removal-dialog';
import type { AccountReading } from './use-reading';
import type { Role } from '../../../core/domain/identities';

interface IdentityFrameProps {
  readonly account: AccountReading;
  readonly subject: Removal['subject'];
  readonly name: string;
  readonly arn: string | undefined;
  readonly children: ReactNode;
}

/** The page of one user or role: its head, what may be done to it, and what was. */
export function IdentityFrame({ account, arn, children, name, subject }: IdentityFrameProps) {
  const { error, read, reading, sourceId } = account;
  const navigate = useNavigate();
  const [mode, setMode] = useState<Removal['mode']>();
  const back = () =>
    void navigate(sourceId === undefined ? '/identities' : `/identities?source=${encodeURIComponent(sourceId)}`);
  return (
    <Page
      title={name}
      lead={arn === undefined ? undefined : <Mono>{arn}</Mono>}
      crumbs={[{ label: 'Identities', onGo: back }, { label: name }]}
      focusKey={`${subject} ${name}`}
      actions={
        arn !== undefined && (
          <>
            <Button icon="lock" onPress={() => setMode('deactivate')}>
              Deactivate…
            </Button>
            <Button variant="danger-quiet" icon="trash" onPress={() => setMode('delete')}>
              Delete…
            </Button>
          </>
        )
      }
    >
      {arn !== undefined ? (
        children
      ) : reading?.state === 'reading' ? (
        <Progress label="Reading the account" since={reading.startedAt} />
      ) : (
        (error !== undefined || reading !== undefined) && (
          <EmptyState
            title={`No ${subject} ${name} was found`}
            action={
              <Button variant="primary" icon="refresh" onPress={read}>
                Read again
              </Button>
            }
          >
            It may have been deleted, or the source may not list it.
          </EmptyState>
        )
      )}
      {mode !== undefined && sourceId !== undefined && (
        <RemovalDialog wish={{ sourceId, subject, mode, name }} onClose={() => setMode(undefined)} />
      )}
    </Page>
  );
}

/** Names in a card; those of policies by their last part. */
export function NamesCard({
  names,
  none,
  title,
}: {
  readonly title: string;
  readonly names: Role['attached'];
  readonly none: string;
}) {
  return (
    <Card title={title} padding="md">
      <PartText part={names}>
        {(all) =>
          all.length === 0 ? (
            <Text tone="muted">{none}</Text>
          ) : (
            <Text>
              {all.map((one) => (one.startsWith('arn:') ? one.slice(one.lastIndexOf('/') + 1) : one)).join(', ')}
            </Text>
          )
        }
      </PartText>
    </Card>
  );
}

export function TagsCard({ tags }: Pick<Role, 'tags'>) {
  return (
    <Card title="Tags" padding="md">
      <PartText part={tags}>
        {(all) =>
          all.length === 0 ? (
            <Text tone="muted">none</Text>
          ) : (
            <Text>{all.map(({ key, value }) => `${key} = ${value}`).join(', ')}</Text>
          )
        }
      </PartText>
    </Card>
  );
}

/** What was done to it from here, newest first. */
export function ActsCard({ accountId, name }: { readonly accountId: string; readonly name: string }) {
  const acts = useAsk('identities', 'identities', 'list', {}).data?.acts ?? [];
  const navigate = useNavigate();
  const mine = acts.filter((act) => act.accountId === accountId && actName(act) === name).slice(0, 20);
  if (mine.length === 0) return null;
  return (
    <Card title="Done from here">
      <ul className={styles['items']} aria-label="Done from here">
        {mine.map((act) => {
          const { icon, tone, word } = actLook(act);
          return (
            <li key={act.id}>
              <span className={styles['grow']}>
                <Button variant="link" onPress={() => void navigate(`/identities/acts/${act.id}`)}>
                  {`${actTitle(act)}, ${formatDate(act.startedAt)}`}
                </Button>
              </span>
              <Chip tone={tone} icon={icon}>
                {word}
              </Chip>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
