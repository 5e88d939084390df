import { z } from '../../core/zod';
import { sandboxTroubleSchema } from '../../core/domain/practice-trouble';
import twoAccountsFile from './scenarios/two-accounts.json' with { type: 'json' };
import { addScenarioOrganization, scenarioOrganizationSchema } from './scenario-organization';
import type { SandboxSecrets } from './secrets';
import type { AccountRecord, SandboxSnapshot, UserRecord } from './snapshot';
import { SandboxState } from './state';
import { storeTrust } from './trust';

const accountId = z.string().regex(/^[0-9]{12}$/);
const name = z.string().regex(/^[\w+=,.@-]{1,64}$/);
/** A policy as the JSON it is. */
const document = z.record(z.string(), z.unknown());
const permissions = {
  inline: z.array(z.strictObject({ name, document })).default([]),
  /** ARNs of policies of AWS's own. */
  attached: z.array(z.string()).default([]),
  /** ARN of the policy that is its permissions boundary. */
  boundaryArn: z.string().optional(),
};

const user = z.strictObject({
  name,
  /** Whom the app, and who reads the line that `npm run sandbox` prints, can be. */
  part: z.enum(['deployer', 'owner', 'management']).optional(),
  /** Was there when trust policies were written, and is no more. */
  deleted: z.boolean().default(false),
  path: z.string().default('/'),
  /** Made so many days before the practice begins, its keys with it. */
  daysOld: z.int().min(0).max(3650).default(0),
  keys: z.int().min(0).max(2).default(1),
  /** Has one for the console, and how many days ago it was used last. */
  password: z.strictObject({ usedDaysAgo: z.int().min(0).optional() }).optional(),
  /** Has a virtual device of its own name. */
  mfa: z.boolean().default(false),
  /** Names; each group is there because somebody is in it. */
  groups: z.array(name).default([]),
  ...permissions,
});

const role = z.strictObject({
  name,
  path: z.string().default('/'),
  description: z.string().optional(),
  /** As its author wrote it: principals are stored by their unique IDs as IAM does. */
  trust: document,
  /** seconds */
  maxSessionDuration: z.int().min(3600).max(43_200).default(3600),
  /** Was there when trust policies were written, and is no more. */
  deleted: z.boolean().default(false),
  ...permissions,
});

const account = z.strictObject({
  id: accountId,
  name: z.string().min(1).max(50),
  alias: z.string().optional(),
  /** The account's root has an access key. */
  rootAccessKey: z.boolean().default(false),
  users: z.array(user).default([]),
  roles: z.array(role).default([]),
  /** So many accounts like this one, with the following IDs and a number behind the name. */
  copies: z.int().min(1).max(5_000).default(1),
});

/** What a practice begins with, as data. A scenario file is this as JSON. */
export const scenarioSchema = z.strictObject({
  title: z.string().min(1).max(60),
  description: z.string().min(1).max(300),
  /** Those of “two-accounts” where there are none. */
  accounts: z.array(account).min(1).max(100).optional(),
  organization: scenarioOrganizationSchema.optional(),
  trouble: sandboxTroubleSchema.optional(),
});

export type Scenario = z.input<typeof scenarioSchema>;

/** One account that deploys, one that is deployed into, and one above them. */
export const twoAccounts: Scenario = scenarioSchema.parse(twoAccountsFile);

type Account = z.output<typeof account>;

/**
 * The state a scenario begins with. `now` in milliseconds. The same signing key gives the same identifiers. Throws
 * where the scenario contradicts itself: nobody for a part, a trust that names who is not there.
 */
export function snapshotOf(given: Scenario, secrets: SandboxSecrets, now: number): SandboxSnapshot {
  const { accounts: described, organization } = scenarioSchema.parse({ accounts: twoAccounts.accounts, ...given });
  if (described === undefined) throw new Error('A scenario has accounts.');
  let counter = 0;
  const newId = (prefix: string, length: number): string => {
    counter += 1;
    return `${prefix}${secrets.identifier(`${prefix}:${String(counter)}`, length)}`;
  };
  const newKey = (createdAt = now): { id: string; status: 'Active'; createdAt: number } => ({
    id: newId('AKIA', 16),
    status: 'Active',
    createdAt,
  });
  const identities: SandboxSnapshot['identities'] = [];
  const inlineOf = (inline: Account['roles'][number]['inline']) =>
    inline.map((policy) => ({ name: policy.name, document: JSON.stringify(policy.document) }));
  const accounts = described.flatMap(copiesOf).map((item): AccountRecord => {
    const users = item.users.map((one): UserRecord => {
      if (one.part !== undefined) identities.push({ part: one.part, accountId: item.id, userName: one.name });
      return {
        name: one.name,
        path: one.path,
        id: newId('AIDA', 17),
        createdAt: now - one.daysOld * dayMs,
        inline: inlineOf(one.inline),
        attached: one.attached,
        ...(one.boundaryArn === undefined ? {} : { boundaryArn: one.boundaryArn }),
        accessKeys: Array.from({ length: one.keys }, () => newKey(now - one.daysOld * dayMs)),
        tags: [],
        ...(one.password === undefined ? {} : passwordOf(one, now)),
      };
    });
    return {
      id: item.id,
      name: item.name,
      ...(item.alias === undefined ? {} : { alias: item.alias }),
      rootAccessKeys: item.rootAccessKey ? [newKey()] : [],
      users,
      roles: item.roles.map((one) => ({
        name: one.name,
        path: one.path,
        id: newId('AROA', 17),
        createdAt: now,
        ...(one.description === undefined ? {} : { description: one.description }),
        maxSessionDuration: one.maxSessionDuration,
        trust: JSON.stringify(one.trust),
        inline: inlineOf(one.inline),
        attached: one.attached,
        ...(one.boundaryArn === undefined ? {} : { boundaryArn: one.boundaryArn }),
        tags: [],
      })),
      policies: [],
      instanceProfiles: [],
      groups: [...new Set(item.users.flatMap(({ groups }) => groups))].map((group) => ({
        ...{ name: group, path: '/', id: newId('AGPA', 17), createdAt: now, inline: [], attached: [] },
        members: users.filter((_user, index) => item.users[index]?.groups.includes(group)).map(({ id }) => id),
      })),
      mfaDevices: users
        .filter((_user, index) => item.users[index]?.mfa === true)
        .map(({ createdAt, id, name: of }) => ({
          ...{ name: of, path: '/', id: newId('MFA', 17), createdAt, enabledFor: id, enabledAt: createdAt },
        })),
    };
  });
  const state = new SandboxState({ version: 1, counter, accounts, sessions: [], identities }, secrets);
  for (const item of state.accounts.values()) {
    for (const one of item.roles.values()) one.trust = storeTrust(one.trust, state);
  }
  if (organization !== undefined) addScenarioOrganization(organization, state, now);
  for (const { id, roles, users } of described) {
    const home = state.accounts.get(id);
    for (const one of users) {
      const gone = one.deleted ? home?.users.get(one.name.toLowerCase()) : undefined;
      if (home !== undefined && gone !== undefined) state.removeUser(home, gone);
    }
    for (const one of roles) {
      const gone = one.deleted ? home?.roles.get(one.name.toLowerCase()) : undefined;
      if (home !== undefined && gone !== undefined) state.removeRole(home, gone);
    }
  }
  return state.snapshot();
}

const dayMs = 86_400_000;

function passwordOf({ daysOld, password }: Account['users'][number], now: number): Partial<UserRecord> {
  const used = password?.usedDaysAgo;
  return {
    loginProfile: { createdAt: now - daysOld * dayMs, mustReset: false },
    ...(used === undefined ? {} : { passwordLastUsed: now - used * dayMs }),
  };
}

function copiesOf(item: Account): readonly Account[] {
  if (item.copies === 1) return [item];
  return Array.from({ length: item.copies }, (_, index) => ({
    ...item,
    id: String(Number(item.id) + index).padStart(12, '0'),
    name: `${item.name} ${String(index + 1)}`,
    ...(item.alias === undefined ? {} : { alias: `${item.alias}-${String(index + 1)}` }),
  }));
}
