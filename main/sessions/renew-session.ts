import { isLive, type Session } from '../../core/domain/session';
import { err, ok, type Result } from '../../core/result';
import { notFound } from '../workspace-context';
import { sessionSecretKey, writeKept } from './kept-credentials';
import type { Opening } from './opening';
import type { SessionRecords } from './session-records';
import type { SessionsPorts } from './sessions';

export type RenewPorts = Pick<SessionsPorts, 'audit' | 'clock' | 'elsewhere' | 'findConnection' | 'vault'> & {
  readonly records: SessionRecords;
  readonly opening: Opening;
  /** what other processes renewed meanwhile */
  readonly takeInElsewhere: () => Promise<void>;
};

/** Asks AWS for new credentials of a session and keeps them, unless another process was faster. One process at a time. */
export async function renewSession(ports: RenewPorts, sessionId: string, tokenCode?: string): Promise<Result<Session>> {
  const { clock, elsewhere, records, takeInElsewhere } = ports;
  const lock = await elsewhere.lock(sessionId);
  if (!lock.ok) return lock;
  try {
    const before = records.find(sessionId)?.accessKeyId;
    await takeInElsewhere();
    const now = records.find(sessionId);
    // a credential process was faster
    if (now !== undefined && now.accessKeyId !== before && isLive(now, clock.now())) return ok(now);
    return await renewAlone(ports, sessionId, tokenCode);
  } finally {
    lock.value();
  }
}

async function renewAlone(
  { audit, findConnection, opening, records, vault }: RenewPorts,
  sessionId: string,
  tokenCode: string | undefined,
): Promise<Result<Session>> {
  const session = records.find(sessionId);
  if (session === undefined || session.end !== undefined) return err(notFound('A session that is open'));
  const connection = findConnection(session.connectionId);
  if (connection === undefined) return err(notFound('The connection of this session'));
  const opened = await opening.open(connection, session.request, tokenCode);
  if (!opened.ok) return opened;
  const { value, at, requestId, sessionName, isChained } = opened.value;
  const { credentials, assumedRoleArn } = value;
  // ended while AWS was asked: what came back has no owner any more
  if (records.find(sessionId)?.end !== undefined) return err(notFound('A session that is open'));
  const kept = await vault.put(sessionSecretKey(sessionId), writeKept(credentials));
  if (!kept.ok) return kept;
  if (records.find(sessionId)?.end !== undefined) {
    // whoever ended it may have been done with wiping before this was put there
    const wiped = await vault.remove(sessionSecretKey(sessionId));
    return wiped.ok ? err(notFound('A session that is open')) : wiped;
  }
  const saved = records.patch(sessionId, ({ trouble: _trouble, ...one }) => ({
    ...one,
    assumedRoleArn,
    accessKeyId: credentials.accessKeyId,
    sessionName,
    isChained,
    issuedAt: at,
    expiresAt: credentials.expiration,
    credentials: kept.value,
  }));
  if (!saved.ok) return saved;
  audit({
    act: 'session.renewed',
    subject: connection.roleArn,
    sessionId,
    requestId,
    expiresAt: credentials.expiration,
  });
  return ok(records.find(sessionId) ?? session);
}
