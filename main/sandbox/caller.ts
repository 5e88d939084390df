import type { PolicyCaller } from '../../core/domain/policy-evaluation';
import type { SandboxRequest } from './http';
import type { SessionRecord, UserRecord, UserSessionRecord } from './snapshot';
import { userArn } from './arns';
import type { Account } from './state';

/** Who signed the request. */
export type Caller =
  | {
      readonly kind: 'user';
      readonly account: Account;
      readonly user: UserRecord;
      readonly accessKeyId: string;
      /** The credentials are from GetSessionToken. */
      readonly temporary?: UserSessionRecord;
    }
  | {
      readonly kind: 'root';
      readonly account: Account;
      readonly accessKeyId: string;
      readonly temporary?: UserSessionRecord;
    }
  | {
      readonly kind: 'session';
      readonly account: Account;
      readonly session: SessionRecord;
      readonly accessKeyId: string;
    };

/** As GetCallerIdentity tells it, and as refusals name the caller. */
export function callerArn(caller: Caller): string {
  switch (caller.kind) {
    case 'user':
      return userArn(caller.account.id, caller.user);
    case 'root':
      return `arn:aws:iam::${caller.account.id}:root`;
    case 'session':
      return `arn:aws:sts::${caller.account.id}:assumed-role/${caller.session.roleName}/${caller.session.sessionName}`;
  }
}

/** `aws:userid`: a user's ID, `AROA…:session`, or the account's ID for its root. */
export function callerUserId(caller: Caller): string {
  switch (caller.kind) {
    case 'user':
      return caller.user.id;
    case 'root':
      return caller.account.id;
    case 'session':
      return `${caller.session.roleId}:${caller.session.sessionName}`;
  }
}

export function policyCaller(caller: Caller): PolicyCaller {
  const base = { accountId: caller.account.id, arn: callerArn(caller) };
  switch (caller.kind) {
    case 'user':
      return { ...base, kind: 'user', uniqueId: caller.user.id };
    case 'root':
      return { ...base, kind: 'root' };
    case 'session':
      return { ...base, kind: 'role-session', roleArn: caller.session.roleArn, uniqueId: caller.session.roleId };
  }
}

function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/**
 * The condition keys every request has (IAM User Guide, "AWS global condition context keys"), in lower case.
 * `aws:MultiFactorAuthPresent` is absent for long-term keys, and false in a role's session even when a code opened it:
 * what AssumeRole gives carries nothing of it ("Configuring MFA-protected API access"). `aws:SecureTransport` is true also on loopback, where a
 * real endpoint would have TLS.
 */
export function requestContext(
  caller: Caller,
  request: SandboxRequest,
  region: string,
  now: number,
): Map<string, readonly string[]> {
  const context = new Map<string, readonly string[]>([
    ['aws:currenttime', [isoSeconds(now)]],
    ['aws:epochtime', [String(Math.floor(now / 1000))]],
    ['aws:sourceip', [request.sourceIp ?? '127.0.0.1']],
    ['aws:securetransport', ['true']],
    ['aws:viaawsservice', ['false']],
    ['aws:principalisawsservice', ['false']],
    ['aws:requestedregion', [region]],
    ['aws:principalaccount', [caller.account.id]],
    ['aws:principalarn', [caller.kind === 'session' ? caller.session.roleArn : callerArn(caller)]],
    ['aws:principaltype', [caller.kind === 'user' ? 'User' : caller.kind === 'root' ? 'Account' : 'AssumedRole']],
    ['aws:userid', [callerUserId(caller)]],
  ]);
  const agent = request.headers['user-agent'];
  if (agent !== undefined) context.set('aws:useragent', [agent]);
  if (caller.kind === 'user') {
    context.set('aws:username', [caller.user.name]);
    for (const tag of caller.user.tags) context.set(`aws:principaltag/${tag.key.toLowerCase()}`, [tag.value]);
  }
  if (caller.kind !== 'session' && caller.temporary !== undefined) {
    const { issuedAt, mfaAt } = caller.temporary;
    context.set('aws:tokenissuetime', [isoSeconds(issuedAt)]);
    context.set('aws:multifactorauthpresent', [String(mfaAt !== undefined)]);
    if (mfaAt !== undefined) context.set('aws:multifactorauthage', [String(Math.floor((now - mfaAt) / 1000))]);
  }
  if (caller.kind === 'session') {
    const { session } = caller;
    context.set('aws:tokenissuetime', [isoSeconds(session.issuedAt)]);
    context.set('aws:multifactorauthpresent', ['false']);
    if (session.sourceIdentity !== undefined) context.set('aws:sourceidentity', [session.sourceIdentity]);
    const role = [...caller.account.roles.values()].find((item) => item.id === session.roleId);
    for (const tag of [...(role?.tags ?? []), ...session.tags]) {
      context.set(`aws:principaltag/${tag.key.toLowerCase()}`, [tag.value]);
    }
  }
  return context;
}
