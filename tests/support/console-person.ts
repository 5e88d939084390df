import { paginateListPolicies } from '@aws-sdk/client-iam';
import type { PlanStep } from '../../core/domain/plan-step';
import { carryOutStep, clientsAt, type Place } from './carry-out';

/** A guided click as it stands on the page: its title, and what its copy buttons put on the clipboard, by their labels. */
export type Click = { readonly title: string; readonly copies: Readonly<Record<string, string>> };

type Copied = (label: string) => string;
type Act = (copied: Copied, words: readonly string[]) => PlanStep | undefined;

const common = { id: '', path: '/', region: 'eu-west-1' } as const;

/**
 * Somebody who does in the AWS console what they are told, one thing after the other, and knows nothing else: whatever
 * they type comes from a title or a copy button. Throws at words that they do not understand.
 */
export class ConsolePerson {
  readonly #clients: ReturnType<typeof clientsAt>;
  /** What is filled in of “Create role” before its last button is pressed. */
  #form: { trust: string; readonly policies: string[] } = { trust: '', policies: [] };
  #roles: string[] = [];

  constructor(place: Place) {
    this.#clients = clientsAt(place);
  }

  /** @returns the names of the roles that were made, in their order */
  async follow(clicks: readonly Click[]): Promise<readonly string[]> {
    this.#roles = [];
    for (const { copies, title } of clicks) {
      const known = this.#acts.find(([words]) => words.test(title));
      if (known === undefined) throw new Error(`A person does not know what “${title}” asks for`);
      const [words, act] = known;
      const copied: Copied = (label) => {
        const value = copies[label];
        if (value === undefined) throw new Error(`“${title}” has no “Copy ${label}”`);
        return value;
      };
      const step = act(copied, words.exec(title) ?? []);
      if (step === undefined) continue;
      // What is ticked or searched for is a name; the API wants its ARN.
      await carryOutStep(
        'policyArn' in step && step.kind !== 'create-policy'
          ? { ...step, policyArn: await this.#search(step.policyArn) }
          : step,
        this.#clients,
      );
      if (step.kind === 'create-role') await this.#attachTicked(step.roleName);
    }
    return this.#roles;
  }

  readonly #acts: readonly (readonly [RegExp, Act])[] = [
    [
      /^Open “Create policy” and make /,
      (copied) => ({
        ...common,
        kind: 'create-policy',
        policyName: copied('policy name'),
        policyArn: '',
        description: copied('description'),
        document: copied('policy'),
        tags: tags(copied),
      }),
    ],
    [
      /^Open “Create role” /,
      () => {
        this.#form = { trust: '', policies: [] };
        return undefined;
      },
    ],
    [
      /^Choose “Custom trust policy” and paste it$/,
      (copied) => {
        this.#form.trust = copied('trust policy');
        return undefined;
      },
    ],
    [
      /^Tick /,
      (copied) => {
        this.#form.policies.push(copied('policy name'));
        return undefined;
      },
    ],
    [
      /^Press Next, name the role.* and create it$/,
      (copied) => ({
        ...common,
        kind: 'create-role',
        roleName: copied('role name'),
        description: copied('description'),
        trustPolicy: this.#form.trust,
        maxSessionDuration: 3600,
        tags: tags(copied),
      }),
    ],
    [
      /^Open “Create group” and make /,
      (copied) => ({ ...common, kind: 'create-group', groupName: copied('group name') }),
    ],
    [
      /^Attach \S+ to the group (\S+)$/,
      (copied, [, groupName = '']) => ({
        ...common,
        kind: 'attach-group-policy',
        groupName,
        policyArn: copied('policy name'),
      }),
    ],
    [
      /^Open “Create user” and make /,
      (copied) => ({ ...common, kind: 'create-user', userName: copied('user name'), tags: tags(copied) }),
    ],
    [
      /^Add (\S+) to the group /,
      (copied, [, userName = '']) => ({
        ...common,
        kind: 'add-user-to-group',
        userName,
        groupName: copied('group name'),
      }),
    ],
    [/^Make an access key for /, (copied) => ({ ...common, kind: 'create-access-key', userName: copied('user name') })],
    [
      /^Open “Create bucket” and make /,
      (copied) => ({ ...common, kind: 'create-bucket', bucket: copied('bucket name'), tags: tags(copied) }),
    ],
    [
      /^See that “Block all public access” is on /,
      (copied) => ({ ...common, kind: 'put-public-access-block', bucket: copied('bucket name') }),
    ],
    [/^Switch versions on /, (copied) => ({ ...common, kind: 'put-bucket-versioning', bucket: copied('bucket name') })],
    [/^Copy the ARN from the top of the role’s page$/, () => undefined],
  ];

  async #attachTicked(roleName: string): Promise<void> {
    this.#roles.push(roleName);
    for (const name of this.#form.policies) {
      const policyArn = await this.#search(name);
      await carryOutStep({ ...common, kind: 'attach-role-policy', roleName, policyArn }, this.#clients);
    }
  }

  /** The console’s search by name, over the account’s policies and AWS’s. */
  async #search(name: string): Promise<string> {
    const pages = paginateListPolicies({ client: this.#clients.iam, pageSize: 1000 }, { Scope: 'All' });
    for await (const { Policies = [] } of pages) {
      const found = Policies.find(({ PolicyName }) => PolicyName === name)?.Arn;
      if (found !== undefined) return found;
    }
    throw new Error(`No policy is called ${name}`);
  }
}

function tags(copied: Copied): { key: string; value: string }[] {
  return [{ key: 'OnboardingId', value: copied('OnboardingId tag') }];
}
