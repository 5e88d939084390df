import { timingSafeEqual } from 'node:crypto';
import type { Caller } from './caller';
import { accessDenied, SignatureRefusal, type SandboxRequest } from './http';
import type { SandboxSecrets } from './secrets';
import { firstOf, readSignature, verifySignature, type Signature } from './sigv4';
import type { KeyOwner, SandboxState } from './state';

const invalidToken = (reason: 'unknown-key' | 'token'): SignatureRefusal =>
  new SignatureRefusal(reason, 'InvalidClientTokenId', 'The security token included in the request is invalid.');

function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

export type Authenticated = {
  readonly caller: Caller;
  readonly signature: Signature;
  /** The request with its body as it was meant, where it came in signed chunks. */
  readonly request: SandboxRequest;
};

/** Who signed the request. Throws AWS's refusals for keys, tokens, times and signatures that do not hold. `now` in ms. */
export function authenticate(
  request: SandboxRequest,
  state: SandboxState,
  secrets: SandboxSecrets,
  now: number,
): Authenticated {
  const signature = readSignature(request);
  if (signature === undefined) {
    throw new SignatureRefusal('unsigned', 'MissingAuthenticationToken', 'Request is missing Authentication Token');
  }
  const owner = state.ownerOfKey(signature.accessKeyId);
  const caller = owner === undefined ? undefined : callerOf(owner, signature.accessKeyId, state);
  // How AWS words it for a closed account's credentials could not be confirmed.
  if (owner === undefined || caller === undefined || caller.account.closedAt !== undefined)
    throw invalidToken('unknown-key');
  const token = request.headers['x-amz-security-token'] ?? firstOf(request.query, 'X-Amz-Security-Token');
  checkToken(token, owner, signature.accessKeyId, secrets);
  const read = verifySignature(request, signature, secrets.secretAccessKey(signature.accessKeyId), now);
  if ('session' in owner && owner.session.expiresAt <= now) {
    throw new SignatureRefusal(
      'expired-token',
      'ExpiredToken',
      'The security token included in the request is expired',
    );
  }
  return { caller, signature, request: read };
}

function callerOf(owner: KeyOwner, accessKeyId: string, state: SandboxState): Caller | undefined {
  if (owner.kind === 'session') {
    const account = state.accounts.get(owner.session.accountId);
    return account === undefined ? undefined : { kind: 'session', account, session: owner.session, accessKeyId };
  }
  if (owner.kind === 'user-session') {
    const { session: temporary } = owner;
    const account = state.accounts.get(temporary.accountId);
    if (account === undefined) return undefined;
    if (temporary.user === undefined) return { kind: 'root', account, accessKeyId, temporary };
    const user = account.users.get(temporary.user.name.toLowerCase());
    // The user must be the one that asked, not a later one by the same name.
    return user?.id === temporary.user.id ? { kind: 'user', account, user, accessKeyId, temporary } : undefined;
  }
  if (!owner.active) return undefined;
  return owner.kind === 'root'
    ? { kind: 'root', account: owner.account, accessKeyId }
    : { kind: 'user', account: owner.account, user: owner.user, accessKeyId };
}

/** Sessions need their own token with them; long-term keys must not have one. */
function checkToken(token: string | undefined, owner: KeyOwner, accessKeyId: string, secrets: SandboxSecrets): void {
  if (!('session' in owner)) {
    if (token !== undefined && token !== '') throw invalidToken('token');
    return;
  }
  if (token === undefined || !sameText(token, secrets.sessionToken(accessKeyId, owner.session.tokenSize)))
    throw invalidToken('token');
}

/**
 * What GetSessionToken's credentials may not call: nothing of IAM without a code, and of STS only AssumeRole and
 * GetCallerIdentity (API reference, GetSessionToken). IAM answers as if the token were unknown.
 */
export function checkTemporary(caller: Caller, service: string, action: string): void {
  if (caller.kind === 'session' || caller.temporary === undefined) return;
  if (service === 'iam' && caller.temporary.mfaAt === undefined) throw invalidToken('token');
  if (service === 'sts' && action !== 'AssumeRole' && action !== 'GetCallerIdentity')
    throw accessDenied(`Cannot call ${action} with session credentials`);
}
