import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connectionSchema, type Connection } from '../../core/domain/connection';
import { plainRequest } from '../../core/domain/session-request';
import { settingsSchema } from '../../main/settings';
import { connectionsCollection } from '../../main/connections/connections';
import { documentOf } from '../../main/store/collection';
import { practiceDocumentSchema } from '../../main/practice';
import { sessionsDocument } from '../../main/sessions/session-records';
import { sourcesDocumentSchema } from '../../main/sources/sources-document';

const { schema: connectionsSchema } = documentOf(connectionsCollection);
const hour = 3_600_000;

/** Writes what a person with so many connections and live sessions has on the disk. `now` in ms since the epoch. */
export function storeRecords(userData: string, counts: { connections: number; sessions: number }, now: number): void {
  const write = (folder: string, name: string, data: unknown, version = 1): void => {
    mkdirSync(join(userData, folder), { recursive: true });
    writeFileSync(join(userData, folder, `${name}.json`), JSON.stringify({ version, data }));
  };
  const connections = Array.from({ length: counts.connections }, (_, index) => connectionAt(index, now));
  const sessions = Array.from({ length: counts.sessions }, (_, index) => sessionAt(index, now));
  write('.', 'settings', settingsSchema.parse({ theme: 'light', workspace: 'practice' }));
  // Parsed here, so that a change of shape fails the bench instead of making it measure an empty list.
  write('practice', 'connections', connectionsSchema.parse({ connections }));
  write('practice', 'sessions', sessionsDocument.schema.parse({ sessions, favourites: [] }), sessionsDocument.version);
}

/** The practice sandbox with the thousand accounts, and a connection to each customer. */
export function storeCustomers(userData: string, now: number): void {
  storeRecords(userData, { connections: 0, sessions: 0 }, now);
  const connections = Array.from({ length: 997 }, (_, index) => customerConnection(index, now));
  const kept = {
    connections: connectionsSchema.parse({ connections }),
    sandbox: practiceDocumentSchema.parse({ scenario: 'thousand-accounts' }),
  };
  for (const [name, data] of Object.entries(kept)) {
    writeFileSync(join(userData, 'practice', `${name}.json`), JSON.stringify({ version: 1, data }));
  }
}

/**
 * A home whose AWS workspace has a connection to each customer and so many sessions that renew themselves, opened over the
 * last fifty minutes, by which each of an hour is renewed: what comes due is what comes due on any day. `keys` are of the deployer that their roles
 * trust, in a profile of AWS's own file, so that AWS grants each renewal.
 */
export function storeRenewing(
  home: string,
  userData: string,
  count: number,
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
  now: number,
): void {
  const sourceId = 'deployer';
  const connections = Array.from({ length: 997 }, (_, index) => ({ ...customerConnection(index, now), sourceId }));
  const sessions = connections.slice(0, count).map(({ id, name, accountId, roleName }, index) => {
    const issuedAt = now - Math.round((index / count) * (5 / 6) * hour);
    return {
      ...sessionAt(index, now),
      ...{ connectionId: id, connectionName: name, accountId, roleName, renewal: 'automatic' },
      ...{ issuedAt, openedAt: issuedAt, expiresAt: issuedAt + hour, request: plainRequest(3600) },
    };
  });
  const source = { kind: 'profile', id: sourceId, label: sourceId, profileName: sourceId, region: 'eu-west-1' };
  const kept = {
    'settings.json': [settingsSchema.parse({ theme: 'light', workspace: 'aws' }), 1],
    'aws/connections.json': [connectionsSchema.parse({ connections }), 1],
    'aws/sources.json': [sourcesDocumentSchema.parse({ sources: [source], selectedId: sourceId }), 1],
    'aws/sessions.json': [sessionsDocument.schema.parse({ sessions, favourites: [] }), sessionsDocument.version],
  } as const;
  for (const [path, [data, version]] of Object.entries(kept)) {
    mkdirSync(dirname(join(userData, path)), { recursive: true });
    writeFileSync(join(userData, path), JSON.stringify({ version, data }));
  }
  mkdirSync(join(home, '.aws'), { mode: 0o700 });
  writeFileSync(
    join(home, '.aws', 'credentials'),
    `[${sourceId}]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n`,
    { mode: 0o600 },
  );
}

function accountAt(index: number): string {
  return String(100_000_000_000 + index);
}

function connectionAt(index: number, now: number): Record<string, unknown> {
  return {
    id: randomUUID(),
    name: `Tidewater ${index}`,
    roleArn: `arn:aws:iam::${accountAt(index)}:role/DeployAccess`,
    roleName: 'DeployAccess',
    accountId: accountAt(index),
    partition: 'aws',
    region: 'eu-west-1',
    externalId: randomUUID(),
    recipeId: 'deployment-service',
    sourceId: 'practice-deployer',
    madeBy: 'automatic',
    createdAt: now - index * hour,
    maxSessionDuration: 3600,
    status: 'working',
    receipt: [
      {
        stepId: 'role',
        kind: 'role',
        title: 'Role DeployAccess',
        detail: 'created by the bench',
        at: now - index * hour,
      },
    ],
  };
}

/** A connection to a customer's role of the scenario “A thousand accounts”. `index` from 0 to 996. */
export function customerConnection(index: number, now: number): Connection {
  const accountId = String(500_000_000_001 + index);
  return connectionSchema.parse({
    ...connectionAt(index, now),
    ...{ accountId, roleArn: `arn:aws:iam::${accountId}:role/DeployAccess`, externalId: 'customer-external-id' },
    ...{ recipeId: 'read-only-audit', madeBy: 'elsewhere', status: 'not-tested', receipt: [] },
  });
}

function sessionAt(index: number, now: number): Record<string, unknown> {
  return {
    id: randomUUID(),
    connectionId: randomUUID(),
    connectionName: `Tidewater ${index}`,
    accountId: accountAt(index),
    roleName: 'DeployAccess',
    assumedRoleArn: `arn:aws:sts::${accountAt(index)}:assumed-role/DeployAccess/bench`,
    accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
    sessionName: 'bench',
    issuedAt: now - 60_000,
    expiresAt: now + hour + index * 30_000,
    openedAt: now - 60_000,
    request: plainRequest(7200),
    renewal: 'off',
    uses: [],
    isChained: false,
    credentials: 'keychain',
  };
}
