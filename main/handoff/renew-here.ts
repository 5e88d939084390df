import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { z } from '../../core/zod';
import type { AppError } from '../../core/app-error';
import type { Connection } from '../../core/domain/connection';
import type { Workspace } from '../../core/domain/limits';
import { networkAsFound } from '../../core/domain/network';
import { partitionOfRegion } from '../../core/domain/partitions';
import type { Session } from '../../core/domain/session';
import { err, ok, type Result } from '../../core/result';
import { settingsSchema } from '../settings';
import type { AwsEnvironment } from '../aws/aws-api';
import { createAws } from '../aws/create-aws';
import { Network } from '../aws/network';
import { profileProvider } from '../aws/profile-provider';
import { connectionsCollection } from '../connections/connections';
import type { Clock } from '../platform/clock';
import { KeychainSecretStore } from '../secrets/keychain-secret-store';
import { MemorySecretStore } from '../secrets/memory-secret-store';
import type { RawKeychain } from '../secrets/raw-keychain';
import { SecretVault } from '../secrets/secret-vault';
import { assumeSession } from '../sessions/assume-session';
import { sessionSecretKey, writeKept, type SessionCredentials } from '../sessions/kept-credentials';
import { sessionsDocument } from '../sessions/session-records';
import { Sources } from '../sources/sources';
import { sourcesDocumentSchema } from '../sources/sources-document';
import { AuditLog } from '../store/audit-log';
import { readWrittenCollection } from '../store/written-collection';
import { WrittenDocument } from '../store/written-document';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { RenewalLog } from './renewal-log';
import { findSession } from './session-files';
import { lockKeychain } from './session-lock';

/** The role that the source itself assumes: the first on the way. */
function firstOf(connection: Connection, connections: readonly Connection[], { request }: Session): Connection {
  return connections.find(({ id }) => id === request.hops[0]) ?? connection;
}

/** A sign-in is renewed by the app alone, which keeps its tokens; and the tool's environment is not the app's. */
function needsApp(kind: 'identity-center' | 'environment'): AppError {
  const what = kind === 'identity-center' ? 'a sign-in to IAM Identity Center' : 'Sallyport’s own environment';
  return appError('credentials-missing', `This session comes from ${what}, so only the open app can renew it.`, {
    whatToDo: 'Open Sallyport, and it renews the session.',
  });
}

const overMeanwhile = appError('credentials-missing', 'The session was ended meanwhile.', {
  whatToDo: 'Start a new one in Sallyport.',
});

export type RenewHerePorts = {
  readonly userData: string;
  readonly clock: Clock;
  readonly version: string;
  readonly keychain: RawKeychain;
};

/**
 * New credentials for a session, in a process without a window and beside the app, which may run or not. Reads the app's
 * files and writes none of them: the keychain, a line for the app to take in (renewal-log.ts), and the audit log.
 */
export async function renewHere(
  kind: Workspace,
  sessionId: string,
  { userData, clock, version, keychain }: RenewHerePorts,
): Promise<Result<SessionCredentials>> {
  const folder = join(userData, kind);
  const document = <T>(spec: { name: string; schema: z.ZodType<T>; empty: T }) =>
    new WrittenDocument({ version: 1, migrations: [], ...spec }, folder);
  const session = new WrittenDocument(sessionsDocument, folder).read().sessions.find(({ id }) => id === sessionId);
  const connections = readWrittenCollection(connectionsCollection, folder);
  const connection = connections.find(({ id }) => id === session?.connectionId);
  if (session === undefined || connection === undefined) return err(notFound('The connection of this session'));

  const known = document({ name: 'sources', schema: sourcesDocumentSchema, empty: { sources: [] } });
  const withId = (sourceId: string) => known.read().sources.find(({ id }) => id === sourceId);
  const first = withId(firstOf(connection, connections, session).sourceId);
  const source = first?.kind === 'member-role' ? withId(first.throughId) : first;
  if (source?.kind === 'identity-center' || source?.kind === 'environment') return err(needsApp(source.kind));

  const settings = new WrittenDocument(
    { name: 'settings', schema: settingsSchema, empty: { theme: 'system' }, version: 1, migrations: [] },
    userData,
  ).read();
  const network = new Network({ clock, settings: () => settings.network ?? networkAsFound });
  const vault = new SecretVault(
    new KeychainSecretStore(keychain, { looksAround: false, lock: () => lockKeychain(userData, clock) }),
    new MemorySecretStore(),
    () => undefined,
  );
  const environment = (region: string): AwsEnvironment => ({
    kind: 'aws',
    partition: partitionOfRegion(region)?.id ?? 'aws',
    region,
  });
  const audit = new AuditLog(join(folder, 'audit.jsonl'), () => clock.now(), 'beside');
  const context: WorkspaceContext = {
    clock,
    newId: randomUUID,
    aws: createAws({ clock, network, version }),
    environment,
    publisher: { changed: () => undefined, send: () => undefined, revision: 0 },
    audit: (...entries) => audit.append(...entries),
  };
  const sources = new Sources({
    ...context,
    document: known,
    vault,
    listProfiles: () => Promise.resolve(ok([])),
    profileProvider: (name, region) => profileProvider(name, { clock, network, version, region }),
  });
  const opened = await assumeSession(
    { ...context, sources, findConnection: (id) => connections.find((one) => one.id === id) },
    { connection, request: session.request },
  );
  if (!opened.ok) return opened;
  const { value, at, requestId } = opened.value;
  // ended while AWS was asked: what came back has no owner any more
  const isOver = () => (findSession(userData, kind, sessionId) ?? { end: 'forgotten' }).end !== undefined;
  if (isOver()) return err(overMeanwhile);
  const kept = await vault.put(sessionSecretKey(sessionId), writeKept(value.credentials));
  if (!kept.ok) return kept;
  if (isOver()) {
    // the app wipes what it ends, and may have been done with that before this was put there
    const wiped = await vault.remove(sessionSecretKey(sessionId));
    return wiped.ok ? err(overMeanwhile) : wiped;
  }
  const { accessKeyId, expiration } = value.credentials;
  const told = await new RenewalLog(join(folder, 'renewals.jsonl'), clock).append({
    id: sessionId,
    accessKeyId,
    issuedAt: at,
    expiresAt: expiration,
    requestId,
    at,
  });
  if (!told.ok) return told;
  const written = audit.append({
    act: 'session.renewed',
    by: 'credential-process',
    subject: connection.roleArn,
    sessionId,
    requestId,
    expiresAt: expiration,
  });
  return written.ok ? ok(value.credentials) : written;
}
