import { userArn } from '../arns';
import { authorize, type Call } from '../call';
import { AwsRefusal, noSuchEntity } from '../http';
import { paginate } from '../parameters';
import type { UserRecord } from '../snapshot';
import { xmlTime } from '../xml';
import { iamQuotas } from './iam-quotas';
import { findUser, limitExceeded, targetUserArn, userNameOrCaller } from './iam-shared';
import type { Operations } from './operation';

const keyIdRule = { min: 16, max: 128, pattern: { test: /^\w+$/, shown: '[\\w]+' } };

const missing = (id: string): AwsRefusal => noSuchEntity(`The Access Key with id ${id} cannot be found.`);

function authorizedUser(call: Call, action: string): UserRecord {
  // An account's root may leave the name out for its own keys; those are not offered here.
  if (call.caller.kind === 'root' && call.parameters.raw('UserName') === undefined) {
    throw new AwsRefusal(
      'ValidationError',
      'The practice sandbox does not offer the keys of an account’s root: name a user.',
      400,
    );
  }
  const name = userNameOrCaller(call);
  authorize(call, action, targetUserArn(call, name));
  return findUser(call, name);
}

function keyOf(user: UserRecord, id: string): UserRecord['accessKeys'][number] {
  const key = user.accessKeys.find((item) => item.id === id);
  if (key === undefined) throw missing(id);
  return key;
}

export const iamAccessKeyOperations: Operations = {
  // The secret is in this answer and in no later one.
  CreateAccessKey: (call) => {
    const user = authorizedUser(call, 'iam:CreateAccessKey');
    if (user.accessKeys.length >= iamQuotas.AccessKeysPerUserQuota)
      throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${String(iamQuotas.AccessKeysPerUserQuota)}`);
    const key = { id: call.state.newId('AKIA'), status: 'Active' as const, createdAt: call.now };
    call.state.addAccessKey(call.caller.account, user, key);
    return {
      AccessKey: {
        UserName: user.name,
        AccessKeyId: key.id,
        Status: key.status,
        SecretAccessKey: call.secrets.secretAccessKey(key.id),
        CreateDate: xmlTime(key.createdAt),
      },
    };
  },
  ListAccessKeys: (call) => {
    const user = authorizedUser(call, 'iam:ListAccessKeys');
    const page = paginate(call.parameters, user.accessKeys, (key) => key.id);
    return {
      UserName: user.name,
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      AccessKeyMetadata: page.items.map((key) => ({
        UserName: user.name,
        AccessKeyId: key.id,
        Status: key.status,
        CreateDate: xmlTime(key.createdAt),
      })),
    };
  },
  UpdateAccessKey: (call) => {
    const id = call.parameters.text('AccessKeyId', keyIdRule);
    const status = call.parameters.choice('Status', ['Active', 'Inactive', 'Expired']);
    const user = authorizedUser(call, 'iam:UpdateAccessKey');
    if (status === 'Expired') throw new AwsRefusal('InvalidInput', 'A key cannot be made Expired.', 400);
    keyOf(user, id).status = status;
    return undefined;
  },
  DeleteAccessKey: (call) => {
    const id = call.parameters.text('AccessKeyId', keyIdRule);
    const user = authorizedUser(call, 'iam:DeleteAccessKey');
    keyOf(user, id);
    call.state.removeAccessKey(user, id);
    return undefined;
  },
  GetAccessKeyLastUsed: (call) => {
    const id = call.parameters.text('AccessKeyId', keyIdRule);
    const { account } = call.caller;
    const user = [...account.users.values()].find((item) => item.accessKeys.some((key) => key.id === id));
    authorize(call, 'iam:GetAccessKeyLastUsed', user === undefined ? '*' : userArn(account.id, user));
    if (user === undefined) throw missing(id);
    const { lastUsed } = keyOf(user, id);
    return {
      UserName: user.name,
      // Never used: no date, and "N/A" for the rest (API reference, AccessKeyLastUsed).
      AccessKeyLastUsed:
        lastUsed === undefined
          ? { ServiceName: 'N/A', Region: 'N/A' }
          : { LastUsedDate: xmlTime(lastUsed.at), ServiceName: lastUsed.service, Region: lastUsed.region },
    };
  },
};
