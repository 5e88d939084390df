import { describe, expect, test } from 'vitest';
import { computerNow } from '../../main/platform/computer-time';
import { serveSandbox } from '../../main/sandbox/server';
import { asked, managementSource, organizedWorld, settled, wishFor } from '../support/sub-account-world';
import { must } from '../support/workspace-world';
import { findPeer, runProgram } from './support';

const boto3 = await findPeer('boto3', 'python3', ['-c', 'import boto3'], 'python3 has no boto3');

/** The tree of accounts and units by name, walked from the root. */
const walk = `
import boto3, json
api = boto3.client("organizations")
def children(parent):
    units = [u for page in api.get_paginator("list_organizational_units_for_parent").paginate(ParentId=parent) for u in page["OrganizationalUnits"]]
    accounts = [a for page in api.get_paginator("list_accounts_for_parent").paginate(ParentId=parent) for a in page["Accounts"]]
    found = [{"id": u["Id"], "name": u["Name"], "parentId": parent} for u in units]
    found += [{"id": a["Id"], "name": a["Name"], "parentId": parent, "email": a["Email"], "state": a["State"]} for a in accounts]
    return found + [one for u in units for one in children(u["Id"])]
organization = api.describe_organization()["Organization"]
root = api.list_roots()["Roots"][0]["Id"]
print(json.dumps({"id": organization["Id"], "root": root, "tree": children(root)}))
`;

describe.skipIf(!boto3.present)('boto3 and the organization that the app shows', () => {
  test('they are the same: units, accounts, where they are', async () => {
    const { unitId, world } = await organizedWorld();
    const { organization } = world.workspace;
    must(await organization.createUnit(managementSource, unitId, 'Inner'));
    await settled(world, await asked(world, wishFor(unitId)), 'ready');
    await settled(world, await asked(world, { ...wishFor(), email: 'two@example.com', name: 'Two' }), 'ready');
    // boto3 signs by this computer's clock
    world.clock.jump(computerNow() - world.clock.now());
    const server = await serveSandbox(world.sandbox, 0);
    try {
      const { accessKeyId, secretAccessKey } = world.sandbox.identity('management');
      const outcome = await runProgram('python3', ['-c', walk], {
        env: {
          ...{ AWS_ENDPOINT_URL: server.endpoint, AWS_DEFAULT_REGION: 'us-east-1' },
          ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
        },
      });
      expect(outcome.stderr).toBe('');
      const seen = JSON.parse(outcome.stdout) as { id: string; root: string; tree: { id: string }[] };
      const view = must(await organization.view(managementSource));
      if (view.kind !== 'management') throw new Error(view.kind);
      const shown = [
        ...view.units,
        ...view.accounts.map(({ email, id, name, parentId, state }) => ({ email, id, name, parentId, state })),
      ];
      const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
      expect(seen).toMatchObject({ id: view.organizationId, root: view.rootId });
      expect(seen.tree.sort(byId)).toEqual([...shown].sort(byId));
      expect(shown).toHaveLength(5);
    } finally {
      await server.close();
    }
  }, 120_000);
});
