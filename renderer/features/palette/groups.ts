import type { ConnectionSummary } from '../../../core/domain/connection';
import type { Session } from '../../../core/domain/session';
import { formatCount, formatDuration, formatQuantity } from '../../ui/format';
import { actsOf } from './acts';
import type { Entry, EntryGroup, PaletteDoors, Subject } from './entries';
import { findable, findBest, wordsOf, type Findable } from './match';

/** An account that some reading of the organization, or a wish for one, has told of. */
export type KnownAccount = { readonly id: string; readonly name: string; readonly path: string };

/** Everything that can be found, as it is known now. */
export type PaletteSources = {
  readonly connections: readonly ConnectionSummary[];
  /** Those that live, what dies first on top. */
  readonly sessions: readonly Session[];
  readonly accounts: readonly KnownAccount[];
  readonly places: readonly Findable<Entry>[];
  readonly commands: readonly Findable<Entry>[];
  readonly settings: readonly Findable<Entry>[];
  /** What the page behind is about. */
  readonly here: Subject | undefined;
  /** IDs of entries, the latest first. */
  readonly recent: readonly string[];
  /** Connections and sessions are known: what is not found is not there. */
  readonly isWhole: boolean;
  /** Milliseconds since the epoch, by AWS's clock. */
  readonly now: number;
  readonly doors: PaletteDoors;
};

/** How many lines of each kind are drawn: what is further down is found by another letter. */
const most = { connections: 6, sessions: 4, places: 8, commands: 6, settings: 5, accounts: 4, kept: 3 } as const;
const mostActs = 5;

const known = new WeakMap<object, Findable<never>>();

/** Made once for each thing, when it is first looked for. */
function prepared<T extends object>(items: readonly T[], prepare: (item: T) => Findable<T>): readonly Findable<T>[] {
  return items.map((item) => {
    const before = known.get(item) as Findable<T> | undefined;
    if (before !== undefined) return before;
    const made = prepare(item);
    known.set(item, made as Findable<never>);
    return made;
  });
}

export type PaletteQuery = { readonly text: string; readonly within: Subject | undefined };

/** What stands in the palette for what was typed, in groups, and how many there are of it altogether. */
export function groupsOf(sources: PaletteSources, { text, within }: PaletteQuery): readonly EntryGroup[] {
  const isCommandsOnly = text.startsWith('>');
  const words = wordsOf(isCommandsOnly ? text.slice(1) : text);
  if (within !== undefined) return filledOnly([actGroup(within, sources, words, Number.POSITIVE_INFINITY)]);
  if (words.length === 0) return untyped(sources, isCommandsOnly);
  const isRecent = (entry: { readonly id: string }) => sources.recent.includes(entry.id);
  const { accounts, commands, doors, here, now, places, settings } = sources;
  const byScore = [
    ...(isCommandsOnly ? [] : thingGroups(sources, words)),
    ...(here === undefined ? [] : [scored(actGroup(here, sources, words, mostActs), scoreOfActs(here, doors, words))]),
    simple('places', 'Go to', findBest(places, words, most.places, isRecent)),
    simple('commands', 'Everywhere', findBest(commands, words, most.commands, isRecent)),
    simple('settings', 'Settings', findBest(settings, words, most.settings, isRecent)),
  ];
  if (!isCommandsOnly) {
    const found = findBest(
      prepared(accounts, (account) => findable(account, account.name, [account.id])),
      words,
      most.accounts,
    );
    byScore.push({
      score: found.score,
      group: {
        id: 'accounts',
        heading: 'Accounts of the organization',
        entries: found.found.map((one) => accountEntry(one, doors)),
      },
    });
    byScore.push(keptGroup(sources, words));
  }
  const groups = filledOnly(byScore.sort((a, b) => a.score - b.score).map(({ group }) => group));
  if (groups.length === 0) return insteadOf(sources, isCommandsOnly ? text.slice(1) : text);
  const [first] = groups;
  const top = first?.entries[0];
  // what a person looks for is mostly looked for to do something with it
  if (first === undefined || top?.subject === undefined || isCommandsOnly) return groups;
  const acts = { ...actGroup(top.subject, { ...sources, now }, [], mostActs), isBeside: true };
  return [first, acts, ...groups.slice(1).filter(({ id }) => id !== acts.id)];
}

/** The ID of the group that stands where nothing was found. */
export const insteadId = 'instead';

/** A next step where nothing has that name; not before it is known that nothing has. */
function insteadOf({ commands, doors, isWhole }: PaletteSources, text: string): readonly EntryGroup[] {
  if (!isWhole) return [];
  const words = text.trim();
  const search: Entry = {
    id: 'search-activity',
    icon: 'history',
    label: `Search activity for “${words}”`,
    run: () => doors.go(`/activity?words=${encodeURIComponent(words)}`),
  };
  const connect = commands.flatMap(({ item }) => (item.id === 'command:connect' ? [item] : []));
  return [{ id: insteadId, heading: 'Instead', entries: [search, ...connect] }];
}

type Scored = { readonly group: EntryGroup; readonly score: number };

function scored(group: EntryGroup, score: number): Scored {
  return { group, score };
}

function simple(
  id: string,
  heading: string,
  best: { readonly found: readonly Entry[]; readonly score: number },
): Scored {
  return scored({ id, heading, entries: best.found }, best.score);
}

function filledOnly(groups: readonly EntryGroup[]): readonly EntryGroup[] {
  return groups.filter(({ entries }) => entries.length > 0);
}

/** What was chosen before, what can be done here, and where one can go. */
function untyped(sources: PaletteSources, isCommandsOnly: boolean): readonly EntryGroup[] {
  const { commands, here, places, settings } = sources;
  const items = (all: readonly Findable<Entry>[]) => all.map(({ item }) => item);
  const acts = here === undefined ? [] : [actGroup(here, sources, [], mostActs)];
  if (isCommandsOnly) {
    return filledOnly([
      ...acts,
      { id: 'commands', heading: 'Everywhere', entries: items(commands) },
      { id: 'places', heading: 'Go to', entries: items(places) },
    ]);
  }
  const recent = recentEntries(sources, [...items(places), ...items(commands), ...items(settings)]);
  const isShown = new Set(recent.map(({ id }) => id));
  const rest = (all: readonly Findable<Entry>[]) => items(all).filter(({ id }) => !isShown.has(id));
  return filledOnly([
    { id: 'recent', heading: 'Chosen before', entries: recent },
    ...acts,
    { id: 'places', heading: 'Go to', entries: rest(places) },
    { id: 'commands', heading: 'Everywhere', entries: rest(commands) },
  ]);
}

function recentEntries(sources: PaletteSources, fixed: readonly Entry[]): readonly Entry[] {
  return sources.recent.flatMap((id) => {
    const one = fixed.find((entry) => entry.id === id);
    if (one !== undefined) return [one];
    const connection = sources.connections.find((candidate) => `connection:${candidate.id}` === id);
    if (connection !== undefined) return [connectionEntry(connection, sources)];
    const session = sources.sessions.find((candidate) => `session:${candidate.id}` === id);
    return session === undefined ? [] : [sessionEntry(session, sources)];
  });
}

function thingGroups(sources: PaletteSources, words: readonly string[]): readonly Scored[] {
  const { connections, doors, recent, sessions } = sources;
  const found = findBest(
    prepared(connections, (one) => {
      const { accountId, folder = '', name, roleName, tags = [] } = one;
      return findable(one, name, [accountId, roleName, folder, ...tags]);
    }),
    words,
    most.connections,
    ({ id }) => recent.includes(`connection:${id}`),
  );
  const live = findBest(
    prepared(sessions, (one) => findable(one, one.connectionName, [one.accountId, one.roleName, one.sessionName])),
    words,
    most.sessions,
  );
  const left = found.total - found.found.length;
  const search = words.join(' ');
  const more: readonly Entry[] =
    left === 0
      ? []
      : [
          {
            id: 'all-connections',
            icon: 'search',
            label: `Show all ${formatCount(found.total)} in the list`,
            run: () => doors.go(`/connections?search=${encodeURIComponent(search)}`),
          },
        ];
  return [
    scored(
      {
        id: 'connections',
        heading: 'Connections',
        entries: [...found.found.map((one) => connectionEntry(one, sources)), ...more],
      },
      found.score,
    ),
    // the connection itself comes before its sessions
    scored(
      { id: 'sessions', heading: 'Sessions', entries: live.found.map((one) => sessionEntry(one, sources)) },
      live.score + 1,
    ),
  ];
}

const stateWords = {
  working: undefined,
  failing: 'Failing',
  'not-tested': 'Not tested',
  closing: 'Closing',
  revoked: 'Revoked',
};

function connectionEntry(connection: ConnectionSummary, sources: PaletteSources): Entry {
  const { accountId, folder, id, name, status } = connection;
  const live = liveOf(sources.sessions, id);
  const lasting = live.at(-1);
  const { go } = sources.doors;
  const closed = status === 'closing' || status === 'revoked';
  return {
    id: `connection:${id}`,
    icon: 'link',
    label: name,
    detail:
      lasting === undefined
        ? (stateWords[status] ?? folder)
        : `${formatQuantity(live.length, 'live session')}, ${formatDuration(lasting.expiresAt - sources.now)} left`,
    accountId,
    run: () => go(`/connections/${id}`),
    ...(!closed && { second: { words: 'starts a session', run: () => go(`/sessions?start=${id}`) } }),
    subject: { name, connection, session: lasting },
  };
}

/** What dies first comes first. */
function liveOf(sessions: readonly Session[], connectionId: string): readonly Session[] {
  return sessions.filter((session) => session.connectionId === connectionId);
}

function sessionEntry(session: Session, { connections, doors: { go }, now }: PaletteSources): Entry {
  const { accountId, connectionId, connectionName, expiresAt, id, roleName } = session;
  return {
    id: `session:${id}`,
    icon: 'timer',
    label: connectionName,
    detail: `${roleName}, ${formatDuration(Math.max(0, expiresAt - now))} left`,
    accountId,
    run: () => go('/sessions'),
    second: { words: 'opens the connection', run: () => go(`/connections/${connectionId}`) },
    subject: {
      name: `the session of ${connectionName}`,
      connection: connections.find((one) => one.id === connectionId),
      session,
    },
  };
}

function accountEntry({ id, name, path }: KnownAccount, { go }: PaletteDoors): Entry {
  return { id: `account:${id}`, icon: 'account', label: name, accountId: id, run: () => go(path) };
}

function preparedActs(subject: Subject, doors: PaletteDoors): readonly Findable<Entry>[] {
  return actsOf(subject, doors).map((entry) => findable(entry, entry.label));
}

function actGroup(subject: Subject, { doors }: PaletteSources, words: readonly string[], few: number): EntryGroup {
  const acts = preparedActs(subject, doors);
  const entries = words.length === 0 ? acts.slice(0, few).map(({ item }) => item) : findBest(acts, words, few).found;
  return { id: 'acts', heading: `Do with ${subject.name}`, entries: withRevoke(entries, acts, words) };
}

/** What a person must be able to find is not cut off for being last. */
function withRevoke(
  shown: readonly Entry[],
  all: readonly Findable<Entry>[],
  words: readonly string[],
): readonly Entry[] {
  const revoke = all.find(({ item }) => item.id === 'act:revoke')?.item;
  if (words.length > 0 || revoke === undefined || shown.includes(revoke)) return shown;
  return [...shown, revoke];
}

function scoreOfActs(subject: Subject, doors: PaletteDoors, words: readonly string[]): number {
  return findBest(preparedActs(subject, doors), words, 1).score;
}

/** Folders and tags that connections are kept under. */
function keptGroup({ connections, doors }: PaletteSources, words: readonly string[]): Scored {
  const places = new Map<string, { readonly kind: 'folder' | 'tag'; readonly name: string }>();
  for (const { folder, tags = [] } of connections) {
    if (folder !== undefined) places.set(`folder:${folder}`, { kind: 'folder', name: folder });
    for (const tag of tags) places.set(`tag:${tag}`, { kind: 'tag', name: tag });
  }
  const all = [...places].map(([id, { kind, name }]) =>
    findable(
      {
        id,
        icon: kind,
        label: `Show the ${kind} ${name}`,
        run: () => doors.go(`/connections?in=${encodeURIComponent(id)}`),
      } satisfies Entry,
      name,
    ),
  );
  return simple('kept', 'Folders and tags', findBest<Entry>(all, words, most.kept));
}
