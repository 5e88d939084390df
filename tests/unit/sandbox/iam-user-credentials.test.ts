import { generateKeyPairSync } from 'node:crypto';
import {
  CreateLoginProfileCommand,
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import type { IamApi } from '../../../main/aws/aws-api';
import { errorOf, practice, valueOf, type Practice } from '../../support/practice';
import { bareIam, refusalOf } from '../../support/sdk';
import { selfSigned } from '../../support/self-signed';

const sshKey = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).publicKey;

describe('what hangs on a user, through the AWS layer', { timeout: 30_000 }, () => {
  let world: Practice;
  let bare: IAMClient;
  let iam: IamApi;

  beforeEach(async () => {
    world = practice();
    bare = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
    iam = world.iam(world.sandbox.identities.owner);
    await bare.send(new CreateUserCommand({ UserName: 'anna' }));
  });

  test('a password for the console: one, by the default policy, and gone when it is deleted', async () => {
    const set = (Password: string) => bare.send(new CreateLoginProfileCommand({ UserName: 'anna', Password }));
    expect((await errorOf(iam.getLoginProfile('anna'))).kind).toBe('no-such-entity');
    expect(await refusalOf(set('short1!'))).toMatchObject({ name: 'PasswordPolicyViolationException', status: 400 });
    expect(await refusalOf(set('onlyletters'))).toMatchObject({ name: 'PasswordPolicyViolationException' });
    await set('Long enough 1');
    expect(await refusalOf(set('Long enough 2'))).toMatchObject({ name: 'EntityAlreadyExistsException', status: 409 });
    expect(await valueOf(iam.getLoginProfile('anna'))).toEqual({ createdAt: world.clock.now() });
    expect(JSON.stringify(world.sandbox.snapshot())).not.toContain('Long enough');
    expect((await errorOf(iam.deleteUser('anna'))).detail).toContain('must delete login profile first');
    await valueOf(iam.deleteLoginProfile('anna'));
    expect((await errorOf(iam.deleteLoginProfile('anna'))).kind).toBe('no-such-entity');
    await valueOf(iam.deleteUser('anna'));
  });

  test('certificates, SSH keys and passwords of services are listed, limited, and hold the user back', async () => {
    const { cert: certificate } = await selfSigned();
    const upload = (CertificateBody: string) =>
      bare.send(new UploadSigningCertificateCommand({ UserName: 'anna', CertificateBody }));
    const body = sshKey();
    const add = (SSHPublicKeyBody: string) =>
      bare.send(new UploadSSHPublicKeyCommand({ UserName: 'anna', SSHPublicKeyBody }));
    const make = (ServiceName: string) =>
      bare.send(new CreateServiceSpecificCredentialCommand({ UserName: 'anna', ServiceName }));
    expect(await refusalOf(upload('nonsense'))).toMatchObject({ name: 'MalformedCertificateException' });
    expect(await refusalOf(add('nonsense'))).toMatchObject({ name: 'InvalidPublicKeyException' });
    expect(await refusalOf(make('ec2.amazonaws.com'))).toMatchObject({ name: 'ServiceNotSupportedException' });
    await upload(certificate);
    expect(await refusalOf(upload(certificate))).toMatchObject({ name: 'DuplicateCertificateException' });
    await add(body);
    expect(await refusalOf(add(body))).toMatchObject({ name: 'DuplicateSSHPublicKeyException' });
    await make('codecommit.amazonaws.com');
    await make('codecommit.amazonaws.com');
    expect(await refusalOf(make('codecommit.amazonaws.com'))).toMatchObject({ name: 'LimitExceededException' });

    const [signing] = await valueOf(iam.listSigningCertificates('anna'));
    const [ssh] = await valueOf(iam.listSshPublicKeys('anna'));
    const services = await valueOf(iam.listServiceCredentials('anna'));
    expect([signing?.active, ssh?.active, services.length]).toEqual([true, true, 2]);
    const refusal = async () => (await errorOf(iam.deleteUser('anna'))).detail ?? '';
    expect(await refusal()).toContain('signing certificates');
    await valueOf(iam.deleteSigningCertificate('anna', signing?.id ?? ''));
    expect(await refusal()).toContain('SSH public keys');
    await valueOf(iam.deleteSshPublicKey('anna', ssh?.id ?? ''));
    expect(await refusal()).toContain('service specific credentials');
    for (const { id } of services) await valueOf(iam.deleteServiceCredential('anna', id));
    expect((await errorOf(iam.deleteSshPublicKey('anna', ssh?.id ?? ''))).kind).toBe('no-such-entity');
    await valueOf(iam.deleteUser('anna'));
  });

  test('lists come page by page, and what lists leave out is asked for by itself', async () => {
    const small = practice({ largestPage: 2 });
    const api = small.iam(small.sandbox.identities.owner);
    for (const name of ['bea', 'cleo', 'dora']) {
      await valueOf(api.createUser({ name, path: '/team/', tags: [{ key: 'Who', value: name }] }));
    }
    const first = await valueOf(api.listUsersPage());
    const second = await valueOf(api.listUsersPage(first.next));
    expect(first.items).toHaveLength(2);
    expect(second.next).toBeUndefined();
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual([
      'bea',
      'cleo',
      'dora',
      'practice-owner',
    ]);
    expect(await valueOf(api.getWholeUser('bea'))).toMatchObject({
      path: '/team/',
      tags: [{ key: 'Who', value: 'bea' }],
    });
    const key = await valueOf(api.createAccessKey('bea'));
    expect(await valueOf(api.getKeyUse(key.accessKeyId))).toEqual({ service: 'N/A', region: 'N/A' });
    await valueOf(small.sts(key).getCallerIdentity());
    expect((await valueOf(api.getKeyUse(key.accessKeyId))).at).toBe(Math.floor(small.clock.now() / 1000) * 1000);
    await valueOf(api.setKeyActive('bea', key.accessKeyId, false));
    expect(await valueOf(api.listKeys('bea'))).toMatchObject([{ accessKeyId: key.accessKeyId, active: false }]);
  });
});
