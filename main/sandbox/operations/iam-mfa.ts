import { mfaDeviceArn, userArn } from '../arns';
import { authorize, type Call } from '../call';
import { AwsRefusal, noSuchEntity } from '../http';
import { acceptConsecutive, devicesOf } from '../mfa';
import { paginate } from '../parameters';
import type { MfaDeviceRecord } from '../snapshot';
import { xmlTime } from '../xml';
import { mfaDevicesPerUserQuota } from './iam-quotas';
import {
  alreadyExists,
  conflict,
  entityNameRule,
  findUser,
  limitExceeded,
  readPath,
  targetUserArn,
  userNameOrCaller,
} from './iam-shared';
import type { Operations } from './operation';

const serialRule = { min: 9, max: 256, pattern: { test: /^[\w+=/:,.@-]+$/, shown: '[\\w+=/:,.@-]+' } };
const codeRule = { min: 6, max: 6, pattern: { test: /^[\d]+$/, shown: '[\\d]+' } };
const deviceNameRule = { min: 1, max: 226, pattern: entityNameRule.pattern };

function findDevice(call: Call, serialNumber: string): MfaDeviceRecord {
  const device = call.caller.account.mfaDevices.get(serialNumber);
  if (device === undefined) throw noSuchEntity(`VirtualMFADevice with serial number ${serialNumber} doesn't exist.`);
  return device;
}

export const iamMfaOperations: Operations = {
  // The seed is in this answer and in no later one. The picture that AWS sends beside it is not offered.
  CreateVirtualMFADevice: (call) => {
    const { account } = call.caller;
    const name = call.parameters.text('VirtualMFADeviceName', deviceNameRule);
    const path = readPath(call);
    const serialNumber = mfaDeviceArn(account.id, { path, name });
    authorize(call, 'iam:CreateVirtualMFADevice', serialNumber);
    if (account.mfaDevices.has(serialNumber))
      throw alreadyExists('MFADevice entity at the same path and name already exists.');
    const device: MfaDeviceRecord = { name, path, id: call.state.newId('MFA'), createdAt: call.now };
    account.mfaDevices.set(serialNumber, device);
    return {
      VirtualMFADevice: {
        SerialNumber: serialNumber,
        // Base32 text, and blobs travel in base64 besides.
        Base32StringSeed: Buffer.from(call.secrets.mfaSeed(device.id)).toString('base64'),
      },
    };
  },
  EnableMFADevice: (call) => {
    const { account } = call.caller;
    const userName = call.parameters.text('UserName', entityNameRule);
    const serialNumber = call.parameters.text('SerialNumber', serialRule);
    const codes = [
      call.parameters.text('AuthenticationCode1', codeRule),
      call.parameters.text('AuthenticationCode2', codeRule),
    ] as const;
    authorize(call, 'iam:EnableMFADevice', targetUserArn(call, userName));
    const user = findUser(call, userName);
    const device = findDevice(call, serialNumber);
    if (device.enabledFor !== undefined) throw alreadyExists('MFA Device is already in use.');
    if (devicesOf(account, user).length >= mfaDevicesPerUserQuota)
      throw limitExceeded(`Cannot exceed quota for MFADevicesPerUser: ${String(mfaDevicesPerUserQuota)}`);
    if (!acceptConsecutive(device, codes, call.secrets, call.now))
      throw new AwsRefusal('InvalidAuthenticationCode', 'Authentication code for device is not valid.', 403);
    device.enabledFor = user.id;
    device.enabledAt = call.now;
    return undefined;
  },
  DeactivateMFADevice: (call) => {
    const serialNumber = call.parameters.text('SerialNumber', serialRule);
    const userName = userNameOrCaller(call);
    authorize(call, 'iam:DeactivateMFADevice', targetUserArn(call, userName));
    const user = findUser(call, userName);
    const device = findDevice(call, serialNumber);
    if (device.enabledFor !== user.id)
      throw noSuchEntity(`MFA device ${serialNumber} is not enabled for user ${user.name}.`);
    delete device.enabledFor;
    delete device.enabledAt;
    return undefined;
  },
  DeleteVirtualMFADevice: (call) => {
    const serialNumber = call.parameters.text('SerialNumber', serialRule);
    authorize(call, 'iam:DeleteVirtualMFADevice', serialNumber);
    const device = findDevice(call, serialNumber);
    if (device.enabledFor !== undefined) throw conflict('MFA VirtualDevice is in use.');
    call.caller.account.mfaDevices.delete(serialNumber);
    return undefined;
  },
  ListMFADevices: (call) => {
    const { account } = call.caller;
    const name = userNameOrCaller(call);
    authorize(call, 'iam:ListMFADevices', targetUserArn(call, name));
    const user = findUser(call, name);
    const page = paginate(call.parameters, devicesOf(account, user), (device) => mfaDeviceArn(account.id, device));
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      MFADevices: page.items.map((device) => ({
        UserName: user.name,
        SerialNumber: mfaDeviceArn(account.id, device),
        EnableDate: xmlTime(device.enabledAt ?? device.createdAt),
      })),
    };
  },
  ListVirtualMFADevices: (call) => {
    const { account } = call.caller;
    const status = call.parameters.optionalChoice('AssignmentStatus', ['Assigned', 'Unassigned', 'Any']) ?? 'Any';
    authorize(call, 'iam:ListVirtualMFADevices', `arn:aws:iam::${account.id}:mfa/`);
    const devices = [...account.mfaDevices.values()].filter(
      (device) => status === 'Any' || (status === 'Assigned') === (device.enabledFor !== undefined),
    );
    const page = paginate(call.parameters, devices, (device) => mfaDeviceArn(account.id, device));
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      VirtualMFADevices: page.items.map((device) => {
        const user = [...account.users.values()].find((item) => item.id === device.enabledFor);
        return {
          SerialNumber: mfaDeviceArn(account.id, device),
          ...(user === undefined
            ? {}
            : {
                User: {
                  Path: user.path,
                  UserName: user.name,
                  UserId: user.id,
                  Arn: userArn(account.id, user),
                  CreateDate: xmlTime(user.createdAt),
                },
                EnableDate: xmlTime(device.enabledAt ?? device.createdAt),
              }),
        };
      }),
    };
  },
};
