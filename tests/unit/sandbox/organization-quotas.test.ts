import { CreateOrganizationalUnitCommand, CreatePolicyCommand } from '@aws-sdk/client-organizations';
import { expect, test } from 'vitest';
import { organizationWorld } from '../../support/organization-world';
import { policy, practice } from '../../support/practice';
import { bareOrganizations, refusalOf } from '../../support/sdk';

/** The organization as if it had been filled up to one below its quotas. */
async function almostFull() {
  const { rootId, world } = await organizationWorld();
  const snapshot = structuredClone(world.sandbox.snapshot());
  const [organization] = snapshot.organizations ?? [];
  if (organization === undefined) throw new Error('There is no organization');
  const filler = (count: number) => Array.from({ length: count }, (_, index) => `filler-${String(index)}`);
  organization.units = filler(1999).map((name) => ({ id: `ou-full-${name}`, parentId: rootId, name, tags: [] }));
  organization.policies = filler(9_999).map((name) => ({
    id: `p-${name}`,
    name,
    description: '',
    content: policy({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }),
    tags: [],
  }));
  const { clock, sandbox } = practice({ snapshot });
  return { client: bareOrganizations(sandbox, clock, sandbox.identities.management), rootId };
}

test('an organization has 2,000 units and 10,000 policies', async () => {
  const { client, rootId } = await almostFull();
  const unit = (Name: string) => client.send(new CreateOrganizationalUnitCommand({ ParentId: rootId, Name }));
  await unit('last');
  expect(await refusalOf(unit('one-too-many'))).toMatchObject({
    name: 'ConstraintViolationException',
    reason: 'OU_NUMBER_LIMIT_EXCEEDED',
  });
  const create = (Name: string) =>
    client.send(
      new CreatePolicyCommand({
        Name,
        Description: '',
        Type: 'SERVICE_CONTROL_POLICY',
        Content: policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' }),
      }),
    );
  await create('last');
  expect(await refusalOf(create('one-too-many'))).toMatchObject({
    name: 'ConstraintViolationException',
    reason: 'POLICY_NUMBER_LIMIT_EXCEEDED',
  });
});
