import { generateKeyPairSync } from 'node:crypto';
import {
  CreateLoginProfileCommand,
  CreateServiceSpecificCredentialCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  UploadSSHPublicKeyCommand,
} from '@aws-sdk/client-iam';
import type { IdentityAct, Removal, Rotation } from '../../core/domain/identity-acts';
import type { AwsCredentials, IamApi } from '../../main/aws/aws-api';
import { createAws } from '../../main/aws/create-aws';
import { totpCode, totpStep } from '../../main/sandbox/mfa';
import { administratorAccess, fixed, policy, sandboxEnvironment, valueOf } from './practice';
import { bareIam } from './sdk';
import { newWorld, until, type World } from './workspace-world';

export const ownerSource = 'practice-owner';
export const ownerAccount = '222233334444';

/** IAM in the owner's account, past the world's wire: what is really there. */
export function iamThere(world: World, credentials: AwsCredentials = world.sandbox.identity('owner')): IamApi {
  const aws = createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' });
  return aws.iam(sandboxEnvironment, fixed(credentials));
}

/** Whether AWS takes the key. */
export async function worksThere(world: World, key: AwsCredentials): Promise<boolean> {
  const aws = createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' });
  return (await aws.sts(sandboxEnvironment, fixed(key)).getCallerIdentity()).ok;
}

export type WithUser = { readonly world: World; readonly iam: IamApi; readonly key: AwsCredentials };

/** The practice world with the user “anna” and one key of hers. */
export async function withAnna(): Promise<WithUser> {
  const world = newWorld();
  const iam = iamThere(world);
  await valueOf(iam.createUser({ name: 'anna', path: '/team/', tags: [] }));
  return { world, iam, key: await valueOf(iam.createAccessKey('anna')) };
}

/** Made once: it takes a while. */
const { publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** Everything that can hang on a user, on anna. */
export async function dressed({ iam, world }: WithUser): Promise<void> {
  const bare = bareIam(world.sandbox, world.clock, world.sandbox.identity('owner'));
  await valueOf(iam.createAccessKey('anna'));
  await bare.send(new CreateLoginProfileCommand({ UserName: 'anna', Password: 'Long enough 1' }));
  const { VirtualMFADevice } = await bare.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'anna' }));
  const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString('utf8');
  const now = totpStep(world.clock.now());
  await bare.send(
    new EnableMFADeviceCommand({
      ...{ UserName: 'anna', SerialNumber: VirtualMFADevice?.SerialNumber },
      ...{ AuthenticationCode1: totpCode(seed, now - 1), AuthenticationCode2: totpCode(seed, now) },
    }),
  );
  await valueOf(iam.createGroup({ name: 'team', path: '/' }));
  await valueOf(iam.addUserToGroup('anna', 'team'));
  await valueOf(iam.attachUserPolicy('anna', administratorAccess));
  await valueOf(iam.putUserPolicy('anna', 'Own', policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' })));
  await bare.send(new UploadSSHPublicKeyCommand({ UserName: 'anna', SSHPublicKeyBody: publicKey }));
  await bare.send(
    new CreateServiceSpecificCredentialCommand({ UserName: 'anna', ServiceName: 'codecommit.amazonaws.com' }),
  );
}

export function actOf(world: World, actId: string): IdentityAct {
  const act = world.workspace.identities.find(actId);
  if (act === undefined) throw new Error('There is no such record');
  return act;
}

const isAtRest = (act: IdentityAct): boolean =>
  act.kind === 'rotation' ? !act.busy : act.state !== 'running' && act.state !== 'undoing';

/** Lets time pass until nothing is being done for it. */
export async function atRest(world: World, actId: string): Promise<IdentityAct> {
  await until(world, () => isAtRest(actOf(world, actId)), 1000);
  return actOf(world, actId);
}

export async function rotationAtRest(world: World, actId: string): Promise<Rotation> {
  const act = await atRest(world, actId);
  if (act.kind !== 'rotation') throw new Error(act.kind);
  return act;
}

export async function removalAtRest(world: World, actId: string): Promise<Removal> {
  const act = await atRest(world, actId);
  if (act.kind !== 'removal') throw new Error(act.kind);
  return act;
}
