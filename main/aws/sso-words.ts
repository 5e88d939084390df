import type { AppError, Remedy } from '../../core/app-error';
import { retry } from './error-words';
import type { Grant } from './sso-api';

type Words = Pick<AppError, 'kind' | 'message' | 'whatToDo' | 'retryable'> & { readonly remedies?: readonly Remedy[] };

const notSignedIn = 'Nobody was signed in, and nothing was changed.';

/** Every exception of the two models, by its name; what is not of them has its words already [model:sso-oidc, model:sso]. */
function wordsOf({ code = '', reason }: AppError): Words | undefined {
  switch (code.replace(/Exception$/, '')) {
    case 'Unauthorized':
      return {
        kind: 'credentials-expired',
        message: 'The sign-in to IAM Identity Center has ended.',
        whatToDo: 'Sign in again.',
        retryable: false,
      };
    case 'InvalidClient':
    case 'UnauthorizedClient':
      return {
        kind: 'credentials-expired',
        message: 'AWS no longer knows this app’s registration with IAM Identity Center.',
        whatToDo: 'Sign in again. Sallyport then registers anew.',
        retryable: true,
      };
    case 'InvalidRequest':
      return reason?.startsWith('KMS_') === true
        ? keyTrouble
        : {
            kind: 'validation-refused',
            message: 'IAM Identity Center did not accept the request. The start URL may be of another Region.',
            whatToDo: 'Compare the start URL and the Region with what your administrator, or aws configure sso, has.',
            retryable: false,
          };
    case 'InvalidRequestRegion':
      return {
        kind: 'validation-refused',
        message: 'This Identity Center is in another Region.',
        whatToDo: 'Choose the Region that your administrator has set it up in.',
        retryable: false,
      };
    case 'ResourceNotFound':
      return {
        kind: 'no-such-entity',
        message: 'IAM Identity Center has no such account or role for you.',
        whatToDo: 'Your assignment may have been taken back. Choose another role, or ask your administrator.',
        retryable: false,
      };
    case 'Forbidden':
      return {
        kind: 'access-denied',
        message: 'You are no longer assigned to this role in IAM Identity Center.',
        whatToDo: 'Choose another role, or ask your administrator.',
        retryable: false,
      };
    case 'InvalidClientMetadata':
    case 'InvalidRedirectUri':
    case 'InvalidScope':
    case 'UnsupportedGrantType':
      return {
        kind: 'not-possible',
        message: 'This Identity Center does not take that way to sign in.',
        whatToDo: 'Sign in the other way.',
        retryable: false,
      };
    case 'InternalServer':
      return {
        kind: 'aws-other',
        message: 'IAM Identity Center could not answer: the trouble is on its side.',
        whatToDo: 'Try again in a minute.',
        retryable: true,
      };
    default:
      return undefined;
  }
}

const keyTrouble: Words = {
  kind: 'access-denied',
  message: 'IAM Identity Center cannot use the KMS key that its data is encrypted with.',
  whatToDo: 'Your administrator must put the key right. Nothing on this computer can.',
  retryable: false,
};

/** An error of Identity Center in words that say so. */
export function ssoWords(error: AppError): AppError {
  const words = wordsOf(error);
  if (words === undefined) return error;
  return { ...error, ...words, remedies: [...(words.remedies ?? (words.retryable ? [retry] : []))] };
}

/** Why there is no token. What a refused code means depends on what it was asked with. */
export function grantRefused(error: AppError, grant: Grant['kind']): AppError {
  const worded = { ...ssoWords(error), whatDidNotChange: notSignedIn };
  const refused = (message: string, whatToDo: string, kind: AppError['kind'] = 'credentials-expired'): AppError => ({
    ...worded,
    kind,
    message,
    whatToDo,
    retryable: true,
    remedies: [retry],
  });
  switch (error.code) {
    case 'AccessDeniedException':
      return error.reason?.startsWith('KMS_') === true
        ? { ...worded, ...keyTrouble, remedies: [] }
        : refused('The sign-in was refused in the browser.', 'Begin again, and allow it there.', 'access-denied');
    case 'ExpiredTokenException':
      return grant === 'device'
        ? refused('The code was not entered in time.', 'Begin again: there will be a new code.')
        : refused('The sign-in to IAM Identity Center has ended.', 'Sign in again.');
    case 'InvalidGrantException':
      return grant === 'refresh'
        ? refused('The sign-in to IAM Identity Center has ended.', 'Sign in again.')
        : refused('AWS did not take the answer that came from the browser.', 'Begin again.');
    default:
      return worded;
  }
}
