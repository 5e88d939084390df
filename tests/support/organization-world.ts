import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  DescribeCreateAccountStatusCommand,
  ListRootsCommand,
  type CreateAccountStatus,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { AwsCredentials } from '../../main/aws/aws-api';
import type { SandboxOptions } from '../../main/sandbox/sandbox';
import { practice, type Practice } from './practice';
import { bareOrganizations, bareSts } from './sdk';

/** An organization in the sandbox, through the bare SDK, as its management account's administrator. */
export type OrganizationWorld = {
  readonly world: Practice;
  readonly client: OrganizationsClient;
  readonly rootId: string;
  /** Accounts are there at once unless the world is told otherwise. */
  requestAccount(email: string): Promise<CreateAccountStatus>;
  newAccount(email: string): Promise<string>;
  newUnit(name: string, parentId?: string): Promise<string>;
  /** Whoever the account's access role lets in: its administrator. */
  administratorOf(accountId: string): Promise<AwsCredentials>;
};

export async function organizationWorld(
  options: Partial<SandboxOptions> = {},
  featureSet: 'ALL' | 'CONSOLIDATED_BILLING' = 'ALL',
): Promise<OrganizationWorld> {
  const world = practice({ trouble: { accountCreationMs: 0 }, ...options });
  const management = world.sandbox.identities.management;
  // A client signs by the clock of when it was made.
  const newClient = () => bareOrganizations(world.sandbox, world.clock, management);
  const client = newClient();
  await client.send(new CreateOrganizationCommand({ FeatureSet: featureSet }));
  const { Roots } = await client.send(new ListRootsCommand({}));
  const rootId = Roots?.[0]?.Id ?? '';
  const statusOf = async (id: string): Promise<CreateAccountStatus> => {
    const command = new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: id });
    return (await newClient().send(command)).CreateAccountStatus ?? {};
  };
  const requestAccount = async (Email: string): Promise<CreateAccountStatus> => {
    const answer = await newClient().send(new CreateAccountCommand({ Email, AccountName: 'One' }));
    return statusOf(answer.CreateAccountStatus?.Id ?? '');
  };
  return {
    world,
    get client() {
      return newClient();
    },
    rootId,
    requestAccount,
    newAccount: async (email) => (await requestAccount(email)).AccountId ?? '',
    newUnit: async (Name, ParentId = rootId) => {
      const made = await newClient().send(new CreateOrganizationalUnitCommand({ ParentId, Name }));
      return made.OrganizationalUnit?.Id ?? '';
    },
    administratorOf: async (accountId) => {
      const command = new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`,
        RoleSessionName: 'setup',
      });
      const { Credentials } = await bareSts(world.sandbox, world.clock, management).send(command);
      return {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      };
    },
  };
}
