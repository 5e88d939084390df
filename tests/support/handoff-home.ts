import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionSchema } from '../../core/domain/connection';
import { handoffProfileSchema, type HandoffProfile } from '../../core/domain/handoff-profile';
import { sessionSchema, type Session } from '../../core/domain/session';
import type { Source } from '../../core/domain/source';
import { plainRequest } from '../../core/domain/session-request';
import type { Workspace } from '../../core/domain/limits';
import { settingsSchema } from '../../main/settings';
import { createSandbox } from '../../main/sandbox/sandbox';
import { serveSandbox } from '../../main/sandbox/server';
import { KeychainSecretStore } from '../../main/secrets/keychain-secret-store';
import { KeytarKeychain } from '../../main/secrets/keytar-keychain';
import type { RawKeychain } from '../../main/secrets/raw-keychain';
import { sessionSecretKey, writeKept, type SessionCredentials } from '../../main/sessions/kept-credentials';
import { sessionsDocument } from '../../main/sessions/session-records';
import { computerNow } from '../../main/platform/computer-time';
import { keychainServiceIn } from './keychain-service';
import { ManualClock } from './manual-clock';
import { must } from './must';
import { testSigningKey, trustPolicy } from './practice';
import { bareIam } from './sdk';
import { Wire } from './workspace-world';

const hour = 3_600_000;

/** A sandbox on loopback that counts its calls, by this computer's own clock. */
export async function servedAndCounted() {
  const clock = new ManualClock(computerNow());
  const sandbox = createSandbox({ clock: { now: computerNow, offset: () => undefined }, signingKey: testSigningKey });
  const wire = new Wire(sandbox);
  await bareIam(sandbox, clock, sandbox.identities.owner).send(
    new CreateRoleCommand({
      RoleName: 'HandedOn',
      AssumeRolePolicyDocument: trustPolicy({ externalId: 'handed-on-external' }),
    }),
  );
  const server = await serveSandbox(wire, 0);
  return {
    endpoint: server.endpoint,
    deployer: sandbox.identities.deployer,
    assumed: () => wire.actions.filter((action) => action === 'AssumeRole').length,
    /** before each call it is answered */
    wire,
    close: () => server.close(),
  };
}
export type Served = Awaited<ReturnType<typeof servedAndCounted>>;

/** What the app would have left in a home: a source, a connection, a session of it and a profile. */
export class HandoffHome {
  readonly home = mkdtempSync(join(tmpdir(), 'sallyport-handoff-'));
  readonly userData = join(this.home, '.config', 'Sallyport');
  readonly keychainService: string;
  readonly connectionId = randomUUID();
  readonly sourceId = randomUUID();
  readonly session: Session;
  readonly profile: HandoffProfile;
  readonly workspace: Workspace;

  readonly keychain: RawKeychain;

  /** `keychainService` of the app itself instead of a copy under test; `keychain` instead of the system's. */
  constructor(
    change: Partial<Session> = {},
    workspace: Workspace = 'aws',
    keychainService?: string,
    keychain?: RawKeychain,
  ) {
    this.workspace = workspace;
    this.keychainService = keychainService ?? keychainServiceIn(this.home);
    this.keychain = keychain ?? new KeytarKeychain(this.keychainService);
    const now = computerNow();
    this.session = sessionSchema.parse({
      id: randomUUID(),
      connectionId: this.connectionId,
      connectionName: 'Tidewater',
      accountId: '222233334444',
      roleName: 'HandedOn',
      assumedRoleArn: 'arn:aws:sts::222233334444:assumed-role/HandedOn/sallyport',
      accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
      sessionName: 'sallyport',
      issuedAt: now - hour,
      openedAt: now - hour,
      expiresAt: now + hour,
      request: plainRequest(3600),
      renewal: 'off',
      uses: [],
      isChained: false,
      credentials: 'keychain',
      ...change,
    });
    this.profile = handoffProfileSchema.parse({
      id: randomUUID(),
      name: 'tidewater',
      connectionId: this.connectionId,
      sessionId: this.session.id,
      sessionPolicy: { kind: 'none' },
      region: 'eu-west-1',
      file: join(this.home, '.aws', 'config'),
      written: '',
      lead: 0,
      createdAt: now,
    });
    this.#write('.', 'settings', settingsSchema.parse({ theme: 'light', workspace }));
    this.#write(workspace, 'handoff', { profiles: [this.profile], plain: [] });
    this.writeSession({});
  }

  /** The source that the connection is called from; nothing of it is in the keychain. */
  writeSources(...sources: readonly Source[]): void {
    this.#write(this.workspace, 'sources', { sources, selectedId: this.sourceId });
  }

  writeSession(change: Partial<Session>): void {
    const session = sessionSchema.parse({ ...this.session, ...change });
    this.#write(this.workspace, 'sessions', { sessions: [session], favourites: [] }, sessionsDocument.version);
  }

  /** What renewing needs: whose keys the app calls with, and which role it is. */
  async trust({ deployer }: Served): Promise<void> {
    const { accessKeyId, secretAccessKey } = deployer;
    must(await this.store().set(`source/${this.sourceId}`, JSON.stringify({ accessKeyId, secretAccessKey })));
    const source = { kind: 'access-key', id: this.sourceId, label: 'deployer', keyHint: 'AKIA…', kept: 'keychain' };
    this.#write(this.workspace, 'sources', {
      sources: [{ ...source, region: 'eu-west-1' }],
      selectedId: this.sourceId,
    });
    const connection = connectionSchema.parse({
      id: this.connectionId,
      name: 'Tidewater',
      roleArn: 'arn:aws:iam::222233334444:role/HandedOn',
      roleName: 'HandedOn',
      accountId: '222233334444',
      partition: 'aws',
      region: 'eu-west-1',
      externalId: 'handed-on-external',
      recipeId: 'read-only-audit',
      sourceId: this.sourceId,
      madeBy: 'elsewhere',
      createdAt: computerNow(),
      maxSessionDuration: 3600,
      status: 'working',
      receipt: [],
    });
    this.#write(this.workspace, 'connections', { connections: [connection] });
  }

  store(): KeychainSecretStore {
    return new KeychainSecretStore(this.keychain);
  }

  async keep(credentials: Partial<SessionCredentials>): Promise<SessionCredentials> {
    const whole = {
      accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
      secretAccessKey: `secret+${randomUUID()}`,
      sessionToken: `token/${'x'.repeat(700)}`,
      expiration: this.session.expiresAt,
      ...credentials,
    };
    must(await this.store().set(sessionSecretKey(this.session.id), writeKept(whole)));
    return whole;
  }

  read(name: string): string {
    return readFileSync(join(this.userData, this.workspace, name), 'utf8');
  }

  async remove(): Promise<void> {
    await this.store().remove(sessionSecretKey(this.session.id));
    await this.store().remove(`source/${this.sourceId}`);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  #write(folder: string, name: string, data: unknown, version = 1): void {
    mkdirSync(join(this.userData, folder), { recursive: true });
    writeFileSync(join(this.userData, folder, `${name}.json`), JSON.stringify({ version, data }));
  }
}
