import type {
  AccountRecord,
  GroupRecord,
  InstanceProfileRecord,
  LeavingRole,
  MfaDeviceRecord,
  PolicyRecord,
  RoleRecord,
  SandboxSnapshot,
  SessionRecord,
  UserRecord,
  UserSessionRecord,
} from './snapshot';
import type { AccessReport } from './access-report';
import type { OrganizationRecord } from './organization-record';
import type { BucketRecord } from './bucket-record';
import { mfaDeviceArn, policyArn, roleArn, userArn } from './arns';
import type { SandboxSecrets } from './secrets';

/** An account in memory. Names are unique without regard to case, so the maps' keys are in lower case. */
export type Account = {
  readonly id: string;
  readonly name: string;
  alias: string | undefined;
  /** When it was closed, ms since the epoch: from then on its credentials and roles are dead. */
  closedAt: number | undefined;
  readonly rootAccessKeys: AccountRecord['rootAccessKeys'];
  readonly users: Map<string, UserRecord>;
  readonly roles: Map<string, RoleRecord>;
  /** Roles whose deletion has not spread yet. */
  leaving: readonly LeavingRole[];
  /** By ARN. */
  readonly policies: Map<string, PolicyRecord>;
  readonly instanceProfiles: Map<string, InstanceProfileRecord>;
  readonly groups: Map<string, GroupRecord>;
  /** By serial number, which for virtual devices is their ARN. */
  readonly mfaDevices: Map<string, MfaDeviceRecord>;
};

export type KeyOwner =
  | { readonly kind: 'user'; readonly account: Account; readonly user: UserRecord; readonly active: boolean }
  | { readonly kind: 'root'; readonly account: Account; readonly active: boolean }
  | { readonly kind: 'session'; readonly session: SessionRecord }
  | { readonly kind: 'user-session'; readonly session: UserSessionRecord };

export type PrincipalReference = { readonly accountId: string; readonly kind: 'user' | 'role'; readonly name: string };

const maximumSessions = 20_000;
/** Below so many nobody looks for old ones. */
const fewSessions = 500;

/** All of the sandbox's accounts and sessions, with the indexes that keep a thousand accounts quick. */
export class SandboxState {
  readonly accounts = new Map<string, Account>();
  readonly sessions = new Map<string, SessionRecord>();
  private readonly userSessions = new Map<string, UserSessionRecord>();
  private readonly principals = new Map<string, PrincipalReference>();
  private readonly keyOwners = new Map<string, { readonly accountId: string; readonly userName: string | undefined }>();
  readonly organizations: OrganizationRecord[];
  /** S3's buckets by name: one name space for all accounts. */
  readonly buckets: Map<string, BucketRecord>;
  readonly identities: SandboxSnapshot['identities'];
  /** By job; forgotten when the sandbox ends. */
  readonly accessReports = new Map<string, AccessReport>();
  private counter: number;
  private nextClearing = fewSessions;

  constructor(
    snapshot: SandboxSnapshot,
    private readonly secrets: SandboxSecrets,
    /** How long an ended session is remembered, to be told "expired" from "unknown". Milliseconds. */
    private readonly rememberedAfterExpiry = 24 * 3_600_000,
  ) {
    this.counter = snapshot.counter;
    this.identities = structuredClone(snapshot.identities);
    this.organizations = structuredClone(snapshot.organizations ?? []);
    this.buckets = new Map((snapshot.buckets ?? []).map((bucket) => [bucket.name, structuredClone(bucket)]));
    for (const record of snapshot.accounts) this.load(structuredClone(record));
    for (const session of snapshot.sessions) this.sessions.set(session.accessKeyId, structuredClone(session));
    for (const session of snapshot.userSessions ?? [])
      this.userSessions.set(session.accessKeyId, structuredClone(session));
  }

  /** Takes an account in as it was saved, or as it is made. */
  load(record: AccountRecord): void {
    const account: Account = {
      id: record.id,
      name: record.name,
      alias: record.alias,
      closedAt: record.closedAt,
      rootAccessKeys: record.rootAccessKeys,
      users: new Map(),
      roles: new Map(),
      leaving: record.leaving ?? [],
      policies: new Map(record.policies.map((policy) => [policyArn(record.id, policy), policy])),
      instanceProfiles: new Map(record.instanceProfiles.map((profile) => [profile.name.toLowerCase(), profile])),
      groups: new Map((record.groups ?? []).map((group) => [group.name.toLowerCase(), group])),
      mfaDevices: new Map((record.mfaDevices ?? []).map((device) => [mfaDeviceArn(record.id, device), device])),
    };
    this.accounts.set(account.id, account);
    for (const user of record.users) this.addUser(account, user);
    for (const role of record.roles) this.addRole(account, role);
    for (const key of record.rootAccessKeys) this.keyOwners.set(key.id, { accountId: account.id, userName: undefined });
  }

  addUser(account: Account, user: UserRecord): void {
    account.users.set(user.name.toLowerCase(), user);
    this.principals.set(user.id, { accountId: account.id, kind: 'user', name: user.name });
    for (const key of user.accessKeys) this.keyOwners.set(key.id, { accountId: account.id, userName: user.name });
  }

  removeUser(account: Account, user: UserRecord): void {
    account.users.delete(user.name.toLowerCase());
    this.principals.delete(user.id);
  }

  /** Access keys find their user through an index, so they come and go here. */
  addAccessKey(account: Account, user: UserRecord, key: UserRecord['accessKeys'][number]): void {
    user.accessKeys.push(key);
    this.keyOwners.set(key.id, { accountId: account.id, userName: user.name });
  }

  removeAccessKey(user: UserRecord, id: string): void {
    user.accessKeys = user.accessKeys.filter((key) => key.id !== id);
    this.keyOwners.delete(id);
  }

  addRole(account: Account, role: RoleRecord): void {
    account.roles.set(role.name.toLowerCase(), role);
    this.principals.set(role.id, { accountId: account.id, kind: 'role', name: role.name });
  }

  removeRole(account: Account, role: RoleRecord): void {
    account.roles.delete(role.name.toLowerCase());
    this.principals.delete(role.id);
  }

  addSession(session: SessionRecord): void {
    if (this.sessions.size >= this.nextClearing) {
      this.forgetOldSessions(session.issuedAt);
      this.nextClearing = Math.min(maximumSessions, Math.max(fewSessions, this.sessions.size * 2));
    }
    this.sessions.set(session.accessKeyId, session);
  }

  addUserSession(session: UserSessionRecord): void {
    for (const [id, old] of this.userSessions) {
      if (old.expiresAt + this.rememberedAfterExpiry < session.issuedAt || this.userSessions.size >= maximumSessions)
        this.userSessions.delete(id);
    }
    this.userSessions.set(session.accessKeyId, session);
  }

  private forgetOldSessions(now: number): void {
    for (const [id, session] of this.sessions) {
      if (session.expiresAt + this.rememberedAfterExpiry < now) this.sessions.delete(id);
    }
    // Still too many: the oldest go, as a map keeps the order in which they came.
    for (const id of this.sessions.keys()) {
      if (this.sessions.size < maximumSessions) break;
      this.sessions.delete(id);
    }
  }

  /** Exact case: the name AWS compares when a role is assumed (aws-reference §3.4). */
  roleByArn(arn: string): { readonly account: Account; readonly role: RoleRecord } | undefined {
    const match = /^arn:aws:iam::([0-9]{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn);
    const account = this.accounts.get(match?.[1] ?? '');
    const role = account?.roles.get((match?.[2] ?? '').toLowerCase());
    // Roles of a closed account look as if they did not exist.
    if (account === undefined || account.closedAt !== undefined) return undefined;
    return role !== undefined && roleArn(account.id, role) === arn ? { account, role } : undefined;
  }

  ownerOfKey(accessKeyId: string): KeyOwner | undefined {
    const session = this.sessions.get(accessKeyId);
    if (session !== undefined) return { kind: 'session', session };
    const userSession = this.userSessions.get(accessKeyId);
    if (userSession !== undefined) return { kind: 'user-session', session: userSession };
    const owner = this.keyOwners.get(accessKeyId);
    const account = this.accounts.get(owner?.accountId ?? '');
    if (owner === undefined || account === undefined) return undefined;
    if (owner.userName === undefined) {
      const key = account.rootAccessKeys.find((item) => item.id === accessKeyId);
      return key === undefined ? undefined : { kind: 'root', account, active: key.status === 'Active' };
    }
    const user = account.users.get(owner.userName.toLowerCase());
    const key = user?.accessKeys.find((item) => item.id === accessKeyId);
    return user === undefined || key === undefined
      ? undefined
      : { kind: 'user', account, user, active: key.status === 'Active' };
  }

  /** The ARN that a stored unique ID stands for now. `undefined` once its user or role is deleted. */
  arnOfUniqueId(id: string): string | undefined {
    const reference = this.principals.get(id);
    const account = this.accounts.get(reference?.accountId ?? '');
    if (reference === undefined || account === undefined) return undefined;
    if (reference.kind === 'user') {
      const user = account.users.get(reference.name.toLowerCase());
      return user === undefined ? undefined : userArn(account.id, user);
    }
    const role = account.roles.get(reference.name.toLowerCase());
    return role?.id === id ? roleArn(account.id, role) : undefined;
  }

  /** The unique ID behind a user's or role's ARN; `'unknown-account'` where the sandbox has no such account. */
  uniqueIdOfArn(arn: string): { readonly id: string } | 'missing' | 'unknown-account' {
    const match = /^arn:aws:iam::([0-9]{12}):(user|role)\/(?:.*\/)?([^/]+)$/.exec(arn);
    if (match === null) return 'missing';
    const account = this.accounts.get(match[1] ?? '');
    if (account === undefined) return 'unknown-account';
    const name = (match[3] ?? '').toLowerCase();
    if (match[2] === 'user') {
      const user = account.users.get(name);
      return user !== undefined && userArn(account.id, user) === arn ? { id: user.id } : 'missing';
    }
    const role = account.roles.get(name);
    return role !== undefined && roleArn(account.id, role) === arn ? { id: role.id } : 'missing';
  }

  /** A new identifier such as `AROA…`: 21 characters as AWS's are, 20 for access keys. */
  newId(
    prefix: 'AIDA' | 'AROA' | 'AGPA' | 'MFA' | 'ANPA' | 'AIPA' | 'AKIA' | 'ASIA' | 'APKA' | 'ACCA' | 'CERT',
  ): string {
    this.counter += 1;
    const length = prefix === 'AKIA' || prefix === 'ASIA' ? 16 : 17;
    return `${prefix}${this.secrets.identifier(`${prefix}:${String(this.counter)}`, length)}`;
  }

  /** A part of an identifier in small letters and digits, as Organizations has them. */
  newName(purpose: string, length: number): string {
    this.counter += 1;
    return this.secrets.identifier(`${purpose}:${String(this.counter)}`, length).toLowerCase();
  }

  newAccountId(): string {
    for (;;) {
      const letters = this.newName('account', 12);
      const id = letters.replace(/./g, (letter) => String(letter.charCodeAt(0) % 10));
      if (!this.accounts.has(id)) return id;
    }
  }

  organizationOf(accountId: string): OrganizationRecord | undefined {
    return this.organizations.find((item) => item.accounts.some((account) => account.id === accountId));
  }

  snapshot(): SandboxSnapshot {
    return structuredClone({
      version: 1 as const,
      counter: this.counter,
      accounts: [...this.accounts.values()].map((account) => ({
        id: account.id,
        name: account.name,
        ...(account.alias === undefined ? {} : { alias: account.alias }),
        ...(account.closedAt === undefined ? {} : { closedAt: account.closedAt }),
        rootAccessKeys: account.rootAccessKeys,
        users: [...account.users.values()],
        roles: [...account.roles.values()],
        leaving: [...account.leaving],
        policies: [...account.policies.values()],
        instanceProfiles: [...account.instanceProfiles.values()],
        groups: [...account.groups.values()],
        mfaDevices: [...account.mfaDevices.values()],
      })),
      sessions: [...this.sessions.values()],
      userSessions: [...this.userSessions.values()],
      organizations: this.organizations,
      buckets: [...this.buckets.values()],
      identities: this.identities,
    });
  }
}
