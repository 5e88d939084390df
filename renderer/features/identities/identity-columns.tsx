import {
  keyAgeInDays,
  keyGrowsOldAfter,
  lastUseOf,
  type AccessKey,
  type Group,
  type Role,
  type User,
} from '../../../core/domain/identities';
import { useNow } from '../../app/clock';
import type { TableColumn } from '../../ui/data-table';
import { formatAgo, formatDate, formatQuantity } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Mono, Text, TwoLine } from '../../ui/text';
import { makerWords } from './identity-words';
import { PartText } from './part-text';

const none = <Text tone="muted">none</Text>;

/** A moment of use; undefined: never, as far as AWS looked. */
export function UsedAt({ at }: { readonly at: number | undefined }) {
  const now = useNow();
  return at === undefined ? <Text tone="muted">never</Text> : <Text numeric>{formatAgo(at, now)}</Text>;
}

export function KeyAge({ createdAt }: Pick<AccessKey, 'createdAt'>) {
  const days = keyAgeInDays({ createdAt }, useNow());
  return (
    <Text numeric tone={days > keyGrowsOldAfter ? 'warning' : undefined}>
      {formatQuantity(days, 'day')}
    </Text>
  );
}

type Policies = Pick<Role, 'attached' | 'inline'>;

function PolicyCount({ attached, inline }: Policies) {
  return (
    <PartText part={attached}>
      {(names) => (
        <PartText part={inline}>
          {(own) =>
            names.length + own.length === 0
              ? none
              : `${String(names.length)}${own.length === 0 ? '' : ` + ${String(own.length)} inline`}`
          }
        </PartText>
      )}
    </PartText>
  );
}

function named(icon: 'user' | 'role' | 'users') {
  return ({ name, path }: Pick<User, 'name' | 'path'>) => (
    <TwoLine icon={<Icon name={icon} />} title={name} detail={path === '/' ? undefined : <Mono>{path}</Mono>} />
  );
}

export const userColumns: readonly TableColumn<User>[] = [
  { id: 'name', header: 'User', isRowHeader: true, isSortable: true, render: named('user') },
  {
    ...{ id: 'mfa', header: 'MFA', width: 7 },
    render: ({ mfa }) => (
      <PartText part={mfa}>
        {(devices) => (devices.length === 0 ? none : formatQuantity(devices.length, 'device'))}
      </PartText>
    ),
  },
  {
    ...{ id: 'console', header: 'Console', width: 7 },
    render: ({ password }) => (
      <PartText part={password}>
        {({ createdAt }) => (createdAt === undefined ? <Text tone="muted">no</Text> : 'password')}
      </PartText>
    ),
  },
  {
    ...{ id: 'keys', header: 'Oldest key', width: 8, isSortable: true },
    render: ({ keys }) => (
      <PartText part={keys}>
        {(all) => (all.length === 0 ? none : <KeyAge createdAt={Math.min(...all.map((key) => key.createdAt))} />)}
      </PartText>
    ),
  },
  {
    ...{ id: 'used', header: 'Last used', width: 9, isSortable: true },
    render: (user) => <PartText part={user.keys}>{() => <UsedAt at={lastUseOf(user)} />}</PartText>,
  },
  { id: 'policies', header: 'Policies', width: 9, render: (user) => <PolicyCount {...user} /> },
];

export const roleColumns: readonly TableColumn<Role>[] = [
  { id: 'name', header: 'Role', isRowHeader: true, isSortable: true, render: named('role') },
  {
    ...{ id: 'maker', header: 'Made by', width: 10 },
    render: (role) => (
      <PartText part={role.tags}>{() => makerWords(role) ?? <Text tone="muted">not said</Text>}</PartText>
    ),
  },
  {
    ...{ id: 'used', header: 'Last used', width: 9, isSortable: true },
    render: ({ use }) => <PartText part={use}>{({ at }) => <UsedAt at={at} />}</PartText>,
  },
  { id: 'policies', header: 'Policies', width: 9, render: (role) => <PolicyCount {...role} /> },
  { id: 'made', header: 'Made', width: 9, isSortable: true, render: ({ createdAt }) => formatDate(createdAt) },
];

export const groupColumns: readonly TableColumn<Group>[] = [
  { id: 'name', header: 'Group', isRowHeader: true, isSortable: true, render: named('users') },
  {
    ...{ id: 'members', header: 'Members', width: 9 },
    render: ({ members }) => (
      <PartText part={members}>{(names) => (names.length === 0 ? none : String(names.length))}</PartText>
    ),
  },
  { id: 'policies', header: 'Policies', width: 9, render: (group) => <PolicyCount {...group} /> },
];

export interface KeyRow extends AccessKey {
  readonly name: string;
}

export const keyColumns: readonly TableColumn<KeyRow>[] = [
  {
    ...{ id: 'key', header: 'Access key', isRowHeader: true },
    render: ({ accessKeyId }) => <TwoLine icon={<Icon name="key" />} title={<Mono>{accessKeyId}</Mono>} />,
  },
  { id: 'name', header: 'User', width: 12, isSortable: true, render: ({ name }) => name },
  { id: 'age', header: 'Age', width: 8, isSortable: true, render: (key) => <KeyAge createdAt={key.createdAt} /> },
  {
    ...{ id: 'used', header: 'Last used', width: 10, isSortable: true },
    render: ({ use }) => <PartText part={use}>{({ at }) => <UsedAt at={at} />}</PartText>,
  },
  {
    ...{ id: 'state', header: 'State', width: 7 },
    render: ({ active }) => (active ? 'on' : <Text tone="muted">off</Text>),
  },
];
