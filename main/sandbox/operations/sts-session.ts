import { authorize, type Call } from '../call';
import { accessDenied, AwsRefusal, validationError } from '../http';
import { checkMfa } from '../mfa';
import type { UserSessionRecord } from '../snapshot';
import { xmlTime, type XmlFields } from '../xml';
import type { Operations } from './operation';
import { usualTokenSize } from './sts-session-content';

/** Seconds: GetSessionToken for users, and the most for an account's root (API reference, GetSessionToken). */
const usualDuration = 43_200;
const longestDuration = 129_600;
const rootDuration = 3600;

const serialRule = { min: 9, max: 256, pattern: { test: /^[\w+=/:,.@-]*$/, shown: '[\\w+=/:,.@-]*' } };
const codeRule = { min: 6, max: 6, pattern: { test: /^[\d]*$/, shown: '[\\d]*' } };

const mfaRefusals = {
  incomplete: 'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
  'unknown-device':
    'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
  'wrong-code': 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
} as const;

/**
 * Whether a code was given, and a good one. A wrong or a used one is access denied (aws-reference §3.3), before anything
 * else is looked at: the conditions on MFA need the answer. Only users have devices here.
 */
export function mfaGiven(call: Call): boolean {
  const { caller, parameters } = call;
  const serialNumber = parameters.optionalText('SerialNumber', serialRule);
  const tokenCode = parameters.optionalText('TokenCode', codeRule);
  if (serialNumber === undefined && tokenCode === undefined) return false;
  const user = caller.kind === 'user' ? caller.user : undefined;
  const outcome = checkMfa(caller.account, user, { serialNumber, tokenCode }, call.secrets, call.now);
  if (outcome !== 'accepted') throw accessDenied(mfaRefusals[outcome]);
  return true;
}

/** Throws RegionDisabledException where STS is switched off (aws-reference §3.3). */
export function checkRegion({ region, trouble }: Call, accountId: string): void {
  if (!trouble.disabledRegions.includes(region)) return;
  throw new AwsRefusal(
    'RegionDisabledException',
    `STS is not activated in this region for account:${accountId}. Your account administrator can activate STS in this region using the IAM Console.`,
    403,
  );
}

/** Needs no permission, and no policy can forbid it (IAM User Guide, "Permissions for GetSessionToken"). */
function getSessionToken(call: Call): XmlFields {
  const { caller, now, parameters, secrets, state } = call;
  const asked = parameters.optionalInteger('DurationSeconds', 900, longestDuration) ?? usualDuration;
  if (caller.kind === 'session' || caller.temporary !== undefined)
    throw accessDenied('Cannot call GetSessionToken with session credentials');
  const withMfa = mfaGiven(call);
  checkRegion(call, caller.account.id);
  const issuedAt = Math.floor(now / 1000) * 1000;
  const seconds = caller.kind === 'root' ? Math.min(asked, rootDuration) : asked;
  const session: UserSessionRecord = {
    accessKeyId: state.newId('ASIA'),
    accountId: caller.account.id,
    ...(caller.kind === 'user' ? { user: { id: caller.user.id, name: caller.user.name } } : {}),
    issuedAt,
    expiresAt: issuedAt + seconds * 1000,
    ...(withMfa ? { mfaAt: now } : {}),
    tokenSize: usualTokenSize,
  };
  state.addUserSession(session);
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: secrets.secretAccessKey(session.accessKeyId),
      SessionToken: secrets.sessionToken(session.accessKeyId, session.tokenSize),
      Expiration: xmlTime(session.expiresAt),
    },
  };
}

function getAccessKeyInfo(call: Call): XmlFields {
  const id = call.parameters.text('AccessKeyId', {
    min: 16,
    max: 128,
    pattern: { test: /^\w*$/, shown: '[\\w]*' },
  });
  authorize(call, 'sts:GetAccessKeyInfo', '*');
  const owner = call.state.ownerOfKey(id);
  // AWS reads the account out of the identifier, whether the key lives or not; ours do not carry it.
  if (owner === undefined) throw validationError(`The practice sandbox does not know the access key ${id}.`);
  return { Account: 'session' in owner ? owner.session.accountId : owner.account.id };
}

export const stsSessionOperations: Operations = {
  GetSessionToken: getSessionToken,
  GetAccessKeyInfo: getAccessKeyInfo,
  // No operation of the sandbox encodes its refusal, so no message can be one of its own.
  DecodeAuthorizationMessage: (call) => {
    call.parameters.text('EncodedMessage', { min: 1, max: 10_240 });
    authorize(call, 'sts:DecodeAuthorizationMessage', '*');
    throw new AwsRefusal('InvalidAuthorizationMessageException', 'Message is not valid', 400);
  },
};
