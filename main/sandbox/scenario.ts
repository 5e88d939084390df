import type { SandboxSnapshot } from './snapshot';
import type { SandboxSecrets } from './secrets';

/** Accounts and users to begin with, as data. */
export type Scenario = {
  readonly name: string;
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly alias?: string;
    /** The account's root has an access key. */
    readonly rootAccessKey?: boolean;
    readonly users: readonly {
      readonly name: string;
      readonly part?: 'deployer' | 'owner' | 'management';
      readonly attached?: readonly string[];
      readonly inline?: readonly { readonly name: string; readonly document: string }[];
    }[];
  }[];
};

const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** The least a deployer needs: to assume roles, wherever they are (aws-reference §9). */
const assumeRoles = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'AssumeRoles', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/*' }],
});

/** One account that deploys, one that is deployed into, and one above them. */
export const twoAccounts: Scenario = {
  name: 'two-accounts',
  accounts: [
    {
      id: '111122223333',
      name: 'Practice deployment',
      alias: 'practice-deployment',
      users: [
        { name: 'practice-deployer', part: 'deployer', inline: [{ name: 'AssumeRoles', document: assumeRoles }] },
      ],
    },
    {
      id: '222233334444',
      name: 'Practice production',
      alias: 'practice-production',
      users: [{ name: 'practice-owner', part: 'owner', attached: [administrator] }],
    },
    {
      id: '333344445555',
      name: 'Practice management',
      users: [{ name: 'practice-management', part: 'management', attached: [administrator] }],
    },
  ],
};

/** The state a scenario begins with. `now` in milliseconds. The same signing key gives the same identifiers. */
export function snapshotOf(scenario: Scenario, secrets: SandboxSecrets, now: number): SandboxSnapshot {
  let counter = 0;
  const newId = (prefix: string, length: number): string => {
    counter += 1;
    return `${prefix}${secrets.identifier(`${prefix}:${String(counter)}`, length)}`;
  };
  const newKey = (): { id: string; status: 'Active'; createdAt: number } => ({
    id: newId('AKIA', 16),
    status: 'Active',
    createdAt: now,
  });
  const identities: SandboxSnapshot['identities'] = [];
  const accounts = scenario.accounts.map((account) => ({
    id: account.id,
    name: account.name,
    ...(account.alias === undefined ? {} : { alias: account.alias }),
    rootAccessKeys: account.rootAccessKey === true ? [newKey()] : [],
    users: account.users.map((user) => {
      if (user.part !== undefined) identities.push({ part: user.part, accountId: account.id, userName: user.name });
      return {
        name: user.name,
        path: '/',
        id: newId('AIDA', 17),
        createdAt: now,
        inline: [...(user.inline ?? [])],
        attached: [...(user.attached ?? [])],
        accessKeys: [newKey()],
        tags: [],
      };
    }),
    roles: [],
    policies: [],
    instanceProfiles: [],
  }));
  return { version: 1, counter, accounts, sessions: [], identities };
}
