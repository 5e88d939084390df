import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../../main/sandbox/sandbox';
import { parseSandboxSnapshot } from '../../../main/sandbox/snapshot';
import { ManualClock } from '../../support/manual-clock';
import { errorOf, practice, testSigningKey, trustPolicy, valueOf } from '../../support/practice';
import { bareSts } from '../../support/sdk';

async function used() {
  const world = practice();
  await valueOf(
    world.iam(world.sandbox.identities.owner).createRole({
      name: 'Deploy',
      path: '/',
      description: '',
      trustPolicy: trustPolicy(),
      maxSessionDuration: 3600,
      tags: [],
    }),
  );
  const session = await valueOf(
    world
      .sts(world.sandbox.identities.deployer)
      .assumeRole({ roleArn: 'arn:aws:iam::222233334444:role/Deploy', sessionName: 'kept', durationSeconds: 3600 }),
  );
  return { world, session };
}

describe('the sandbox’s saved state', () => {
  test('has no secret in it: S-13', async () => {
    const { world, session } = await used();
    const text = JSON.stringify(world.sandbox.snapshot());
    const { deployer, management, owner } = world.sandbox.identities;
    const secrets = [deployer, owner, management].map((identity) => identity.secretAccessKey);
    for (const secret of [...secrets, session.credentials.secretAccessKey, session.credentials.sessionToken]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('base64'));
    }
    expect(text).toContain(session.credentials.accessKeyId);
  });

  test('comes back whole with the same key: live sessions still work', async () => {
    const { world, session } = await used();
    const saved = parseSandboxSnapshot(JSON.parse(JSON.stringify(world.sandbox.snapshot())));
    if (saved === undefined) throw new Error('not a snapshot');
    const again = practice({ snapshot: saved });
    expect(again.sandbox.snapshot()).toEqual(saved);
    expect(again.sandbox.identities).toEqual(world.sandbox.identities);
    expect((await valueOf(again.sts(session.credentials).getCallerIdentity())).arn).toBe(session.assumedRoleArn);
  });

  test('with another key every old credential is dead', async () => {
    const { world, session } = await used();
    const again = practice({ snapshot: world.sandbox.snapshot(), signingKey: new Uint8Array(32).fill(8) });
    expect((await errorOf(again.sts(session.credentials).getCallerIdentity())).kind).toBe('credentials-invalid');
    expect((await errorOf(again.sts(world.sandbox.identities.owner).getCallerIdentity())).code).toBe(
      'SignatureDoesNotMatch',
    );
  });

  test('what is not a snapshot is not taken for one', () => {
    for (const value of [
      null,
      7,
      'x',
      {},
      { version: 2 },
      { version: 1, counter: 1, accounts: [{ id: 'x' }], sessions: [], identities: [] },
    ]) {
      expect(parseSandboxSnapshot(value)).toBeUndefined();
    }
  });

  test('a snapshot is a copy: later changes do not reach it', async () => {
    const { world } = await used();
    const before = world.sandbox.snapshot();
    await valueOf(world.iam(world.sandbox.identities.owner).deleteRole('Deploy'));
    expect(before.accounts.flatMap((account) => account.roles)).toHaveLength(1);
  });

  test('tells of each change, and only of changes', async () => {
    const { world } = await used();
    let changes = 0;
    const stop = world.sandbox.onChange(() => {
      changes += 1;
    });
    const owner = world.iam(world.sandbox.identities.owner);
    await valueOf(owner.listRoles());
    await errorOf(owner.deleteRole('Nobody'));
    expect(changes).toBe(0);
    await bareSts(world.sandbox, world.clock, world.sandbox.identities.owner).send(new GetSessionTokenCommand({}));
    expect(changes).toBe(1);
    await valueOf(owner.deleteRole('Deploy'));
    expect(changes).toBe(2);
    stop();
    await errorOf(owner.deleteRole('Deploy'));
    expect(changes).toBe(2);
  });

  test('sessions that ended a day ago are forgotten, others are not', async () => {
    const { world, session } = await used();
    const saved = world.sandbox.snapshot();
    const sessions = saved.sessions.flatMap((one) =>
      Array.from({ length: 500 }, (_, index) => ({
        ...one,
        accessKeyId: index === 0 ? one.accessKeyId : `ASIA${String(index)}`,
      })),
    );
    const again = practice({ snapshot: { ...saved, sessions } });
    const assume = () =>
      again
        .sts(again.sandbox.identities.deployer)
        .assumeRole({ roleArn: 'arn:aws:iam::222233334444:role/Deploy', sessionName: 'next', durationSeconds: 3600 });
    again.clock.advance(24 * 3_600_000);
    await valueOf(assume());
    expect(again.sandbox.snapshot().sessions).toHaveLength(501);
    expect((await errorOf(again.sts(session.credentials).getCallerIdentity())).kind).toBe('credentials-expired');
    const once = practice({ snapshot: { ...saved, sessions } });
    once.clock.advance(26 * 3_600_000);
    await valueOf(
      once
        .sts(once.sandbox.identities.deployer)
        .assumeRole({ roleArn: 'arn:aws:iam::222233334444:role/Deploy', sessionName: 'next', durationSeconds: 3600 }),
    );
    expect(once.sandbox.snapshot().sessions).toHaveLength(1);
  });

  test('a signing key that is too short is a bug', () => {
    expect(() => createSandbox({ clock: new ManualClock(), signingKey: testSigningKey.slice(0, 16) })).toThrow(
      /32 bytes/,
    );
  });
});
