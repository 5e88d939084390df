import { DisablePolicyTypeCommand, UpdatePolicyCommand } from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { guardRailDocument, type GuardRail } from '../../../core/domain/guard-rails';
import { valueOf } from '../../support/practice';
import {
  guardRailWorld,
  onlyIreland,
  ownerAccount,
  policiesThere,
  stay,
  ticking,
  type GuardRailWorld,
} from '../../support/guard-rail-world';
import { managementSource, never, reallyThere } from '../../support/sub-account-world';
import { hold } from '../../support/hold';
import { bareOrganizations } from '../../support/sdk';
import { must } from '../../support/workspace-world';

const read = async ({ world }: GuardRailWorld, targetId: string) =>
  must(await world.workspace.guardRails.read(managementSource, targetId));

describe('a guard rail', () => {
  it('is made, attached, seen to be attached, and the same again is nothing new', async () => {
    const place = await guardRailWorld();
    const record = await place.attach(onlyIreland);
    expect(record).toMatchObject({ state: 'attached', made: true, targetId: place.unitId });
    expect(record.steps.map(({ state, what }) => `${what} ${state}`)).toEqual([
      'create done',
      'attach done',
      'see done',
    ]);
    expect(record.steps.every(({ requestId, what }) => what === 'see' || requestId !== undefined)).toBe(true);
    const again = await place.attach(onlyIreland);
    expect(again.id).toBe(record.id);
    expect(place.world.wire.actions.filter((action) => action === 'AttachPolicy')).toHaveLength(1);
    expect(await policiesThere(place.world)).toEqual([
      { document: guardRailDocument(onlyIreland, 'aws'), targets: [place.unitId] },
    ]);
    expect(place.world.audit.map(({ act }) => act)).toContain('guard-rail.attached');
  });

  it('is one policy for many places, and goes with the last of them', async () => {
    const place = await guardRailWorld();
    const unit = await place.attach(onlyIreland);
    const account = await place.attach(onlyIreland, ownerAccount);
    expect(account.policyId).toBe(unit.policyId);
    expect((await policiesThere(place.world))[0]?.targets).toEqual([place.unitId, ownerAccount]);
    expect((await place.detach(unit.id)).steps.at(-1)?.what).toBe('keep');
    expect((await policiesThere(place.world))[0]?.targets).toEqual([ownerAccount]);
    // the one that did not make it takes it away: this app made it
    expect((await place.detach(account.id)).steps.at(-1)?.what).toBe('delete');
    expect(await policiesThere(place.world)).toEqual([]);
  });

  it('leaves a policy that another computer’s catalogue made, and uses it', async () => {
    const place = await guardRailWorld();
    const api = reallyThere(place.world);
    const document = JSON.stringify(JSON.parse(guardRailDocument(onlyIreland, 'aws')), undefined, 2);
    const { id } = await valueOf(api.createPolicy('Sallyport-OnlyRegions-elsewhere', 'theirs', document));
    const record = await place.attach(onlyIreland);
    expect(record).toMatchObject({ policyId: id, made: false });
    await place.detach(record.id);
    expect((await policiesThere(place.world)).map(({ targets }) => targets)).toEqual([[]]);
  });

  it('switches service control policies on where they are off, and leaves them on', async () => {
    const place = await guardRailWorld();
    await switchOff(place);
    const record = await place.attach(stay);
    expect(record.steps[0]).toMatchObject({ what: 'switch-on', state: 'done' });
    await place.detach(record.id);
    expect((await valueOf(reallyThere(place.world).listRoots()))[0]?.serviceControlPolicies).toBe(true);
  });

  it('waits while AWS is still switching policies on, and until it shows the attachment', async () => {
    const place = await guardRailWorld();
    await switchOff(place);
    const { wire } = place.world;
    let pending = 2;
    let unseen = 2;
    wire.before = async (action, pass) => {
      const answer = await pass();
      const body = String(answer.body);
      if (action === 'ListRoots' && wire.actions.includes('EnablePolicyType') && pending > 0) {
        pending -= 1;
        return { ...answer, body: body.replaceAll('"ENABLED"', '"PENDING_ENABLE"') };
      }
      if (action === 'ListTargetsForPolicy' && wire.actions.includes('AttachPolicy') && unseen > 0) {
        unseen -= 1;
        return { ...answer, body: '{"Targets":[]}' };
      }
      return answer;
    };
    expect((await place.attach(stay)).steps.map(({ what }) => what)).toEqual(['switch-on', 'create', 'attach', 'see']);
    expect([pending, unseen]).toEqual([0, 0]);
    expect(wire.actions.filter((action) => action === 'EnablePolicyType')).toHaveLength(1);
  });

  it('is refused to a member, before anything is written', async () => {
    const { unitId, world } = await guardRailWorld();
    const refused = await world.workspace.guardRails.attach({
      sourceId: 'practice-owner',
      targetId: unitId,
      guardRail: stay,
    });
    expect(refused).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    expect(world.workspace.guardRails.list()).toEqual([]);
    expect(world.wire.actions).not.toContain('CreatePolicy');
  });

  it('says what AWS does not allow there, and is taken back from where it stopped', async () => {
    const place = await guardRailWorld();
    const api = reallyThere(place.world);
    for (let count = 1; count <= 9; count += 1) {
      const { id } = await valueOf(api.createPolicy(`Full${String(count)}`, '', guardRailDocument(stay, 'aws')));
      await valueOf(api.attachPolicy(id, place.unitId));
    }
    const { guardRails } = place.world.workspace;
    const wish = { sourceId: managementSource, targetId: place.unitId, guardRail: onlyIreland };
    const refused = await ticking(place.world, guardRails.attach(wish));
    expect(refused).toMatchObject({
      ok: false,
      error: { kind: 'quota-exceeded', reason: 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED' },
    });
    const [record] = guardRails.list();
    expect(record).toMatchObject({ state: 'stopped', wanted: 'attached', made: true });
    await place.detach(record?.id ?? '');
    expect((await policiesThere(place.world)).filter(({ document }) => document.includes('OnlyRegions'))).toEqual([]);
  });

  it('can be stopped on its way, and gone on with', async () => {
    const place = await guardRailWorld();
    const { guardRails } = place.world.workspace;
    const held = hold(place.world, 'AttachPolicy');
    const { recordId } = must(
      await guardRails.beginAttach({ sourceId: managementSource, targetId: place.unitId, guardRail: stay }),
    );
    await ticking(place.world, reached(held.isReached));
    must(await guardRails.cancel(recordId));
    held.letGo();
    expect(guardRails.find(recordId)).toMatchObject({ state: 'stopped' });
    expect(guardRails.find(recordId)?.error).toBeUndefined();
    must(await guardRails.resume(recordId));
    await ticking(
      place.world,
      reached(() => guardRails.find(recordId)?.state === 'attached'),
    );
    expect((await policiesThere(place.world)).map(({ targets }) => targets)).toEqual([[place.unitId]]);
  });
});

describe('a guard rail that is taken off while it is being attached', () => {
  async function takenOff() {
    const place = await guardRailWorld();
    const { guardRails } = place.world.workspace;
    const held = hold(place.world, 'AttachPolicy');
    const wish = { sourceId: managementSource, targetId: place.unitId, guardRail: stay };
    const { recordId } = must(await guardRails.beginAttach(wish));
    await ticking(place.world, reached(held.isReached));
    return { place, held, recordId, off: guardRails.takeOff([recordId], managementSource) };
  }

  it('is taken off once it is there', async () => {
    const { held, off, place, recordId } = await takenOff();
    const { guardRails } = place.world.workspace;
    held.letGo();
    await ticking(place.world, off);
    await ticking(
      place.world,
      reached(() => guardRails.find(recordId)?.state === 'detached'),
    );
    expect(guardRails.find(recordId)).not.toHaveProperty('error');
    expect(await policiesThere(place.world)).toEqual([]);
  });

  it('is taken off at the next start where the app is quit before', async () => {
    const { place, recordId } = await takenOff();
    place.world.workspace.stop();
    const next = place.world.restart();
    next.wire.before = (_action, pass) => pass();
    expect(next.workspace.guardRails.find(recordId)).toMatchObject({ wanted: 'detached' });
    await next.workspace.guardRails.catchUp();
    await ticking(
      next,
      reached(() => next.workspace.guardRails.find(recordId)?.state === 'detached'),
    );
    expect(await policiesThere(next)).toEqual([]);
  });
});

describe('a guard rail, when the app is quit on its way', () => {
  it('is neither failed nor stopped, and goes on at the next start', async () => {
    const place = await guardRailWorld();
    const { wire, workspace } = place.world;
    wire.before = (action, pass) => (action === 'AttachPolicy' ? never() : pass());
    const { recordId } = must(
      await workspace.guardRails.beginAttach({
        ...{ sourceId: managementSource, targetId: place.unitId, guardRail: stay },
      }),
    );
    await ticking(
      place.world,
      reached(() => wire.actions.includes('AttachPolicy')),
    );
    let turns = 0;
    workspace.stop();
    // what was under way comes to its end first
    await reached(() => (turns += 1) > 50);
    const next = place.world.restart();
    expect(next.workspace.guardRails.find(recordId)?.state).toBe('attaching');
    await next.workspace.guardRails.catchUp();
    await ticking(
      next,
      reached(() => next.workspace.guardRails.find(recordId)?.state === 'attached'),
    );
  });
});

describe('what holds for a place', () => {
  it('is listed with where it comes from and who made it', async () => {
    const place = await guardRailWorld();
    const api = reallyThere(place.world);
    const { id } = await valueOf(api.createPolicy('Theirs', 'By hand', guardRailDocument({ kind: 'trail' }, 'aws')));
    await valueOf(api.attachPolicy(id, place.rootId));
    const record = await place.attach(onlyIreland);
    const view = await read(place, ownerAccount);
    expect(view).toMatchObject({ isSwitchedOn: true, missing: [] });
    expect(view.policies.map(({ attachedTo, maker, name }) => [attachedTo, maker, name])).toEqual([
      [place.rootId, 'aws', 'FullAWSAccess'],
      [place.rootId, 'foreign', 'Theirs'],
      [place.unitId, 'aws', 'FullAWSAccess'],
      [place.unitId, 'ours', `Sallyport-OnlyRegions-${record.id.slice(0, 8)}`],
      [ownerAccount, 'aws', 'FullAWSAccess'],
    ]);
    expect(view.policies[3]).toMatchObject({ recordId: record.id, kind: 'regions', isChanged: false });
  });

  it('shows what somebody changed by hand: other words, detached, all switched off', async () => {
    const place = await guardRailWorld();
    const record = await place.attach(onlyIreland);
    await changeWords(
      place,
      record.policyId ?? '',
      guardRailDocument({ kind: 'regions', regions: ['us-east-1'] }, 'aws'),
    );
    expect((await read(place, place.unitId)).policies.find(({ maker }) => maker === 'ours')?.isChanged).toBe(true);
    // taken off, but not away: somebody's own words are in it now
    await place.detach(record.id);
    expect((await policiesThere(place.world)).map(({ targets }) => targets)).toEqual([[]]);
    const second = await place.attach(onlyIreland);
    expect(second.policyId).not.toBe(record.policyId);
    await valueOf(reallyThere(place.world).detachPolicy(second.policyId ?? '', place.unitId));
    expect((await read(place, place.unitId)).missing).toEqual([second.id]);
    await switchOff(place);
    expect(await read(place, place.unitId)).toMatchObject({ isSwitchedOn: false, policies: [], missing: [second.id] });
  });
});

describe('a preview', () => {
  const preview = async ({ unitId, world }: GuardRailWorld, guardRail: GuardRail, targetId = unitId) =>
    must(await world.workspace.guardRails.preview({ sourceId: managementSource, targetId, guardRail }));

  it('counts whom it binds, never the management account, and makes nothing', async () => {
    const place = await guardRailWorld();
    expect(await preview(place, onlyIreland)).toMatchObject({
      ...{ isSwitchedOn: true, attachedCount: 1, isAttached: false, hasManagement: false, denied: [] },
      accounts: [{ id: ownerAccount }],
    });
    const whole = await preview(place, onlyIreland, place.rootId);
    expect(whole.hasManagement).toBe(true);
    expect(whole.accounts.map(({ id }) => id).sort()).toEqual(['111122223333', ownerAccount]);
    expect(await policiesThere(place.world)).toEqual([]);
    await place.attach(onlyIreland);
    expect(await preview(place, onlyIreland)).toMatchObject({ attachedCount: 2, isAttached: true });
  });

  it('names the connection whose work it would refuse, and who could not take it back', async () => {
    const place = await guardRailWorld();
    connect(place);
    must(await place.world.workspace.sources.identify('practice-owner'));
    const regions = await preview(place, { kind: 'regions', regions: ['us-east-1'] });
    expect(regions.denied).toEqual([
      { name: 'Production', accountId: ownerAccount, purpose: 'recipe', actions: ['cloudformation:CreateStack'] },
    ]);
    const role = await preview(place, {
      kind: 'role',
      role: { path: '/', name: 'DeploymentService' },
      exceptions: [{ path: '/', name: 'OrganizationAccountAccessRole' }],
    });
    expect(role.denied.map(({ name, purpose }) => [name, purpose])).toEqual([['practice-owner', 'revocation']]);
    expect(role.denied[0]?.actions).toContain('iam:UpdateAssumeRolePolicy');
  });
});

function connect({ world }: GuardRailWorld): void {
  must(
    world.workspace.connections.add({
      ...{ id: 'b7f6d4aa-53a1-4f5e-9d0f-0d6f0a8f4d11', name: 'Production', roleName: 'DeploymentService' },
      ...{ roleArn: `arn:aws:iam::${ownerAccount}:role/DeploymentService`, accountId: ownerAccount, partition: 'aws' },
      ...{ region: 'eu-west-1', recipeId: 'deployment-service', sourceId: 'practice-deployer', madeBy: 'automatic' },
      ...{ createdAt: world.clock.now(), maxSessionDuration: 3600, status: 'working', receipt: [] },
    }),
  );
}

async function reached(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** What the app itself never does, by the bare SDK as the management account's administrator. */
function bare({ world }: GuardRailWorld) {
  return bareOrganizations(world.sandbox, world.clock, world.sandbox.identity('management'));
}

async function switchOff(place: GuardRailWorld): Promise<void> {
  await bare(place).send(new DisablePolicyTypeCommand({ RootId: place.rootId, PolicyType: 'SERVICE_CONTROL_POLICY' }));
}

async function changeWords(place: GuardRailWorld, PolicyId: string, Content: string): Promise<void> {
  await bare(place).send(new UpdatePolicyCommand({ PolicyId, Content }));
}
