import { parseRoleArn } from '../../core/domain/arn';
import type { ActivityEntry, ActivityFilter } from '../../core/domain/activity';
import { actKind, actWords } from '../../core/domain/activity-words';
import type { Connection } from '../../core/domain/connection';
import type { Connections } from '../connections/connections';
import type { Sessions } from '../sessions/sessions';
import { readLine } from '../store/audit-chain';
import { LineSieve, type PlacedLine } from './line-sieve';

/** What is known here of that which a line names by an ID. */
export class Names {
  readonly #ports: NamesPorts;
  #byRole: ReadonlyMap<string, Connection> | undefined;
  #bySession: ReadonlyMap<string, string> | undefined;

  constructor(ports: NamesPorts) {
    this.#ports = ports;
  }

  connection(id: string): Connection | undefined {
    return this.#ports.connections.find(id);
  }

  /** The maps are built where a line asks for them: most pages name their connections. */
  byRole(accountId: string, roleName: string): Connection | undefined {
    this.#byRole ??= new Map(this.#ports.connections.all().map((one) => [`${one.accountId}/${one.roleName}`, one]));
    return this.#byRole.get(`${accountId}/${roleName}`);
  }

  connectionOfSession(sessionId: string): string | undefined {
    if (sessionId === '') return undefined;
    this.#bySession ??= new Map(this.#ports.sessions.all().map((one) => [one.id, one.connectionId]));
    return this.#bySession.get(sessionId);
  }

  /** Holds back the lines that the filter cannot let through, where that shows from their bytes; else undefined. */
  sieveFor({ accountId, connectionId, sourceId }: ActivityFilter): LineSieve | undefined {
    const { connections, sessions } = this.#ports;
    if (connectionId !== undefined) {
      const known = connections.find(connectionId);
      return sieveOf([
        [connectionId],
        ...(known === undefined ? [] : [[known.accountId, known.roleName]]),
        ...sessions.all().flatMap((one) => (one.connectionId === connectionId ? [[one.id]] : [])),
      ]);
    }
    if (sourceId !== undefined) return /^[\w-]+$/.test(sourceId) ? sieveOf([[sourceId]]) : undefined;
    if (accountId === undefined) return undefined;
    const inAccount = new Set(connections.all().flatMap((one) => (one.accountId === accountId ? [one.id] : [])));
    const theirs = sessions.all().filter((one) => inAccount.has(one.connectionId));
    return sieveOf([[accountId], ...[...inAccount, ...theirs.map(({ id }) => id)].map((id) => [id])]);
  }
}

export type NamesPorts = {
  readonly connections: Pick<Connections, 'all' | 'find'>;
  readonly sessions: Pick<Sessions, 'all'>;
};

/** To look for more texts than this costs as much as to read the lines. */
const mostTexts = 60;

function sieveOf(groups: readonly (readonly string[])[]): LineSieve | undefined {
  return groups.length > mostTexts ? undefined : new LineSieve(groups);
}

/** They hold the lines together and say nothing about the act. */
const ofTheChain = new Set(['at', 'act', 'subject', 'previous', 'tornAfter']);

/** A line of the log as it is shown. The log may have been changed by anybody: nothing in it is trusted to fit. */
export function readEntry({ at, line }: PlacedLine, names: Names): ActivityEntry {
  const record = readLine(line);
  if (record === undefined) return { at, act: '', subject: '', facts: [], isTorn: true };
  const time = Date.parse(textOf(record['at']));
  const subject = textOf(record['subject']).slice(0, 2048);
  const facts = Object.entries(record)
    .filter(([name]) => !ofTheChain.has(name))
    .slice(0, 40)
    .map(([name, value]) => ({ name: name.slice(0, 64), value: textOf(value).slice(0, 4096) }));
  const connection = connectionOf(record, subject, names);
  const accountId = connection?.accountId ?? accountOf(textOf(record['accountId'])) ?? accountOf(subject);
  return {
    at,
    ...(time >= 0 && { time }),
    act: textOf(record['act']).slice(0, 80),
    subject,
    facts,
    ...(connection && { connection: { id: connection.id, name: connection.name } }),
    ...(accountId !== undefined && { accountId }),
  };
}

export function matches(entry: ActivityEntry, filter: ActivityFilter): boolean {
  const { accountId, connectionId, kind, since, sourceId, words = '' } = filter;
  if (since !== undefined && (entry.time ?? 0) < since) return false;
  if (kind !== undefined && actKind(entry.act) !== kind) return false;
  if (accountId !== undefined && entry.accountId !== accountId) return false;
  const has = (name: string, value: string) => entry.facts.some((fact) => fact.name === name && fact.value === value);
  if (connectionId !== undefined && entry.connection?.id !== connectionId && !has('connectionId', connectionId)) {
    return false;
  }
  if (sourceId !== undefined && !has('sourceId', sourceId)) return false;
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const text = [
    actWords(entry.act),
    entry.act,
    entry.subject,
    entry.connection?.name ?? '',
    entry.accountId ?? '',
    ...entry.facts.map(({ value }) => value),
  ]
    .join('\n')
    .toLowerCase();
  return wanted.every((word) => text.includes(word));
}

function connectionOf(
  record: Readonly<Record<string, unknown>>,
  subject: string,
  names: Names,
): Connection | undefined {
  const named = textOf(record['connectionId']) || names.connectionOfSession(textOf(record['sessionId']));
  const known = named === undefined ? undefined : names.connection(named);
  if (known !== undefined) return known;
  const role = parseRoleArn(subject);
  const [, accountId, roleName] =
    role === undefined ? (sessionOfRole.exec(subject) ?? []) : ['', role.accountId, role.roleName];
  return accountId === undefined || roleName === undefined ? undefined : names.byRole(accountId, roleName);
}

/** Of a session the ARN says the role's name, without its path. */
const sessionOfRole = /^arn:[^:]*:sts::(\d{12}):assumed-role\/([^/]+)\//;

/** The account that an ARN names, or a text that is nothing but one. */
function accountOf(text: string): string | undefined {
  return /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?::|$)/.exec(text)?.[1];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
