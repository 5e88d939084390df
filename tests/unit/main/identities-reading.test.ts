import { describe, expect, it } from 'vitest';
import { isOfFilter, makerOf, userFilters, type Reading } from '../../../core/domain/identities';
import { dressed, iamThere, ownerSource, withAnna } from '../../support/identities-world';
import { valueOf } from '../../support/practice';
import { must, newWorld, until, type World } from '../../support/workspace-world';

function reading(world: World): Reading | undefined {
  return world.workspace.identities.readings.view(ownerSource);
}

async function read(world: World): Promise<Reading> {
  must(await world.workspace.identities.readings.read(ownerSource));
  // in small steps: the SDK pauses by the real clock meanwhile, and what it signed must not grow old on the way
  await until(world, () => reading(world)?.state !== 'reading', 10);
  const now = reading(world);
  if (now === undefined) throw new Error('Nothing was read');
  return now;
}

const denied = {
  status: 403,
  headers: { 'content-type': 'text/xml' },
  body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>denied</Message></Error><RequestId>r-1</RequestId></ErrorResponse>',
};
const throttled = { ...denied, status: 400, body: denied.body.replace('AccessDenied', 'Throttling') };

describe('who is in an account', () => {
  it('is read with everything that hangs on each', async () => {
    const place = await withAnna();
    await dressed(place);
    const { users } = await read(place.world);
    const anna = users.find(({ name }) => name === 'anna');
    expect(anna).toMatchObject({
      path: '/team/',
      groups: { read: true, value: ['team'] },
      attached: { read: true, value: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      inline: { read: true, value: ['Own'] },
      password: { read: true, value: { createdAt: expect.any(Number) as number } },
    });
    expect(anna?.mfa?.read === true && anna.mfa.value).toHaveLength(1);
    expect(anna?.keys?.read === true && anna.keys.value.map(({ active, use }) => [active, use?.read])).toEqual([
      [true, true],
      [true, true],
    ]);
    const owner = users.find(({ name }) => name === 'practice-owner');
    const now = place.world.clock.now();
    if (anna === undefined || owner === undefined) throw new Error('They are not there');
    const of = (day: number) => (user: typeof anna) =>
      userFilters.filter((one) => isOfFilter(user, one, now + day * 86_400_000));
    expect([of(0)(anna), of(91)(anna)]).toEqual([
      ['never-used', 'console'],
      ['old-key', 'never-used', 'console', 'unused-30', 'unused-90'],
    ]);
    expect([of(0)(owner), of(91)(owner)]).toEqual([['no-mfa'], ['no-mfa', 'old-key', 'unused-30', 'unused-90']]);
  });

  it('says where rights end what could not be read, and why, and never claims it', async () => {
    const place = await withAnna();
    const { wire } = place.world;
    wire.before = (action, pass) => (/^ListMFADevices|^ListRoles$/.test(action) ? Promise.resolve(denied) : pass());
    const { roles, state, unlisted, users } = await read(place.world);
    expect([state, roles, unlisted.roles !== undefined]).toEqual(['done', [], true]);
    const anna = users.find(({ name }) => name === 'anna');
    expect(anna?.mfa).toMatchObject({ read: false, why: expect.stringContaining('ListMFADevices') as string });
    expect(anna?.keys?.read).toBe(true);
    expect(anna !== undefined && isOfFilter(anna, 'no-mfa', place.world.clock.now())).toBe(false);
  });

  it('is read whole also of hundreds while AWS throttles, asking for nothing twice that was answered', async () => {
    const world = newWorld();
    const iam = iamThere(world);
    for (let count = 0; count < 120; count += 1) {
      await valueOf(iam.createUser({ name: `user-${String(count)}`, path: '/', tags: [] }));
    }
    let refused = 0;
    const answered = new Map<string, number>();
    world.wire.before = (action, pass) => {
      // more often than the SDK tries again by itself
      if (action === 'ListMFADevices' && (answered.get(action) ?? 0) > 20 && refused < 6) {
        refused += 1;
        return Promise.resolve(throttled);
      }
      answered.set(action, (answered.get(action) ?? 0) + 1);
      return pass();
    };
    const { done, listed, users } = await read(world);
    expect([done, users.length]).toEqual([listed, 121]);
    expect(users.filter(({ keys, mfa, tags }) => ![keys, mfa, tags].every((part) => part?.read === true))).toEqual([]);
    expect(refused).toBe(6);
    expect(answered.get('ListMFADevices')).toBe(121);
    expect(answered.get('ListAccessKeys')).toBe(121);
  }, 60_000);

  it('can be stopped, and what was read stays', async () => {
    const place = await withAnna();
    const { world } = place;
    const { readings } = world.workspace.identities;
    must(await readings.read(ownerSource));
    await until(world, () => world.wire.actions.includes('ListMFADevices'));
    must(await readings.stopReading(ownerSource));
    expect(reading(world)).toMatchObject({ state: 'cancelled' });
    expect(reading(world)?.users.map(({ name }) => name)).toContain('anna');
  });

  it('knows who made a thing by its path and its tags', () => {
    const tags = (key: string, value = '') => ({ read: true as const, value: [{ key, value }] });
    expect(makerOf({ path: '/aws-service-role/x/', tags: undefined })).toBe('service');
    expect(makerOf({ path: '/', tags: tags('aws:cloudformation:stack-name', 'app') })).toBe('cloudformation');
    expect(makerOf({ path: '/', tags: tags('ManagedBy', 'Sallyport') })).toBe('sallyport');
    expect(makerOf({ path: '/', tags: tags('ManagedBy', 'Others') })).toBeUndefined();
    expect(makerOf({ path: '/', tags: { read: false, why: '' } })).toBeUndefined();
  });
});
