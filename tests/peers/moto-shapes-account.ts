import { totpCode, totpStep } from '../../main/sandbox/mfa';
import { acceptedBy, reasons } from './moto-reasons';
import type { Server, Step } from './moto-shapes';

const anna = { UserName: 'anna' };
const device = (at: Server) => at.of('make a device', 'VirtualMFADevice.SerialNumber');
const code = (at: Server, steps: number) =>
  totpCode(at.bytesOf('make a device', 'VirtualMFADevice.Base32StringSeed'), totpStep(at.now()) + steps);

const mfa: readonly Step[] = [
  {
    name: 'make a device',
    run: (at) => at.iam.createVirtualMFADevice({ VirtualMFADeviceName: 'phone' }),
    differs: { 'VirtualMFADevice.QRCodePNG': reasons.qrCode },
  },
  { name: 'make the device again', run: (at) => at.iam.createVirtualMFADevice({ VirtualMFADeviceName: 'phone' }) },
  {
    name: 'devices of nobody',
    run: (at) => at.iam.listVirtualMFADevices({ AssignmentStatus: 'Unassigned' }),
    differs: {
      'VirtualMFADevices[].Base32StringSeed': reasons.secretInList,
      'VirtualMFADevices[].QRCodePNG': reasons.secretInList,
    },
  },
  {
    name: 'give Anna the device',
    run: (at) =>
      at.iam.enableMFADevice({
        ...anna,
        SerialNumber: device(at),
        AuthenticationCode1: code(at, -1),
        AuthenticationCode2: code(at, 0),
      }),
  },
  { name: 'Anna’s devices', run: (at) => at.iam.listMFADevices(anna) },
  {
    name: 'devices of somebody',
    run: (at) => at.iam.listVirtualMFADevices({ AssignmentStatus: 'Assigned' }),
    differs: {
      'VirtualMFADevices[].User.UserId': reasons.uniqueId,
      'VirtualMFADevices[].Base32StringSeed': reasons.secretInList,
      'VirtualMFADevices[].QRCodePNG': reasons.secretInList,
    },
  },
  {
    name: 'take the device from Anna',
    run: (at) => at.iam.deactivateMFADevice({ ...anna, SerialNumber: device(at) }),
  },
  { name: 'delete the device', run: (at) => at.iam.deleteVirtualMFADevice({ SerialNumber: device(at) }) },
  { name: 'delete the device again', run: (at) => at.iam.deleteVirtualMFADevice({ SerialNumber: device(at) }) },
];

const account: readonly Step[] = [
  { name: 'no alias', run: (at) => at.iam.listAccountAliases({}), differs: { IsTruncated: reasons.notTruncated } },
  { name: 'an alias', run: (at) => at.iam.createAccountAlias({ AccountAlias: 'shapes-of-answers' }) },
  { name: 'the alias', run: (at) => at.iam.listAccountAliases({}), differs: { IsTruncated: reasons.notTruncated } },
  {
    name: 'a bad alias',
    run: (at) => at.iam.createAccountAlias({ AccountAlias: 'No' }),
    differs: { refusal: acceptedBy('ValidationError', 400) },
  },
  {
    name: 'the keys of the summary',
    run: async (at) => {
      const { SummaryMap = {} } = await at.iam.getAccountSummary({});
      return Object.fromEntries(Object.entries(SummaryMap).map(([name, value]) => [name, typeof value]));
    },
    differs: { AccountPasswordPresent: reasons.passwordPresent },
  },
];

const role = (at: Server) => at.of('make a role', 'Role.Arn');
const sessions: readonly Step[] = [
  {
    name: 'who am I',
    run: (at) => at.sts.getCallerIdentity({}),
    differs: { UserId: reasons.whoAsks, Arn: reasons.whoAsks },
  },
  {
    name: 'assume the role',
    run: (at) => at.sts.assumeRole({ RoleArn: role(at), RoleSessionName: 'shapes', DurationSeconds: 900 }),
    differs: {
      SessionTokenUtilization: reasons.tokenSize,
      SessionTokenSize: reasons.tokenSize,
      PackedPolicySize: reasons.packedSize,
    },
  },
  {
    name: 'assume it for too short',
    run: (at) => at.sts.assumeRole({ RoleArn: role(at), RoleSessionName: 'shapes', DurationSeconds: 899 }),
    differs: { refusal: acceptedBy('ValidationError', 400) },
  },
  {
    name: 'assume it under a bad name',
    run: (at) => at.sts.assumeRole({ RoleArn: role(at), RoleSessionName: 'no spaces' }),
    differs: { refusal: acceptedBy('ValidationError', 400) },
  },
  {
    name: 'a session of my own',
    run: (at) => at.sts.getSessionToken({ DurationSeconds: 900 }),
    differs: { 'Credentials.AccessKeyId': reasons.temporaryKey, 'Credentials.SecretAccessKey': reasons.secretLength },
  },
  { name: 'an unknown key', run: (at) => at.iam.getAccessKeyLastUsed({ AccessKeyId: 'AKIAABSENTABSENTABSE' }) },
];

// The last of all: moto deletes the device, and Anna although she has a key.
const last: readonly Step[] = [
  {
    name: 'make another device',
    run: (at) => at.iam.createVirtualMFADevice({ VirtualMFADeviceName: 'tablet' }),
    differs: { 'VirtualMFADevice.QRCodePNG': reasons.qrCode },
  },
  {
    name: 'give Anna the other device',
    run: (at) => {
      const SerialNumber = at.of('make another device', 'VirtualMFADevice.SerialNumber');
      const seed = at.bytesOf('make another device', 'VirtualMFADevice.Base32StringSeed');
      const step = totpStep(at.now());
      return at.iam.enableMFADevice({
        ...anna,
        SerialNumber,
        AuthenticationCode1: totpCode(seed, step - 1),
        AuthenticationCode2: totpCode(seed, step),
      });
    },
  },
  {
    name: 'delete the device in use',
    run: (at) =>
      at.iam.deleteVirtualMFADevice({ SerialNumber: at.of('make another device', 'VirtualMFADevice.SerialNumber') }),
    differs: { refusal: acceptedBy('DeleteConflictException', 409) },
  },
  {
    name: 'delete Anna with keys',
    run: (at) => at.iam.deleteUser(anna),
    differs: { refusal: acceptedBy('DeleteConflictException', 409) },
  },
];

export const accountSteps: readonly Step[] = [...mfa, ...account, ...sessions, ...last];
