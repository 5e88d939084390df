import { describe, expect, it } from 'vitest';
import type { Rotation } from '../../../core/domain/identity-acts';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import {
  actOf,
  atRest,
  iamThere,
  ownerSource,
  rotationAtRest,
  withAnna,
  worksThere,
  type WithUser,
} from '../../support/identities-world';
import { valueOf } from '../../support/practice';
import { never } from '../../support/sub-account-world';
import { keptRecords, must, until, type World } from '../../support/workspace-world';

type Pass = Parameters<World['wire']['before']>[1];
type Answer = Awaited<ReturnType<Pass>>;

function refusal(status: number, code: string, message: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'r-1' },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
  };
}
const reset = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

async function begin({ key, world }: Pick<WithUser, 'key' | 'world'>, graceHours = 24): Promise<string> {
  return must(
    await world.workspace.identities.rotate({
      ...{ sourceId: ownerSource, userName: 'anna', accessKeyId: key.accessKeyId, graceHours },
    }),
  ).actId;
}

/** What a person who was told to copy the key has. */
async function copied(world: World, actId: string): Promise<AwsCredentials> {
  must(await world.workspace.identities.copyKey(actId));
  const [, accessKeyId = '', secretAccessKey = ''] =
    /^AWS_ACCESS_KEY_ID=(\w+)\nAWS_SECRET_ACCESS_KEY=(\S+)\n$/.exec(world.clipboard.text) ?? [];
  return { accessKeyId, secretAccessKey };
}

const keysThere = async ({ iam }: Pick<WithUser, 'iam'>) =>
  (await valueOf(iam.listKeys('anna'))).map(({ accessKeyId, active }) => ({ accessKeyId, active }));

describe('a key that is rotated', () => {
  it('gives way to one that was seen to work: made, handed over, turned off, deleted after its grace period', async () => {
    const place = await withAnna();
    const { key, world } = place;
    const { identities } = world.workspace;
    const actId = await begin(place);
    const handed = await rotationAtRest(world, actId);
    expect([handed.state, handed.error]).toEqual(['handing', undefined]);
    const made = await copied(world, actId);
    expect(made.accessKeyId).not.toBe(key.accessKeyId);
    expect([await worksThere(world, made), await worksThere(world, key)]).toEqual([true, true]);
    must(identities.deactivateOld(actId));
    const inGrace = await rotationAtRest(world, actId);
    expect(inGrace.state).toBe('grace');
    expect([await worksThere(world, made), await worksThere(world, key)]).toEqual([true, false]);

    // before it is over a start deletes nothing; after it does
    const early = world.restart();
    await early.workspace.launch();
    expect(actOf(early, actId).state).toBe('grace');
    early.clock.advance(24 * 3_600_000 + 1000);
    const late = early.restart();
    await late.workspace.launch();
    expect(await atRest(late, actId)).toMatchObject({ state: 'done' });
    expect(await keysThere(place)).toEqual([{ accessKeyId: made.accessKeyId, active: true }]);

    const secrets = [made.secretAccessKey, key.secretAccessKey];
    const seen = JSON.stringify([keptRecords(world.documents), world.audit, late.audit, world.events]);
    expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
    expect(
      (await late.vault.get(`rotation/${actId}/new`)).ok && (await late.vault.get(`rotation/${actId}/new`)),
    ).toEqual({
      ok: true,
      value: undefined,
    });
    expect((await late.workspace.identities.copyKey(actId)).ok).toBe(false);
  });

  it('is taken back before the old key is deleted: the old one works, the new one is gone', async () => {
    const place = await withAnna();
    const { key, world } = place;
    const actId = await begin(place);
    await rotationAtRest(world, actId);
    const made = await copied(world, actId);
    must(world.workspace.identities.deactivateOld(actId));
    await rotationAtRest(world, actId);
    must(world.workspace.identities.undo(actId));
    expect(await rotationAtRest(world, actId)).toMatchObject({ state: 'undone' });
    expect([await worksThere(world, made), await worksThere(world, key)]).toEqual([false, true]);
    expect(await keysThere(place)).toEqual([{ accessKeyId: key.accessKeyId, active: true }]);
  });

  it('waits until AWS knows the new key, and says since when', async () => {
    const place = await withAnna();
    const { world } = place;
    let unknown = 4;
    world.wire.before = (action, pass) => {
      if (action === 'GetCallerIdentity' && world.wire.actions.includes('CreateAccessKey') && unknown > 0) {
        unknown -= 1;
        return Promise.resolve(
          refusal(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'),
        );
      }
      return pass();
    };
    const actId = await begin(place);
    await until(world, () => (actOf(world, actId) as Rotation).tryingSince !== undefined);
    const handed = await rotationAtRest(world, actId);
    expect([handed.state, handed.error]).toEqual(['handing', undefined]);
    expect(unknown).toBe(0);
    expect((actOf(world, actId) as Rotation).tryingSince).toBeUndefined();
  });

  it('of a user with two keys asks which goes first, and deletes only that one', async () => {
    const place = await withAnna();
    const { iam, key, world } = place;
    const second = await valueOf(iam.createAccessKey('anna'));
    const wish = { sourceId: ownerSource, userName: 'anna', accessKeyId: key.accessKeyId, graceHours: 1 };
    const { identities } = world.workspace;
    expect(await identities.rotate(wish)).toMatchObject({ ok: false, error: { field: 'makesRoomOf' } });
    expect(await identities.rotate({ ...wish, makesRoomOf: key.accessKeyId })).toMatchObject({ ok: false });
    expect(world.wire.actions).not.toContain('CreateAccessKey');
    const { actId } = must(await identities.rotate({ ...wish, makesRoomOf: second.accessKeyId }));
    await rotationAtRest(world, actId);
    expect(await worksThere(world, key)).toBe(true);
    expect((await keysThere(place)).map(({ accessKeyId }) => accessKeyId)).not.toContain(second.accessKeyId);
    // another act on the same user has to wait
    expect(await identities.rotate(wish)).toMatchObject({ ok: false, error: { kind: 'already-exists' } });
  });

  it('whose making was answered to nobody is never used: it is named, and goes with a press', async () => {
    const place = await withAnna();
    const { key, world } = place;
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action === 'CreateAccessKey') throw reset();
      return answer;
    };
    const actId = await begin(place);
    const stopped = await rotationAtRest(world, actId);
    const stray =
      (await keysThere(place)).find(({ accessKeyId }) => accessKeyId !== key.accessKeyId)?.accessKeyId ?? '';
    expect(stopped).toMatchObject({ state: 'creating', strayKeyId: stray });
    expect(stopped.error?.message).toContain(stray);
    expect(world.wire.actions.filter((action) => action === 'DeleteAccessKey')).toEqual([]);
    world.wire.before = (_action, pass) => pass();
    must(world.workspace.identities.resume(actId));
    const handing = await rotationAtRest(world, actId);
    expect([handing.state, handing.strayKeyId]).toEqual(['handing', undefined]);
    const ids = (await keysThere(place)).map(({ accessKeyId }) => accessKeyId);
    expect(ids.toSorted()).toEqual([key.accessKeyId, handing.newKeyId].toSorted());
  });

  it('of a source of ours is switched over by itself, by its own rights, and back when it is taken back', async () => {
    const place = await withAnna();
    const { iam, key, world } = place;
    await valueOf(iam.attachUserPolicy('anna', 'arn:aws:iam::aws:policy/AdministratorAccess'));
    const { sources } = world.workspace;
    const added = must(await sources.addAccessKey({ ...key, label: 'anna', region: 'eu-west-1', keep: true }));
    const sourceId = added.source.id;
    const wish = { sourceId, userName: 'anna', accessKeyId: key.accessKeyId, graceHours: 1 };
    const { actId } = must(await world.workspace.identities.rotate(wish));
    const turned = await rotationAtRest(world, actId);
    expect(turned).toMatchObject({ state: 'grace', ownSourceId: sourceId });
    expect(await worksThere(world, key)).toBe(false);
    expect((await sources.withAccessKey(turned.newKeyId ?? ''))?.source.id).toBe(sourceId);
    expect(must(await sources.identify(sourceId)).arn).toContain('user/team/anna');
    must(world.workspace.identities.undo(actId));
    expect(await rotationAtRest(world, actId)).toMatchObject({ state: 'undone' });
    expect((await sources.withAccessKey(key.accessKeyId))?.source.id).toBe(sourceId);
    expect(await keysThere({ iam: iamThere(world) })).toEqual([{ accessKeyId: key.accessKeyId, active: true }]);
  });
});

type Manner = { readonly name: string; readonly answer: (pass: Pass) => Promise<Answer>; readonly kills?: true };

const manners: readonly Manner[] = [
  { name: 'is denied', answer: () => Promise.resolve(refusal(403, 'AccessDenied', 'denied')) },
  { name: 'is throttled', answer: () => Promise.resolve(refusal(400, 'Throttling', 'Rate exceeded')) },
  { name: 'does not reach AWS', answer: () => Promise.reject(reset()) },
  {
    name: 'is carried out, and its answer lost',
    answer: async (pass) => {
      await pass();
      throw reset();
    },
  },
  {
    name: 'comes when the credentials have expired',
    answer: () =>
      Promise.resolve(refusal(403, 'ExpiredToken', 'The security token included in the request is expired')),
  },
  { name: 'is the last before the app is killed', answer: never, kills: true },
  {
    name: 'is carried out, and the app killed before its answer',
    kills: true,
    answer: async (pass) => {
      await pass();
      return await never();
    },
  },
];

/** What a person presses, one after the other, until the old key is gone. */
async function press(world: World, actId: string): Promise<void> {
  const { identities } = world.workspace;
  const act = await rotationAtRest(world, actId);
  if (act.error !== undefined || act.state === 'creating') must(identities.resume(actId));
  else if (act.state === 'handing') must(identities.deactivateOld(actId));
  else if (act.state === 'grace') must(identities.deleteOld(actId));
}

/** Every call of a whole rotation, those that ask who the source is left out. */
async function callsOfAll(): Promise<number> {
  const place = await withAnna();
  await rotateToTheEnd(place.world, await begin(place), []);
  return place.world.wire.actions.length - 1;
}

async function rotateToTheEnd(start: World, actId: string, checks: (() => Promise<void>)[]): Promise<World> {
  let world = start;
  for (let turn = 0; turn < 12; turn += 1) {
    await until(world, () => world.wire.actions.at(-1) === 'killed' || !(actOf(world, actId) as Rotation).busy, 1000);
    if (world.wire.actions.at(-1) === 'killed') {
      world = world.restart();
      await world.workspace.launch();
    }
    for (const check of checks) await check();
    if (actOf(world, actId).state === 'done') return world;
    await press(world, actId);
  }
  throw new Error(`It did not end: ${JSON.stringify(actOf(world, actId))}`);
}

describe.concurrent('S-32 a rotation, when a call of it', () => {
  it.each(manners)(
    '$name: never leaves the user without a key that works, and gets there',
    async ({ answer, kills }) => {
      const calls = await callsOfAll();
      expect(calls).toBeGreaterThan(6);
      const suffer = async (at: number): Promise<void> => {
        const place = await withAnna();
        const { key, world } = place;
        let broken = '';
        let isBroken = true;
        world.wire.before = (action, pass) => {
          if (isBroken && world.wire.actions.length - 1 === at) broken = action;
          if (!isBroken || action !== broken) return pass();
          if (kills === true) {
            isBroken = false;
            world.wire.actions.push('killed');
          }
          return answer(pass);
        };
        const wish = { sourceId: ownerSource, userName: 'anna', accessKeyId: key.accessKeyId, graceHours: 1 };
        const begun = await Promise.race([
          world.workspace.identities.rotate(wish),
          until(world, () => world.wire.actions.at(-1) === 'killed').then(() => undefined),
        ]).catch(() => undefined);
        // refused before anything was on record: the old key is as it was
        if (begun?.ok !== true) {
          expect(await worksThere(world, key)).toBe(true);
          return;
        }
        const { actId } = begun.value;
        let turns = 0;
        const told = `${broken} (${String(at)})`;
        const holds = async (): Promise<void> => {
          turns += 1;
          // somebody acts: what was broken works again
          if (turns > 1) isBroken = false;
          const secret = await world.vault.get(`rotation/${actId}/new`);
          const kept =
            secret.ok && secret.value !== undefined ? (JSON.parse(secret.value) as AwsCredentials) : undefined;
          const isDone = actOf(world, actId).state === 'done';
          const works = [await worksThere(world, key), kept !== undefined && (await worksThere(world, kept)), isDone];
          expect(works, told).toContain(true);
          expect(
            (await valueOf(place.iam.listKeys('anna'))).some(({ active }) => active),
            told,
          ).toBe(true);
        };
        await rotateToTheEnd(world, actId, [holds]);
        const left = await keysThere(place);
        expect(left, told).toHaveLength(1);
        expect(left[0], told).toMatchObject({ active: true });
        expect(left[0]?.accessKeyId, told).not.toBe(key.accessKeyId);
      };
      await Promise.all(Array.from({ length: calls }, (_, at) => suffer(at)));
    },
    90_000,
  );
});
