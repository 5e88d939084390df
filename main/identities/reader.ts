import type { Group, Part, Reading, Role, User } from '../../core/domain/identities';
import { mostListed } from '../../core/domain/identities';
import type { AppError } from '../../core/app-error';
import type { Answer, AwsResult, CallOptions, IamApi } from '../aws/aws-api';
import type { IamListed, ListPage } from '../aws/iam-identities';
import { runPaced } from '../connections/paced-round';
import type { Clock } from '../platform/clock';
import { notCancelled } from '../sources/sources';
import type { Result } from '../../core/result';

/** So many users, roles and groups are asked about at a time, each by one call after the other. */
const atOnce = 6;

export type ReaderPorts = {
  readonly clock: Clock;
  readonly iam: IamApi;
  readonly signal: AbortSignal;
  /** as far as it is read now */
  readonly current: () => Reading;
  readonly update: (change: (one: Reading) => Reading) => void;
};

type Lists = 'users' | 'roles' | 'groups';
type Item =
  | { readonly list: 'users'; readonly one: User }
  | { readonly list: 'roles'; readonly one: Role }
  | { readonly list: 'groups'; readonly one: Group };

/**
 * Reads who is in the account: the lists first, page by page, then each user, role and group. What AWS refuses is said where
 * it is missing, and the rest goes on; what it throttles is asked again later, with fewer at a time.
 */
export async function readAccount(ports: ReaderPorts): Promise<void> {
  const { clock, iam, signal, update } = ports;
  await listAll(
    ports,
    'users',
    (marker, options) => iam.listUsersPage(marker, options),
    ({ id: _id, ...user }) => user,
  );
  await listAll(
    ports,
    'roles',
    (marker, options) => iam.listRolesPage(marker, options),
    ({ id: _id, ...role }) => role,
  );
  await listAll(
    ports,
    'groups',
    (marker, options) => iam.listGroupsPage(marker, options),
    ({ id: _id, ...one }) => one,
  );
  const { groups, roles, users } = ports.current();
  const items: readonly Item[] = [
    ...users.map((one): Item => ({ list: 'users', one })),
    ...roles.map((one): Item => ({ list: 'roles', one })),
    ...groups.map((one): Item => ({ list: 'groups', one })),
  ];
  await runPaced({
    ...{ clock, signal, items, most: atOnce },
    run: async (item) => {
      const { isThrottled, read } = await readOne(ports, item);
      if (signal.aborted) return 'done';
      put(ports, item.list, read, isThrottled ? 0 : 1);
      return isThrottled ? 'throttled' : 'done';
    },
    giveUp: () => {
      update((reading) => ({ ...reading, done: reading.done + 1 }));
    },
    onPace: ({ pausedUntil }) => {
      const until = pausedUntil === undefined ? undefined : clock.now() + (pausedUntil - clock.monotonic());
      update(({ throttledUntil: _before, ...reading }) => ({
        ...reading,
        ...(until === undefined ? {} : { throttledUntil: Math.max(0, Math.round(until)) }),
      }));
    },
  });
}

/** Reads one user or role anew, in the place of what was read of it; gone where AWS has it no more. */
export async function readAgain(ports: ReaderPorts, list: 'users' | 'roles', name: string): Promise<void> {
  const { iam, signal, update } = ports;
  const answer = list === 'users' ? await iam.getWholeUser(name, { signal }) : await iam.getRole(name, { signal });
  if (signal.aborted) return;
  if (!answer.ok) {
    if (notCancelled(answer.error).kind !== 'no-such-entity') return;
    update((reading) => ({ ...reading, [list]: reading[list].filter((one) => one.name !== name) }));
    return;
  }
  const { value } = answer.value;
  const one = { name, path: value.path, arn: value.arn, createdAt: value.createdAt };
  const used = 'passwordLastUsedAt' in value ? { passwordLastUsedAt: value.passwordLastUsedAt } : {};
  const parts = new Parts();
  const read =
    list === 'users' ? await readUser(ports, parts, whole({ ...one, ...used })) : await readRole(ports, parts, one);
  put(ports, list, read, 0);
}

async function listAll<T extends IamListed, K extends Lists>(
  { signal, update }: ReaderPorts,
  list: K,
  page: (marker: string | undefined, options: CallOptions) => AwsResult<ListPage<T>>,
  listed: (one: T) => Reading[K][number],
): Promise<void> {
  let marker: string | undefined;
  do {
    const answer = await page(marker, { signal });
    if (signal.aborted) return;
    if (!answer.ok) {
      const error = notCancelled(answer.error);
      update((one) => ({ ...one, unlisted: { ...one.unlisted, [list]: error.message }, error }));
      return;
    }
    const { items, next } = answer.value.value;
    update((one) => {
      const all = [...one[list], ...items.map(listed)].slice(0, mostListed);
      return { ...one, [list]: all, listed: one.listed + items.length };
    });
    marker = next;
  } while (marker !== undefined);
}

function put(ports: ReaderPorts, list: Lists, read: User | Role | Group, done: number): void {
  ports.update((reading) => ({
    ...reading,
    done: reading.done + done,
    [list]: reading[list].map((one) => (one.arn === read.arn ? read : one)),
  }));
}

/** Asks for the parts of one; those that were read before a throttled one are not asked for again. */
class Parts {
  isThrottled = false;

  async ask<T, U>(
    known: Part<U> | undefined,
    call: () => Promise<Result<Answer<T>, AppError | { readonly kind: 'cancelled' }>>,
    read: (value: T) => U,
    absent?: U,
  ): Promise<Part<U> | undefined> {
    if (known?.read === true || this.isThrottled) return known;
    const answer = await call();
    if (answer.ok) return { read: true, value: read(answer.value.value) };
    const error = notCancelled(answer.error);
    if (error.kind === 'no-such-entity' && absent !== undefined) return { read: true, value: absent };
    if (error.kind === 'throttled') this.isThrottled = true;
    return { read: false, why: error.message };
  }
}

const same = <T>(value: T): T => value;
const all = (values: readonly string[]): string[] => [...values];
const arns = (values: readonly { readonly arn: string }[]): string[] => values.map(({ arn }) => arn);

async function readOne(
  ports: ReaderPorts,
  item: Item,
): Promise<{ readonly read: User | Role | Group; readonly isThrottled: boolean }> {
  // what an earlier try has read stands in the reading and not in the item
  const now = ports.current()[item.list].find(({ arn }) => arn === item.one.arn) ?? item.one;
  const known = { ...item, one: now } as Item;
  const parts = new Parts();
  const read =
    known.list === 'users'
      ? await readUser(ports, parts, known.one)
      : known.list === 'roles'
        ? await readRole(ports, parts, known.one)
        : await readGroup(ports, parts, known.one);
  return { read, isThrottled: parts.isThrottled };
}

async function readUser({ iam, signal }: ReaderPorts, parts: Parts, user: User): Promise<User> {
  const { name } = user;
  const options = { signal };
  const keys = await parts.ask(
    user.keys,
    () => iam.listKeys(name, options),
    (list) => list.map(({ accessKeyId, active, createdAt }) => ({ accessKeyId, active, createdAt })),
  );
  const used =
    keys?.read === true
      ? {
          read: true as const,
          value: await inOrder(keys.value, async (key) =>
            whole({
              ...key,
              use: await parts.ask(
                'use' in key ? (key.use as Part<{ at?: number; service: string }> | undefined) : undefined,
                () => iam.getKeyUse(key.accessKeyId, options),
                ({ at, service }) => ({ service, ...(at === undefined ? {} : { at }) }),
              ),
            }),
          ),
        }
      : keys;
  return whole({
    ...user,
    keys: used,
    mfa: await parts.ask(
      user.mfa,
      () => iam.listMfaDevices(name, options),
      (list) => [...list],
    ),
    password: await parts.ask(user.password, () => iam.getLoginProfile(name, options), same, {}),
    groups: await parts.ask(user.groups, () => iam.listGroupsForUser(name, options), all),
    attached: await parts.ask(user.attached, () => iam.listAttachedUserPolicies(name, options), arns),
    inline: await parts.ask(user.inline, () => iam.listUserPolicies(name, options), all),
    tags: await parts.ask(
      user.tags,
      () => iam.getWholeUser(name, options),
      ({ tags }) => [...tags],
    ),
  });
}

async function readRole({ iam, signal }: ReaderPorts, parts: Parts, role: Role): Promise<Role> {
  const { name } = role;
  const options = { signal };
  const known =
    role.tags?.read === true && role.use?.read === true ? { read: true as const, value: undefined } : undefined;
  const found = await parts.ask(known, () => iam.getRole(name, options), same);
  const value = found?.read === true ? found.value : undefined;
  const missing = found?.read === false ? found : undefined;
  return whole({
    ...role,
    ...(value === undefined ? {} : { description: value.description.slice(0, 1000) }),
    tags: value === undefined ? (missing ?? role.tags) : { read: true as const, value: [...value.tags] },
    use:
      value === undefined
        ? (missing ?? role.use)
        : { read: true as const, value: value.lastUsedAt === undefined ? {} : { at: value.lastUsedAt } },
    attached: await parts.ask(role.attached, () => iam.listAttachedRolePolicies(name, options), arns),
    inline: await parts.ask(role.inline, () => iam.listRolePolicies(name, options), all),
  });
}

async function readGroup({ iam, signal }: ReaderPorts, parts: Parts, group: Group): Promise<Group> {
  const { name } = group;
  const options = { signal };
  return whole({
    ...group,
    members: await parts.ask(group.members, () => iam.listGroupMembers(name, options), all),
    attached: await parts.ask(group.attached, () => iam.listAttachedGroupPolicies(name, options), arns),
    inline: await parts.ask(group.inline, () => iam.listGroupPolicies(name, options), all),
  });
}

async function inOrder<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const made: U[] = [];
  for (const item of items) made.push(await work(item));
  return made;
}

/** Without what is undefined: absent is what was not read yet. */
function whole<T extends object>(one: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
