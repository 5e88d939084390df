import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AssumeRoleInput, AwsCredentials } from '../../../main/aws/aws-api';
import { createSecrets } from '../../../main/sandbox/secrets';
import {
  administratorAccess,
  errorOf,
  policy,
  practice,
  testSigningKey,
  trustPolicy,
  valueOf,
  type Practice,
} from '../../support/practice';
import { bareSts, refusalOf } from '../../support/sdk';

const target = 'arn:aws:iam::222233334444:role/Deploy';
const externalId = '9f6c2f0e-right';

describe('AssumeRole in the sandbox, through the real SDK', () => {
  let world: Practice;
  const asDeployer = (input: Partial<AssumeRoleInput> = {}) =>
    world
      .sts(world.sandbox.identities.deployer)
      .assumeRole({ roleArn: target, sessionName: 'check', durationSeconds: 900, externalId, ...input });
  const owner = () => world.iam(world.sandbox.identities.owner);
  const makeRole = (name: string, trust: string, maxSessionDuration = 3600) =>
    valueOf(owner().createRole({ name, path: '/', description: '', trustPolicy: trust, maxSessionDuration, tags: [] }));

  beforeEach(async () => {
    world = practice();
    await makeRole('Deploy', trustPolicy({ externalId }));
  });

  test('gives a session of the length asked for, to the second', async () => {
    const session = await valueOf(asDeployer({ durationSeconds: 1800 }));
    expect(session.credentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(session.credentials.secretAccessKey).toHaveLength(40);
    expect(session.credentials.expiration).toBe(world.clock.now() + 1_800_000);
    expect(session.assumedRoleArn).toBe('arn:aws:sts::222233334444:assumed-role/Deploy/check');
    expect(session.assumedRoleId).toMatch(/^AROA[A-Z2-7]{17}:check$/);
    const who = await valueOf(world.sts(session.credentials).getCallerIdentity());
    expect(who).toEqual({ accountId: '222233334444', arn: session.assumedRoleArn, userId: session.assumedRoleId });
  });

  test('refuses a missing role, an untrusting role and a wrong or missing external ID in the same words', async () => {
    await makeRole('Stranger', trustPolicy({ principal: '999988887777', externalId }));
    const missing = await errorOf(asDeployer({ roleArn: target.replace('Deploy', 'Nobody') }));
    const untrusting = await errorOf(asDeployer({ roleArn: target.replace('Deploy', 'Stranger') }));
    const wrong = await errorOf(asDeployer({ externalId: 'something-else' }));
    const { externalId: _left, ...without } = {
      roleArn: target,
      sessionName: 'check',
      durationSeconds: 900,
      externalId,
    };
    const none = await errorOf(world.sts(world.sandbox.identities.deployer).assumeRole(without));
    const shape = (detail: string | undefined) => detail?.replace(/role\/\w+$/, 'role/X');
    for (const error of [missing, untrusting, wrong, none]) {
      expect(error).toMatchObject({ kind: 'access-denied', code: 'AccessDenied', httpStatus: 403 });
      expect(shape(error.detail)).toBe(
        'User: arn:aws:iam::111122223333:user/practice-deployer is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222233334444:role/X',
      );
    }
  });

  test('compares the role’s name with regard to case', async () => {
    expect((await errorOf(asDeployer({ roleArn: target.replace('Deploy', 'deploy') }))).kind).toBe('access-denied');
  });

  test('needs the caller’s own policy across accounts, and says so', async () => {
    await makeRole('Wide', trustPolicy({ principal: '*' }));
    await makeRole('Powerless', trustPolicy({ externalId }));
    const powerless = await valueOf(asDeployer({ roleArn: target.replace('Deploy', 'Powerless') }));
    const error = await errorOf(
      world.sts(powerless.credentials).assumeRole({
        roleArn: 'arn:aws:iam::111122223333:role/Elsewhere',
        sessionName: 'chained',
        durationSeconds: 900,
      }),
    );
    expect(error.detail).toBe(
      'User: arn:aws:sts::222233334444:assumed-role/Powerless/check is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/Elsewhere because no identity-based policy allows the sts:AssumeRole action',
    );
    expect(error.message).toBe('The caller has no policy that allows sts:AssumeRole.');
  });

  test('an explicit deny of the caller is named', async () => {
    await valueOf(owner().attachRolePolicy('Deploy', administratorAccess));
    await valueOf(
      owner().putRolePolicy('Deploy', 'NoRoles', policy({ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' })),
    );
    const session = await valueOf(asDeployer());
    const error = await errorOf(
      world
        .sts(session.credentials)
        .assumeRole({ roleArn: 'arn:aws:iam::333344445555:role/Any', sessionName: 'xx', durationSeconds: 900 }),
    );
    expect(error.detail).toMatch(/ with an explicit deny in an identity-based policy$/);
  });

  test('holds the session to the role’s maximum and a chained one to an hour', async () => {
    const long = await errorOf(asDeployer({ durationSeconds: 3601 }));
    expect(long).toMatchObject({
      kind: 'duration-too-long',
      code: 'ValidationError',
      httpStatus: 400,
      detail: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    });
    await makeRole('Long', trustPolicy({ principal: '*' }), 43_200);
    const twelve = await valueOf(asDeployer({ roleArn: target.replace('Deploy', 'Long'), durationSeconds: 43_200 }));
    expect(twelve.credentials.expiration - world.clock.now()).toBe(43_200_000);
    await valueOf(owner().putRolePolicy('Long', 'Chain', policy({ Effect: 'Allow', Action: 'sts:*', Resource: '*' })));
    const chain = (durationSeconds: number) =>
      world
        .sts(twelve.credentials)
        .assumeRole({ roleArn: target.replace('Deploy', 'Long'), sessionName: 'again', durationSeconds });
    expect((await errorOf(chain(3601))).detail).toBe(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
    expect((await valueOf(chain(3600))).credentials.expiration - world.clock.now()).toBe(3_600_000);
  });

  test('a session policy cuts the role down, and both kinds together are one set', async () => {
    await valueOf(owner().attachRolePolicy('Deploy', administratorAccess));
    const allows = async (credentials: AwsCredentials) => ({
      list: (await world.iam(credentials).listRoles()).ok,
      alias: (await world.iam(credentials).listAccountAliases()).ok,
      create: (await world.iam(credentials).deleteRolePolicy('Deploy', 'none')).ok,
    });
    const listOnly = policy({ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' });
    const inline = await valueOf(asDeployer({ policy: listOnly }));
    expect(await allows(inline.credentials)).toEqual({ list: true, alias: false, create: false });
    const denied = await errorOf(world.iam(inline.credentials).listAccountAliases());
    expect(denied.detail).toMatch(/ because no session policy allows the iam:ListAccountAliases action$/);
    const managed = await valueOf(asDeployer({ policyArns: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'] }));
    expect(await allows(managed.credentials)).toEqual({ list: true, alias: true, create: false });
    const both = await valueOf(
      asDeployer({ policy: listOnly, policyArns: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'] }),
    );
    expect(await allows(both.credentials)).toEqual({ list: true, alias: true, create: false });
  });

  test('refuses a session policy that is no policy, and one that does not exist', async () => {
    expect((await errorOf(asDeployer({ policy: '{"Version":' }))).kind).toBe('malformed-policy');
    expect((await errorOf(asDeployer({ policyArns: ['arn:aws:iam::aws:policy/NoSuchPolicy'] }))).kind).toBe(
      'malformed-policy',
    );
  });

  test('an MFA code is refused where there is no device', async () => {
    const error = await errorOf(
      asDeployer({ serialNumber: 'arn:aws:iam::111122223333:mfa/phone', tokenCode: '123456' }),
    );
    expect(error.kind).toBe('access-denied');
    expect(error.message).toMatch(/MFA/);
  });

  test('a session ends when it says, and not before', async () => {
    const session = await valueOf(asDeployer());
    world.clock.advance(899_000);
    await valueOf(world.sts(session.credentials).getCallerIdentity());
    world.clock.advance(1_000);
    const error = await errorOf(world.sts(session.credentials).getCallerIdentity());
    expect(error).toMatchObject({
      kind: 'credentials-expired',
      code: 'ExpiredToken',
      httpStatus: 403,
      detail: 'The security token included in the request is expired',
    });
  });

  test('deny-older-sessions takes hold of a live session and spares a newer one', async () => {
    await valueOf(owner().attachRolePolicy('Deploy', administratorAccess));
    const old = await valueOf(asDeployer());
    await valueOf(world.iam(old.credentials).listAccountAliases());
    world.clock.advance(10_000);
    const cutoff = new Date(world.clock.now()).toISOString();
    await valueOf(
      owner().putRolePolicy(
        'Deploy',
        'AWSRevokeOlderSessions',
        policy({
          Effect: 'Deny',
          Action: ['*'],
          Resource: ['*'],
          Condition: { DateLessThan: { 'aws:TokenIssueTime': cutoff } },
        }),
      ),
    );
    const error = await errorOf(world.iam(old.credentials).listAccountAliases());
    expect(error.detail).toMatch(/ with an explicit deny in an identity-based policy$/);
    // Identity can always be asked for: it proves nothing about revocation.
    await valueOf(world.sts(old.credentials).getCallerIdentity());
    world.clock.advance(1_000);
    const fresh = await valueOf(asDeployer());
    await valueOf(world.iam(fresh.credentials).listAccountAliases());
  });

  test('a deleted role’s session has nothing left, even after a role of that name is made again', async () => {
    await valueOf(owner().attachRolePolicy('Deploy', administratorAccess));
    const session = await valueOf(asDeployer());
    await valueOf(owner().detachRolePolicy('Deploy', administratorAccess));
    await valueOf(owner().deleteRole('Deploy'));
    expect((await errorOf(world.iam(session.credentials).listRoles())).kind).toBe('access-denied');
    await makeRole('Deploy', trustPolicy({ externalId }));
    await valueOf(owner().attachRolePolicy('Deploy', administratorAccess));
    expect((await errorOf(world.iam(session.credentials).listRoles())).kind).toBe('access-denied');
    await valueOf(world.iam((await valueOf(asDeployer())).credentials).listRoles());
  });

  test('a role named as principal is kept by its unique ID', async () => {
    const caller = await makeRole('Caller', trustPolicy({ externalId }));
    await valueOf(
      owner().putRolePolicy('Caller', 'Chain', policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' })),
    );
    await makeRole('Inner', trustPolicy({ principal: caller.arn }));
    const assumeInner = async () => {
      const outer = await valueOf(asDeployer({ roleArn: caller.arn }));
      return world
        .sts(outer.credentials)
        .assumeRole({ roleArn: target.replace('Deploy', 'Inner'), sessionName: 'in', durationSeconds: 900 });
    };
    expect((await assumeInner()).ok).toBe(true);
    expect((await valueOf(owner().getRole('Inner'))).trustPolicy).toContain(`"${caller.arn}"`);
    await valueOf(owner().deleteRolePolicy('Caller', 'Chain'));
    await valueOf(owner().deleteRole('Caller'));
    expect((await valueOf(owner().getRole('Inner'))).trustPolicy).toContain(`"${caller.roleId}"`);
    await makeRole('Caller', trustPolicy({ externalId }));
    await valueOf(
      owner().putRolePolicy('Caller', 'Chain', policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' })),
    );
    expect((await assumeInner()).ok).toBe(false);
    expect((await valueOf(owner().getRole('Inner'))).trustPolicy).toContain(`"${caller.roleId}"`);
  });

  test('a principal that does not exist is refused when the trust is saved', async () => {
    const error = await errorOf(
      owner().createRole({
        name: 'Typo',
        path: '/',
        description: '',
        trustPolicy: trustPolicy({ principal: 'arn:aws:iam::222233334444:role/NoSuchRole' }),
        maxSessionDuration: 3600,
        tags: [],
      }),
    );
    expect(error).toMatchObject({
      kind: 'malformed-policy',
      code: 'MalformedPolicyDocument',
      detail: 'Invalid principal in policy: "AWS":"arn:aws:iam::222233334444:role/NoSuchRole"',
    });
  });

  test('an account’s root cannot assume roles', async () => {
    const rooted = practice({
      scenario: {
        title: 'Rooted',
        description: 'A root with a key',
        accounts: [{ id: '111122223333', name: 'Rooted', rootAccessKey: true, users: [] }],
      },
    });
    const key = rooted.sandbox.snapshot().accounts[0]?.rootAccessKeys[0]?.id ?? '';
    // The secret of a key follows from the signing key alone, so another sandbox can tell it.
    const credentials = { accessKeyId: key, secretAccessKey: createSecrets(testSigningKey).secretAccessKey(key) };
    expect((await valueOf(rooted.sts(credentials).getCallerIdentity())).arn).toBe('arn:aws:iam::111122223333:root');
    const error = await errorOf(
      rooted.sts(credentials).assumeRole({ roleArn: target, sessionName: 'root', durationSeconds: 900 }),
    );
    expect(error.detail).toBe('Roles may not be assumed by root accounts.');
  });

  test('a token is as long as asked for, up to 4,096 bytes, and works', async () => {
    const bare = bareSts(world.sandbox, world.clock, world.sandbox.identities.deployer);
    const input = { RoleArn: target, RoleSessionName: 'long', ExternalId: externalId };
    const { Credentials: given, SessionTokenSize: size } = await bare.send(
      new AssumeRoleCommand({ ...input, MinimumSessionTokenSize: 4096 }),
    );
    expect(size).toBe(4096);
    expect(Buffer.byteLength(given?.SessionToken ?? '')).toBe(4096);
    const credentials = {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    };
    expect((await valueOf(world.sts(credentials).getCallerIdentity())).accountId).toBe('222233334444');
    expect((await refusalOf(bare.send(new AssumeRoleCommand({ ...input, MinimumSessionTokenSize: 4097 })))).name).toBe(
      'ValidationError',
    );
  });

  test('tags and a source identity need their own permission on both sides', async () => {
    const bare = bareSts(world.sandbox, world.clock, world.sandbox.identities.deployer);
    const input = { RoleArn: target, RoleSessionName: 'extra', ExternalId: externalId };
    const tagged = await refusalOf(
      bare.send(new AssumeRoleCommand({ ...input, Tags: [{ Key: 'Team', Value: 'one' }] })),
    );
    expect(tagged.message).toContain('is not authorized to perform: sts:TagSession on resource');
    const named = await refusalOf(bare.send(new AssumeRoleCommand({ ...input, SourceIdentity: 'anna' })));
    expect(named.message).toContain('is not authorized to perform: sts:SetSourceIdentity on resource');
  });

  test.each([
    [
      'RoleSessionName',
      { RoleSessionName: 'a b' },
      "Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ],
    [
      'DurationSeconds',
      { DurationSeconds: 60 },
      "Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ],
    [
      'ExternalId',
      { ExternalId: 'x' },
      "Value 'x' at 'externalId' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      'RoleArn',
      { RoleArn: 'arn:aws:iam::222233334444:user/somebody' },
      'arn:aws:iam::222233334444:user/somebody is invalid',
    ],
  ])('a %s outside its limits is refused in STS’s words', async (_field, change, words) => {
    const bare = bareSts(world.sandbox, world.clock, world.sandbox.identities.deployer);
    const input = { RoleArn: target, RoleSessionName: 'limits', ExternalId: externalId, ...change };
    const refusal = await refusalOf(bare.send(new AssumeRoleCommand(input)));
    expect(refusal).toMatchObject({ name: 'ValidationError', status: 400 });
    expect(refusal.message).toContain(words);
  });

  test('new roles and new trusts spread only after the delay asked for', async () => {
    world = practice({ trouble: { propagationDelayMs: 8_000 } });
    await makeRole('Deploy', trustPolicy({ externalId }));
    expect((await errorOf(asDeployer())).kind).toBe('access-denied');
    world.clock.advance(7_999);
    expect((await errorOf(asDeployer())).kind).toBe('access-denied');
    world.clock.advance(1);
    await valueOf(asDeployer());
    await valueOf(owner().updateAssumeRolePolicy('Deploy', trustPolicy({ externalId: 'another-one' })));
    await valueOf(asDeployer());
    world.clock.advance(8_000);
    expect((await errorOf(asDeployer())).kind).toBe('access-denied');
    await valueOf(asDeployer({ externalId: 'another-one' }));
  });
});
