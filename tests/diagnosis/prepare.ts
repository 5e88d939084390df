import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  PutGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';
import { createSecrets } from '../../main/sandbox/secrets';
import { bareIam } from '../support/sdk';
import { testSigningKey } from '../support/practice';
import type { World } from '../support/workspace-world';
import type { Broken, Json } from './broken';

/** An administrator of the deployer's account, for what has to be made by calls. */
export const preparer = 'account-administrator';
const deployer = 'practice-deployer';

/** Gives the deployer groups, policies of its account, and a boundary that is one of them. */
export async function prepareCaller(
  world: World,
  { boundary, groups = [], managed = [] }: NonNullable<Broken['caller']>,
): Promise<void> {
  if (boundary === undefined && groups.length === 0 && managed.length === 0) return;
  const account = world.sandbox.snapshot().accounts.find(({ users }) => users.some(({ name }) => name === preparer));
  const accessKeyId = account?.users.find(({ name }) => name === preparer)?.accessKeys[0]?.id ?? '';
  const secretAccessKey = createSecrets(testSigningKey).secretAccessKey(accessKeyId);
  const iam = bareIam(world.sandbox, world.clock, { accessKeyId, secretAccessKey });
  const newPolicy = async (name: string, document: Json): Promise<string> => {
    const made = await iam.send(
      new CreatePolicyCommand({ PolicyName: name, PolicyDocument: JSON.stringify(document), Path: '/limits/' }),
    );
    return made.Policy?.Arn ?? '';
  };
  for (const [index, document] of managed.entries()) {
    const PolicyArn = await newPolicy(`Managed${String(index)}`, document);
    await iam.send(new AttachUserPolicyCommand({ UserName: deployer, PolicyArn }));
  }
  for (const [index, document] of groups.entries()) {
    const GroupName = `Group${String(index)}`;
    await iam.send(new CreateGroupCommand({ GroupName }));
    await iam.send(
      new PutGroupPolicyCommand({ GroupName, PolicyName: 'Own', PolicyDocument: JSON.stringify(document) }),
    );
    await iam.send(new AddUserToGroupCommand({ GroupName, UserName: deployer }));
  }
  if (boundary !== undefined) {
    const PermissionsBoundary = await newPolicy('Boundary', boundary);
    await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: deployer, PermissionsBoundary }));
  }
}
