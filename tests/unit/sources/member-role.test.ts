import { afterEach, describe, expect, test } from 'vitest';
import { sourceSchema } from '../../../core/domain/source';
import { listPerformers } from '../../../main/revocation/performers';
import type { RevocationTarget } from '../../../main/revocation/targets';
import { must } from '../../support/must';
import {
  asked,
  connectionLost,
  countOf,
  managementAccount,
  managementSource,
  organizedWorld,
  settled,
  wishFor,
} from '../../support/sub-account-world';
import type { World } from '../../support/workspace-world';

const opened: World[] = [];
afterEach(() => {
  for (const { workspace } of opened.splice(0)) workspace.stop();
});

const roleName = 'OrganizationAccountAccessRole';

/** An account that the management account made, and how it would be entered. */
async function withAccount() {
  const { world } = await organizedWorld();
  opened.push(world);
  const { accountId = '' } = await settled(world, await asked(world, wishFor()), 'ready');
  const role = { throughId: managementSource, accountId, roleName, label: 'Python deploy', region: 'eu-west-1' };
  return { world, accountId, role };
}

const idsOf = ({ documents }: World) =>
  documents.sources
    .read()
    .sources.filter(({ kind }) => kind === 'member-role')
    .map(({ id }) => id);

describe('the access role of an account as a source', () => {
  test('is added once AWS says who it is, and nothing of it is kept', async () => {
    const { accountId, role, world } = await withAccount();
    const { sources } = world.workspace;
    const added = must(await sources.addMemberRole(role));
    expect(added).toMatchObject({
      selected: false,
      source: { kind: 'member-role', throughId: managementSource, accountId, roleName },
      identity: { accountId, name: `role/${roleName}`, isRoleSession: true },
    });
    expect(sourceSchema.safeParse(added.source).success).toBe(true);
    expect(sources.selected()?.source.id).toBe('practice-deployer');
    expect(await sources.inAccount(accountId)).toMatchObject({ id: added.source.id });
    expect(JSON.stringify([world.documents.sources.read(), world.audit, world.events])).not.toMatch(
      /ASIA|SessionToken/,
    );
    expect(world.keychain.calls).toEqual([]);
  });

  test('the same one is one, also when it is asked for twice at once', async () => {
    const { role, world } = await withAccount();
    const { sources } = world.workspace;
    const both = await Promise.all([sources.addMemberRole(role), sources.addMemberRole(role)]);
    const [first, second] = both.map((one) => must(one).source.id);
    expect(second).toBe(first);
    expect(must(await sources.addMemberRole(role)).source.id).toBe(first);
    expect(idsOf(world)).toEqual([first]);
  });

  test('its credentials are used until shortly before they end, and then made anew', async () => {
    const { role, world } = await withAccount();
    const { sources } = world.workspace;
    const { source } = must(await sources.addMemberRole(role));
    const once = countOf(world, 'AssumeRole');
    must(await sources.identify(source.id));
    world.clock.advance(50 * 60_000);
    must(await sources.identify(source.id));
    expect(countOf(world, 'AssumeRole')).toBe(once);
    world.clock.advance(6 * 60_000);
    must(await sources.identify(source.id));
    expect(countOf(world, 'AssumeRole')).toBe(once + 1);
  });

  test('is there after a restart, and enters again', async () => {
    const { accountId, role, world } = await withAccount();
    const { source } = must(await world.workspace.sources.addMemberRole(role));
    const next = world.restart();
    opened.push(next);
    expect(must(await next.workspace.sources.identify(source.id)).accountId).toBe(accountId);
    expect(countOf(next, 'AssumeRole')).toBe(1);
  });

  test('that AWS refuses is not added, and the words say why', async () => {
    const { accountId, role, world } = await withAccount();
    const { sources } = world.workspace;
    const refused = await sources.addMemberRole({ ...role, roleName: 'NoSuchRole' });
    expect(refused).toMatchObject({
      ok: false,
      error: {
        kind: 'access-denied',
        message: `The role NoSuchRole of account ${accountId} does not let “${managementSource}” in.`,
        whatDidNotChange: 'No source identity was added.',
      },
    });
    const outsider = await sources.addMemberRole({ ...role, throughId: 'practice-deployer' });
    expect(outsider).toMatchObject({ ok: false, error: { kind: 'access-denied' } });
    world.wire.before = () => Promise.reject(connectionLost());
    expect(await sources.addMemberRole(role)).toMatchObject({
      ok: false,
      error: { kind: 'unreachable', whatDidNotChange: 'No source identity was added.' },
    });
    expect(idsOf(world)).toEqual([]);
  });

  test('is not entered through another one, nor through a source that is not there', async () => {
    const { role, world } = await withAccount();
    const { sources } = world.workspace;
    const { source } = must(await sources.addMemberRole(role));
    const before = world.wire.actions.length;
    expect(await sources.addMemberRole({ ...role, throughId: source.id })).toMatchObject({
      error: { kind: 'not-possible', remedies: [{ kind: 'choose-source' }] },
    });
    expect(await sources.addMemberRole({ ...role, throughId: 'gone' })).toMatchObject({ error: { kind: 'not-found' } });
    expect(world.wire.actions).toHaveLength(before);
  });

  test('keeps the source that it goes by from being removed', async () => {
    const { role, world } = await withAccount();
    const { sources } = world.workspace;
    const { accessKeyId, secretAccessKey } = world.sandbox.identity('management');
    const key = must(
      await sources.addAccessKey({
        label: 'Management',
        accessKeyId,
        secretAccessKey,
        region: 'eu-west-1',
        keep: true,
      }),
    );
    expect(key.identity?.accountId).toBe(managementAccount);
    const { source } = must(await sources.addMemberRole({ ...role, throughId: key.source.id }));
    expect(await sources.remove(key.source.id)).toMatchObject({
      error: { kind: 'not-possible', message: 'Other source identities go by “Management”: “Python deploy”.' },
    });
    expect(must(await sources.identify(source.id)).accountId).toBe(role.accountId);
    must(await sources.remove(source.id));
    must(await sources.remove(key.source.id));
    expect(sources.find(key.source.id)).toBeUndefined();
  });

  test('may take a role of its account back, and is offered as a way into no other account', async () => {
    const { accountId, role, world } = await withAccount();
    const { sessions, sources } = world.workspace;
    const { source } = must(await sources.addMemberRole(role));
    const target = { ...{ id: 'one', accountId: '222233334444', partition: 'aws', region: 'eu-west-1' } };
    const offered = (id: string) =>
      listPerformers({ sources, sessions }, { ...target, accountId: id } as RevocationTarget).map(
        ({ performer }) => performer,
      );
    expect(offered(accountId)).toContainEqual({ kind: 'source', sourceId: source.id });
    const through = offered('222233334444').filter(({ kind }) => kind === 'member-role');
    expect(through).toMatchObject([{ sourceId: managementSource }]);
  });

  test('is not what the app works with by itself, where nothing else was chosen', async () => {
    const { role, world } = await withAccount();
    world.documents.sources.update(({ selectedId: _none, ...rest }) => rest);
    must(await world.workspace.sources.addMemberRole(role));
    expect(world.workspace.sources.selected()).toBeUndefined();
  });
});
