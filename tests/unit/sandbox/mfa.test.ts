import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteVirtualMFADeviceCommand,
  DetachUserPolicyCommand,
  EnableMFADeviceCommand,
  ListAccountAliasesCommand,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
  PutUserPolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  type Credentials,
} from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import { totpCode, totpStep } from '../../../main/sandbox/mfa';
import { createSecrets } from '../../../main/sandbox/secrets';
import { administratorAccess, policy, practice, testSigningKey, type Practice } from '../../support/practice';
import { bareIam, bareSts, refusalOf } from '../../support/sdk';

const serial = 'arn:aws:iam::222233334444:mfa/anna-phone';
const roleArn = 'arn:aws:iam::222233334444:role/Guarded';

describe('one-time codes', () => {
  test('are those of RFC 6238, appendix B', () => {
    const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const at = (seconds: number) => totpCode(seed, totpStep(seconds * 1000));
    expect([59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000].map(at)).toEqual([
      '287082',
      '081804',
      '050471',
      '005924',
      '279037',
      '353130',
    ]);
  });
});

describe('MFA and session tokens in the sandbox, through the real SDK', { timeout: 30_000 }, () => {
  let world: Practice;
  let iam: IAMClient;
  let anna: AwsCredentials;
  let seed: string;
  const sts = (credentials: AwsCredentials) => bareSts(world.sandbox, world.clock, credentials);
  const code = (steps = 0) => totpCode(seed, totpStep(world.clock.now()) + steps);
  const credentialsOf = (given: Credentials | undefined): AwsCredentials => ({
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  });
  const enable = (first: string, second: string) =>
    iam.send(
      new EnableMFADeviceCommand({
        UserName: 'anna',
        SerialNumber: serial,
        AuthenticationCode1: first,
        AuthenticationCode2: second,
      }),
    );
  const enabled = async () => {
    await enable(code(-1), code());
    world.clock.advance(30_000);
  };
  const assume = (extra: { SerialNumber?: string; TokenCode?: string } = {}, as = anna) =>
    sts(as).send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'anna', ...extra }));
  const sessionToken = (
    extra: { SerialNumber?: string; TokenCode?: string; DurationSeconds?: number } = {},
    as = anna,
  ) => sts(as).send(new GetSessionTokenCommand(extra));

  beforeEach(async () => {
    world = practice();
    iam = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
    await iam.send(new CreateUserCommand({ UserName: 'anna' }));
    await iam.send(new AttachUserPolicyCommand({ UserName: 'anna', PolicyArn: administratorAccess }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'anna' }));
    anna = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
    const made = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'anna-phone' }));
    expect(made.VirtualMFADevice?.SerialNumber).toBe(serial);
    seed = Buffer.from(made.VirtualMFADevice?.Base32StringSeed ?? []).toString('utf8');
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'Guarded',
        AssumeRolePolicyDocument: policy({
          Effect: 'Allow',
          Principal: { AWS: '222233334444' },
          Action: 'sts:AssumeRole',
          Condition: {
            Bool: { 'aws:MultiFactorAuthPresent': 'true' },
            NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
          },
        }),
      }),
    );
  });

  test('a device is enabled by two codes that follow each other, and no others', async () => {
    expect(seed).toMatch(/^[A-Z2-7]{64}$/);
    for (const [first, second] of [
      [code(), code()],
      [code(), code(-1)],
      [code(-3), code(-2)],
      ['000000', code()],
    ] as const) {
      expect(await refusalOf(enable(first, second))).toEqual({
        name: 'InvalidAuthenticationCodeException',
        message: 'Authentication code for device is not valid.',
        status: 403,
      });
    }
    expect((await refusalOf(enable('12345', code()))).name).toBe('ValidationError');
    await enabled();
    const listed = await iam.send(new ListMFADevicesCommand({ UserName: 'anna' }));
    expect(listed.MFADevices).toEqual([
      { UserName: 'anna', SerialNumber: serial, EnableDate: new Date(world.clock.now() - 30_000) },
    ]);
    expect((await refusalOf(enable(code(-1), code()))).name).toBe('EntityAlreadyExistsException');
    const assigned = await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: 'Assigned' }));
    expect(assigned.VirtualMFADevices?.[0]?.User?.UserName).toBe('anna');
    expect(JSON.stringify(world.sandbox.snapshot())).not.toContain(seed);
  });

  test('a device in use is not deleted, nor is its user; a new one by its name has another seed', async () => {
    await enabled();
    expect((await refusalOf(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serial })))).name).toBe(
      'DeleteConflictException',
    );
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'anna', AccessKeyId: anna.accessKeyId }));
    expect((await refusalOf(iam.send(new DeleteUserCommand({ UserName: 'anna' })))).message).toBe(
      'Cannot delete entity, must delete MFA device first.',
    );
    await iam.send(new DeactivateMFADeviceCommand({ UserName: 'anna', SerialNumber: serial }));
    expect(
      (await refusalOf(iam.send(new DeactivateMFADeviceCommand({ UserName: 'anna', SerialNumber: serial })))).name,
    ).toBe('NoSuchEntityException');
    await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serial }));
    expect(await refusalOf(enable(code(-1), code()))).toMatchObject({
      name: 'NoSuchEntityException',
      message: `VirtualMFADevice with serial number ${serial} doesn't exist.`,
    });
    await iam.send(new DetachUserPolicyCommand({ UserName: 'anna', PolicyArn: administratorAccess }));
    await iam.send(new DeleteUserCommand({ UserName: 'anna' }));
    const again = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'anna-phone' }));
    expect(Buffer.from(again.VirtualMFADevice?.Base32StringSeed ?? []).toString('utf8')).not.toBe(seed);
    expect(
      (await refusalOf(iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'anna-phone' })))).name,
    ).toBe('EntityAlreadyExistsException');
  });

  test('a role that asks for MFA is assumed with a code, once for each code', async () => {
    await enabled();
    expect(await refusalOf(assume())).toMatchObject({ name: 'AccessDenied', status: 403 });
    const good = { SerialNumber: serial, TokenCode: code() };
    await assume(good);
    const used = await refusalOf(assume(good));
    expect(used.message).toBe('MultiFactorAuthentication failed with invalid MFA one time pass code. ');
    expect((await refusalOf(assume({ SerialNumber: serial, TokenCode: code(-2) }))).message).toBe(used.message);
    expect((await refusalOf(assume({ SerialNumber: serial }))).message).toMatch(/must provide both/);
    expect(
      (await refusalOf(assume({ SerialNumber: serial.replace('anna', 'ben'), TokenCode: code(1) }))).message,
    ).toMatch(/unable to validate MFA code/);
    expect(
      (await refusalOf(assume({ SerialNumber: serial, TokenCode: code(1) }, world.sandbox.identities.owner))).message,
    ).toMatch(/associated with this user/);
    world.clock.advance(30_000);
    await assume({ SerialNumber: serial, TokenCode: code() });
  });

  test('what AssumeRole gives carries nothing of the code', async () => {
    await enabled();
    const { Credentials } = await assume({ SerialNumber: serial, TokenCode: code() });
    expect((await refusalOf(assume({}, credentialsOf(Credentials)))).name).toBe('AccessDenied');
  });

  test('a session token with a code stands for the user and carries MFA, and its age', async () => {
    await enabled();
    const answer = await sessionToken({ SerialNumber: serial, TokenCode: code() });
    expect(answer.Credentials?.Expiration).toEqual(new Date(world.clock.now() + 43_200_000));
    const session = credentialsOf(answer.Credentials);
    const who = await sts(session).send(new GetCallerIdentityCommand({}));
    expect(who.Arn).toBe('arn:aws:iam::222233334444:user/anna');
    expect(who.UserId).toMatch(/^AIDA/);
    await assume({}, session);
    await bareIam(world.sandbox, world.clock, session).send(new ListAccountAliasesCommand({}));
    const snapshot = JSON.stringify(world.sandbox.snapshot());
    expect(snapshot).not.toContain(session.secretAccessKey);
    expect(snapshot).not.toContain(session.sessionToken);
    const again = practice({ snapshot: world.sandbox.snapshot() });
    again.clock.advance(30_000);
    await bareSts(again.sandbox, again.clock, session).send(new GetCallerIdentityCommand({}));
    world.clock.advance(3_600_000);
    expect((await refusalOf(assume({}, session))).name).toBe('AccessDenied');
    world.clock.advance(43_200_000);
    expect((await refusalOf(assume({}, session))).name).toBe('ExpiredToken');
  });

  test('a session token without a code may call AssumeRole and GetCallerIdentity, and nothing of IAM', async () => {
    const session = credentialsOf((await sessionToken({ DurationSeconds: 900 })).Credentials);
    await sts(session).send(new GetCallerIdentityCommand({}));
    expect((await refusalOf(assume({}, session))).message).toMatch(
      /^User: arn:aws:iam::222233334444:user\/anna is not/,
    );
    expect(
      await refusalOf(bareIam(world.sandbox, world.clock, session).send(new ListAccountAliasesCommand({}))),
    ).toEqual({
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
      status: 403,
    });
    expect((await refusalOf(sessionToken({}, session))).message).toBe(
      'Cannot call GetSessionToken with session credentials',
    );
    expect(
      (await refusalOf(sts(session).send(new GetAccessKeyInfoCommand({ AccessKeyId: anna.accessKeyId })))).name,
    ).toBe('AccessDenied');
    expect((await refusalOf(assume({}, { ...session, sessionToken: 'other' }))).name).toBe('InvalidClientTokenId');
  });

  test.each([
    ['for a day where nothing else is said', undefined, 'ExpiredToken'],
    ['for as long as is said', 0, 'InvalidClientTokenId'],
  ])('an ended session is told from an unknown one %s', async (_case, rememberedAfterExpiry, name) => {
    world = practice(rememberedAfterExpiry === undefined ? {} : { rememberedAfterExpiry });
    const { deployer } = world.sandbox.identities;
    const ended = credentialsOf((await sessionToken({ DurationSeconds: 900 }, deployer)).Credentials);
    world.clock.advance(24 * 3_600_000);
    // old ones are looked for when one is made
    await sessionToken({}, deployer);
    expect((await refusalOf(sts(ended).send(new GetCallerIdentityCommand({})))).name).toBe(name);
  });

  test('GetSessionToken has limits, and no policy can forbid it', async () => {
    for (const DurationSeconds of [899, 129_601])
      expect((await refusalOf(sessionToken({ DurationSeconds }))).name).toBe('ValidationError');
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'anna',
        PolicyName: 'Nothing',
        PolicyDocument: policy({ Effect: 'Deny', Action: '*', Resource: '*' }),
      }),
    );
    const { Credentials } = await sessionToken({ DurationSeconds: 129_600 });
    expect(Credentials?.Expiration).toEqual(new Date(world.clock.now() + 129_600_000));
    expect((await refusalOf(sessionToken({ SerialNumber: serial, TokenCode: '000000' }))).name).toBe('AccessDenied');
  });

  test('an account’s root has an hour, whatever it asks', async () => {
    const rooted = practice({
      scenario: {
        title: 'Rooted',
        description: 'A root with a key',
        accounts: [{ id: '111122223333', name: 'Rooted', rootAccessKey: true, users: [] }],
      },
    });
    const accessKeyId = rooted.sandbox.snapshot().accounts[0]?.rootAccessKeys[0]?.id ?? '';
    const root = { accessKeyId, secretAccessKey: createSecrets(testSigningKey).secretAccessKey(accessKeyId) };
    const { Credentials } = await bareSts(rooted.sandbox, rooted.clock, root).send(
      new GetSessionTokenCommand({ DurationSeconds: 7200 }),
    );
    expect(Credentials?.Expiration).toEqual(new Date(rooted.clock.now() + 3_600_000));
    const who = await bareSts(rooted.sandbox, rooted.clock, credentialsOf(Credentials)).send(
      new GetCallerIdentityCommand({}),
    );
    expect(who.Arn).toBe('arn:aws:iam::111122223333:root');
  });

  test('a key’s account is told to who may ask; no message can be decoded', async () => {
    const { deployer, owner } = world.sandbox.identities;
    const info = (AccessKeyId: string, as: AwsCredentials = owner) =>
      sts(as).send(new GetAccessKeyInfoCommand({ AccessKeyId }));
    expect((await info(deployer.accessKeyId)).Account).toBe('111122223333');
    const { Credentials } = await sessionToken();
    expect((await info(Credentials?.AccessKeyId ?? '')).Account).toBe('222233334444');
    expect((await refusalOf(info('AKIAIOSFODNN7EXAMPLE'))).name).toBe('ValidationError');
    expect((await refusalOf(info(owner.accessKeyId, deployer))).message).toMatch(
      /because no identity-based policy allows the sts:GetAccessKeyInfo action$/,
    );
    const decode = (as: AwsCredentials) =>
      sts(as).send(new DecodeAuthorizationMessageCommand({ EncodedMessage: 'abc' }));
    expect(await refusalOf(decode(owner))).toMatchObject({ name: 'InvalidAuthorizationMessageException', status: 400 });
    expect((await refusalOf(decode(deployer))).name).toBe('AccessDenied');
  });
});
