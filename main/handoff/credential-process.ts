import {
  credentialProcessExits,
  endOf,
  renewBeforeMs,
  type CredentialProcessEnd,
} from '../../core/domain/credential-process';
import type { AppError } from '../../core/app-error';
import type { Workspace } from '../../core/domain/limits';
import { isRenewable } from '../../core/domain/renewal';
import type { Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import { findProfile, findSession, type Found, type SessionOnDisk } from './session-files';

/** Secret: for the tool that asked, and nobody else. `expiration` in milliseconds since the epoch. */
export type ProcessCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: number;
};

export type CredentialProcessPorts = {
  readonly userData: string;
  readonly clock: Clock;
  /** reads the keychain anew at each call; undefined for what it does not hand out */
  readonly readCredentials: (sessionId: string) => Promise<Result<ProcessCredentials | undefined>>;
  /** asks AWS for new credentials and keeps them. Loads what that needs; only one process at a time calls it */
  readonly renew: (workspace: Workspace, session: SessionOnDisk) => Promise<Result<ProcessCredentials>>;
  /** a line of the audit log; when it cannot be written nothing is handed out */
  readonly onGiven: (workspace: Workspace, profileName: string, sessionId: string) => Result<unknown>;
  /** undefined while another process renews this session */
  readonly lock: (workspace: Workspace, sessionId: string) => Promise<Result<(() => void) | undefined>>;
};

/** `stdout` is secret. Of the other kind `line` goes to stderr, and holds none. */
export type CredentialProcessOutcome =
  { readonly exit: 0; readonly stdout: string } | { readonly exit: number; readonly line: string };

/** Milliseconds for which others' renewing is waited for. */
const patienceMs = 60_000;

/**
 * What a tool that asks for the credentials of a profile is answered: those in the keychain, renewed before where the
 * session may be and has under five minutes left. Of all processes that find that at the same moment one asks AWS.
 */
export async function answerCredentialProcess(
  profileId: string,
  ports: CredentialProcessPorts,
): Promise<CredentialProcessOutcome> {
  const found = findProfile(ports.userData, profileId);
  if (found === undefined) {
    return ended('unknown-profile', 'No profile of Sallyport has this id. Remove the profile, or make it again there.');
  }
  const outcome = await findCredentials(found, ports);
  if (!('stdout' in outcome)) return outcome;
  const written = ports.onGiven(found.workspace, found.profile.name, found.profile.sessionId);
  return written.ok ? outcome : failed(written.error);
}

async function findCredentials(found: Found, ports: CredentialProcessPorts): Promise<CredentialProcessOutcome> {
  const { userData, clock } = ports;
  const { workspace, profile } = found;
  const begun = clock.monotonic();
  let { session } = found;
  for (;;) {
    const over = whyOver(session, profile.name);
    if (over !== undefined || session === undefined) return over ?? ended('unexpected', 'No session was found.');
    const kept = await ports.readCredentials(session.id);
    const now = clock.now();
    const live = kept.ok && kept.value !== undefined && kept.value.expiration > now ? kept.value : undefined;
    const mayRenew = session.renewal === 'automatic' && session.request.mfaSerial === undefined;
    if (live !== undefined && (!mayRenew || live.expiration > now + renewBeforeMs)) return given(live, session);
    if (!kept.ok) return failed(kept.error);
    // another process may have renewed it many times since the app, which is not running, wrote its record
    const expiresAt = Math.max(session.expiresAt, kept.value?.expiration ?? 0);
    if (!isRenewable({ ...session, expiresAt }, now)) {
      if (live !== undefined) return given(live, session);
      return whyNotRenewed({ ...session, expiresAt }, profile.name, now);
    }
    if (workspace === 'practice') {
      if (live !== undefined) return given(live, session);
      return ended('app-needed', `The practice session of “${profile.name}” is over. Open Sallyport to renew it.`);
    }
    const lock = await ports.lock(workspace, session.id);
    if (!lock.ok) return live === undefined ? failed(lock.error) : given(live, session);
    if (lock.value === undefined) {
      if (clock.monotonic() - begun > patienceMs) {
        return live === undefined
          ? ended('unexpected', 'Another program is renewing this session and does not come to an end. Try again.')
          : given(live, session);
      }
      await clock.wait(60 + 60 * Math.random());
    } else {
      try {
        return await renewAlone(ports, workspace, session, live);
      } finally {
        lock.value();
      }
    }
    session = findSession(userData, workspace, session.id);
  }
}

/** Under the lock: somebody else may have been here between the look and the lock. */
async function renewAlone(
  ports: CredentialProcessPorts,
  workspace: Workspace,
  session: SessionOnDisk,
  live: ProcessCredentials | undefined,
): Promise<CredentialProcessOutcome> {
  const again = await ports.readCredentials(session.id);
  if (!again.ok) return failed(again.error);
  if (again.value !== undefined && again.value.expiration > ports.clock.now() + renewBeforeMs) {
    return given(again.value, session);
  }
  const renewed = await ports.renew(workspace, session);
  if (renewed.ok) return given(renewed.value, session);
  // what is still good for minutes is better than nothing
  return live === undefined ? failed(renewed.error) : given(live, session);
}

function whyOver(session: SessionOnDisk | undefined, name: string): CredentialProcessOutcome | undefined {
  if (session === undefined) {
    return ended('session-over', `The session of “${name}” is over. Start a new one in Sallyport.`);
  }
  switch (session.end?.how) {
    case undefined:
      return undefined;
    case 'expired':
      return ended('expired', `The session of “${name}” has expired. Start a new one in Sallyport.`);
    case 'ended-here':
      return ended('session-over', `The session of “${name}” was ended in Sallyport. Start a new one there.`);
    case 'revoked':
      return ended('session-over', `Access of “${name}” was revoked. Sallyport hands out nothing for it any more.`);
  }
}

function whyNotRenewed(session: SessionOnDisk, name: string, now: number): CredentialProcessOutcome {
  if (session.expiresAt > now) {
    return session.credentials === 'memory'
      ? ended(
          'keychain',
          `The credentials of “${name}” are in Sallyport’s memory only. Use another way to hand them on.`,
        )
      : ended('keychain', `The keychain did not hand out the credentials of “${name}”. Unlock it and try again.`);
  }
  if (session.trouble !== undefined && session.trouble.nextTryAt === undefined) {
    return ended('aws-refused', `The session of “${name}” could not be renewed. Open Sallyport to see why.`);
  }
  if (session.request.mfaSerial !== undefined) {
    return ended('mfa-needed', `The session of “${name}” has expired. Renew it in Sallyport with an MFA code.`);
  }
  return ended('expired', `The session of “${name}” has expired. Renew it in Sallyport.`);
}

/**
 * Minified: some SDKs cut the output at 1,024 bytes (aws-reference §8.1). `AccountId` is read by the JS SDK, which then
 * need not ask.
 */
function given(credentials: ProcessCredentials, session: SessionOnDisk): CredentialProcessOutcome {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials;
  return {
    exit: 0,
    stdout: JSON.stringify({
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: new Date(expiration).toISOString(),
      AccountId: session.accountId,
    }),
  };
}

function failed(error: AppError): CredentialProcessOutcome {
  return ended(endOf(error.kind), `${error.message} ${error.whatToDo}`);
}

/** SECURITY(S-13): our own words only, on one line; an error's `detail` is not among them. */
function ended(end: CredentialProcessEnd, words: string): CredentialProcessOutcome {
  return { exit: credentialProcessExits[end], line: `sallyport: ${words.replaceAll(/\s+/g, ' ').trim()}` };
}
