import type { AppError, Remedy } from '../../core/app-error';
import { networkError } from './network-error';
import { toAppError } from './to-app-error';

/** A profile's name that can stand in a shell command as it is. */
const plainName = /^[A-Za-z0-9_.@-]+$/;

/** Why a profile gave no credentials. The SDK's texts name files and profiles, never keys. */
export function profileError(error: unknown, profile: string): AppError {
  const text = error instanceof Error ? error.message : '';
  const answered = error instanceof Error && '$metadata' in error;
  // what the SDK says of aws login, and of nothing else
  const refusesLogin = /reauthenticate/i.test(text);
  const needsSignIn =
    refusesLogin ||
    (/sso|token.*expired|expired.*token|login/i.test(text) &&
      /expired|sign|login|invalid|refresh|failed to load token/i.test(text));
  if (/CreateOAuth2Token/.test(text)) {
    const error = failure(
      'access-denied',
      `AWS does not let the sign-in of the profile “${profile}” be renewed.`,
      'Have AWS’s policy SignInLocalDevelopmentAccess attached to whom you sign in as, then sign in again.',
      [{ kind: 'retry' }, { kind: 'choose-source' }],
      text,
    );
    return { ...error, whatDidNotChange: asked };
  }
  if (needsSignIn) {
    const isLogin = refusesLogin || /aws login|login\/cache/i.test(text);
    const command = `aws ${isLogin ? 'login' : 'sso login'} --profile ${profile}`;
    const remedies: Remedy[] = [
      ...(plainName.test(profile)
        ? [{ kind: 'copy-text' as const, label: 'Copy the sign-in command', text: command }]
        : []),
      { kind: 'retry' },
      { kind: 'choose-source' },
    ];
    const error = failure(
      'credentials-expired',
      `The sign-in of the profile “${profile}” has expired.`,
      `Sign in again (${command}), then try again.`,
      remedies,
      text,
    );
    return refusesLogin ? { ...error, whatDidNotChange: asked } : error;
  }
  if (answered || networkError(error) !== undefined) {
    // The profile's own call to STS or Identity Center failed.
    return toAppError(error, { name: 'AssumeRole', changes: false });
  }
  if (/mfa/i.test(text)) {
    return failure(
      'credentials-missing',
      `The profile “${profile}” asks for an MFA code, which nobody can enter while it is used.`,
      'Import its role as a connection: a session then asks for the code. Or choose a profile without mfa_serial.',
      [{ kind: 'choose-source' }],
      text,
    );
  }
  return failure(
    'credentials-missing',
    `The profile “${profile}” gives no credentials.`,
    'Check the profile in ~/.aws, or choose another source.',
    [{ kind: 'retry' }, { kind: 'choose-source' }],
    text,
  );
}

/** AWS was asked to renew a sign-in, which changes nothing in an account. */
const asked = 'Nothing was changed: AWS was only asked to renew the sign-in.';

function failure(
  kind: AppError['kind'],
  message: string,
  whatToDo: string,
  remedies: Remedy[],
  detail: string,
): AppError {
  return {
    kind,
    message: message.slice(0, 1000),
    whatDidNotChange: 'Nothing was sent to AWS.',
    whatToDo: whatToDo.slice(0, 1000),
    retryable: true,
    remedies,
    ...(detail === '' ? {} : { detail: detail.slice(0, 4000) }),
  };
}
