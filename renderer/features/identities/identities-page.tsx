import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { isOver } from '../../../core/domain/identity-acts';
import {
  isOfFilter,
  lastUseOf,
  userFilters,
  type Reading,
  type Role,
  type User,
  type UserFilter,
} from '../../../core/domain/identities';
import { currentTime, useNow } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock, formatCount, formatQuantity, groupAccountId } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page } from '../../ui/page';
import { Progress, ProgressBar } from '../../ui/progress';
import { Select } from '../../ui/select';
import { Tabs } from '../../ui/tabs';
import { AccountId, Text } from '../../ui/text';
import { actLook, actTitle, filterWords, rolePath, userPath } from './identity-words';
import styles from './identities.module.css';
import { groupColumns, keyColumns, roleColumns, userColumns, type KeyRow } from './identity-columns';
import { ListTab } from './list-tab';
import { useReading, type AccountReading } from './use-reading';

/** Users, roles, groups and keys of the account that a source is in. */
export function IdentitiesPage() {
  const account = useReading();
  const { areSourcesKnown, error, read, reading, sourceId, sources } = account;
  const navigate = useNavigate();
  const remedy = useRemedy({ retry: read });
  const shownError = error ?? reading?.error;
  return (
    <Page
      title="Identities"
      lead={
        reading === undefined ? (
          'Who is in an account, what hangs on each, and what has grown old.'
        ) : (
          <>
            In account <AccountId id={reading.accountId} />, as it was read at {formatClock(reading.startedAt)}.
          </>
        )
      }
      focusKey="identities"
      actions={
        sourceId !== undefined && (
          <>
            <Button
              icon="plus"
              onPress={() =>
                void navigate(
                  `/connect?recipe=identities${reading === undefined ? '' : `&account=${reading.accountId}`}`,
                )
              }
            >
              Add a role or a user…
            </Button>
            <Button
              icon="refresh"
              disabledReason={reading?.state === 'reading' ? 'It is being read.' : undefined}
              onPress={read}
            >
              Read again
            </Button>
          </>
        )
      }
    >
      {areSourcesKnown && sources.length === 0 && (
        <EmptyState
          title="No source identity"
          action={
            <Button variant="primary" onPress={() => void navigate('/settings')}>
              Add one
            </Button>
          }
        >
          An account is read with a profile, a key or a role that is in it.
        </EmptyState>
      )}
      {sourceId !== undefined && (
        <Stack gap="md">
          <From account={account} />
          {shownError !== undefined && (
            <ErrorPanel error={shownError} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
          )}
          {reading !== undefined && <HowFar reading={reading} onStop={account.stop} />}
          <OpenActs accountId={reading?.accountId} />
          {reading !== undefined && reading.state !== 'failed' && <Lists reading={reading} sourceId={sourceId} />}
        </Stack>
      )}
    </Page>
  );
}

function From({ account }: { readonly account: AccountReading }) {
  const { choose, sourceId, sources } = account;
  return (
    <div className={styles['from']}>
      <Select
        label="Read it as"
        value={sourceId ?? null}
        options={sources.map(({ error, identity, source }) => ({
          value: source.id,
          label: source.label,
          detail:
            identity === undefined
              ? (error?.message.slice(0, 80) ?? 'not asked yet')
              : groupAccountId(identity.accountId).join(' '),
        }))}
        onChange={choose}
      />
    </div>
  );
}

function HowFar({ onStop, reading }: { readonly reading: Reading; readonly onStop: () => void }) {
  const { done, listed, startedAt, state, throttledUntil } = reading;
  const now = useNow();
  if (state === 'cancelled') {
    return (
      <Note tone="info" title="Reading was stopped.">
        {formatCount(done)} of {formatCount(listed)} were read whole. What was not is marked with dots.
      </Note>
    );
  }
  if (state !== 'reading') return null;
  return (
    <Card padding="md">
      <Stack gap="sm">
        <Row>
          <Progress label={`${formatCount(done)} of ${formatCount(listed)} read`} since={startedAt} onCancel={onStop} />
          {throttledUntil !== undefined && throttledUntil > now && (
            <Text tone="muted" size="sm">
              AWS asks to go slower. It goes on by itself.
            </Text>
          )}
        </Row>
        <ProgressBar label="Read so far" share={listed === 0 ? 0 : done / listed} width="fill" />
      </Stack>
    </Card>
  );
}

/** What was begun here and is not over. */
function OpenActs({ accountId }: { readonly accountId: string | undefined }) {
  const acts = useAsk('identities', 'identities', 'list', {}).data?.acts ?? [];
  const navigate = useNavigate();
  const open = acts.filter((act) => act.accountId === accountId && !isOver(act));
  if (open.length === 0) return null;
  return (
    <Card title="Begun and not over" subtitle={formatCount(open.length)}>
      <ul className={styles['items']} aria-label="Begun and not over">
        {open.map((act) => {
          const { icon, tone, word } = actLook(act);
          return (
            <li key={act.id}>
              <span className={styles['grow']}>
                <Button variant="link" onPress={() => void navigate(`/identities/acts/${act.id}`)}>
                  {actTitle(act)}
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

type Kind = 'users' | 'roles' | 'groups' | 'keys';

const nameAndPath = ({ name, path }: Pick<User, 'name' | 'path'>): string => `${name} ${path}`;
const nameOf = ({ name }: Pick<User, 'name'>): string => name;
const oldest = ({ keys }: User): number =>
  keys?.read === true && keys.value.length > 0 ? Math.min(...keys.value.map(({ createdAt }) => createdAt)) : Infinity;
const userOrders = { keys: oldest, used: (user: User) => lastUseOf(user) ?? 0 };
const roleOrders = {
  used: ({ use }: Role) => (use?.read === true ? (use.value.at ?? 0) : 0),
  made: ({ createdAt }: Role) => createdAt,
};
const keyOrders = {
  age: ({ createdAt }: KeyRow) => -createdAt,
  used: ({ use }: KeyRow) => (use?.read === true ? (use.value.at ?? 0) : 0),
};

function Lists({ reading, sourceId }: { readonly reading: Reading; readonly sourceId: string }) {
  const { groups, roles, state, unlisted, users } = reading;
  const [kind, setKind] = useState<Kind>('users');
  const [filter, setFilter] = useState<UserFilter | 'all'>('all');
  const navigate = useNavigate();
  const isReading = state === 'reading';
  const shown = useMemo(
    () => (filter === 'all' ? users : users.filter((user) => isOfFilter(user, filter, currentTime()))),
    [filter, users],
  );
  const keys = useMemo(
    () =>
      users.flatMap((user): KeyRow[] =>
        user.keys?.read === true ? user.keys.value.map((key) => ({ ...key, name: user.name })) : [],
      ),
    [users],
  );
  return (
    <Tabs<Kind>
      label="Kinds of identities"
      look="page"
      selected={kind}
      onSelect={setKind}
      tabs={[
        {
          ...{ id: 'users', label: 'Users', count: users.length },
          content: (
            <ListTab
              label="Users"
              items={shown}
              columns={userColumns}
              keyOf={nameOf}
              textOf={nameAndPath}
              orders={userOrders}
              onOpen={(name) => void navigate(userPath(name, sourceId))}
              unlisted={unlisted.users}
              none={filter === 'all' ? 'This account has no user.' : 'No user is known to be like that.'}
              isReading={isReading}
              filter={
                <Select
                  label="Show"
                  value={filter}
                  options={(['all', ...userFilters] as const).map((value) => ({ value, label: filterWords[value] }))}
                  onChange={setFilter}
                />
              }
            />
          ),
        },
        {
          ...{ id: 'roles', label: 'Roles', count: roles.length },
          content: (
            <ListTab
              label="Roles"
              items={roles}
              columns={roleColumns}
              keyOf={nameOf}
              textOf={nameAndPath}
              orders={roleOrders}
              onOpen={(name) => void navigate(rolePath(name, sourceId))}
              unlisted={unlisted.roles}
              none="This account has no role."
              isReading={isReading}
            />
          ),
        },
        {
          ...{ id: 'groups', label: 'Groups', count: groups.length },
          content: (
            <ListTab
              label="Groups"
              items={groups}
              columns={groupColumns}
              keyOf={nameOf}
              textOf={nameAndPath}
              unlisted={unlisted.groups}
              none="This account has no group."
              isReading={isReading}
            />
          ),
        },
        {
          ...{ id: 'keys', label: 'Access keys', count: keys.length },
          content: (
            <ListTab
              label="Access keys"
              items={keys}
              columns={keyColumns}
              keyOf={({ accessKeyId, name }) => `${name}/${accessKeyId}`}
              textOf={({ accessKeyId, name }) => `${name} ${accessKeyId}`}
              orders={keyOrders}
              onOpen={(key) => void navigate(userPath(key.split('/')[0] ?? '', sourceId))}
              unlisted={unlisted.users}
              none={`${formatQuantity(users.length, 'user')}, and no access key.`}
              isReading={isReading}
            />
          ),
        },
      ]}
    />
  );
}
