import { clip } from '../../core/clip';
import type { AppError } from '../../core/app-error';
import { accessDeniedWords } from './access-denied-words';
import type { AwsOperation, ErrorWords } from './error-words';
import { chooseSource, retry } from './error-words';
import { networkError, neverSent } from './network-error';
import { organizationsWords } from './organizations-words';

/** The SDK's errors, as far as they are looked at. `name` decides (aws-reference §3.3). */
type SdkError = {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
  readonly httpStatus: number | undefined;
};

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (Object.getOwnPropertyDescriptor(value, name)?.value as unknown)
    : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function readSdkError(error: unknown): SdkError | undefined {
  const metadata = property(error, '$metadata');
  const status = property(metadata, 'httpStatusCode');
  if (!(error instanceof Error) || typeof status !== 'number') return undefined;
  return {
    name: error.name,
    message: error.message,
    code: text(property(error, 'Code')) ?? text(property(error, 'code')),
    reason: text(property(error, 'Reason')) ?? text(property(error, 'reason')),
    requestId: text(property(metadata, 'requestId')),
    httpStatus: status,
  };
}

/** Refused means not done. For a lost answer nobody knows. */
function unchanged(operation: AwsOperation, answered: boolean, sent: boolean): string {
  if (!sent) return 'Nothing was sent to AWS, and nothing was changed.';
  if (operation.name === 'AssumeRole') return 'No session was opened, and nothing was changed.';
  if (!operation.changes) return 'Nothing was changed: this only asked AWS.';
  if (answered) return 'AWS refused before doing anything: nothing was changed.';
  return operation.once === true
    ? 'It is not certain whether AWS still carries it out.'
    : 'It is not certain whether AWS still carried it out. Trying again is safe.';
}

/** Whether the answer says that nothing was done. One that broke off does not; nor, where twice would harm, a server in trouble. */
function isRefusal({ httpStatus = 0 }: SdkError, operation: AwsOperation): boolean {
  return httpStatus >= 300 && (httpStatus < 500 || operation.once !== true);
}

/** For what must not be asked twice: look first. */
function unlessDone(words: ErrorWords): ErrorWords {
  return {
    kind: words.kind,
    message: words.message,
    whatToDo: 'Do not ask again before the list of requests says that there is none: it could be done twice.',
  };
}

/** The one place where what the SDK throws becomes words. Cancelling is told apart before this is called. */
export function toAppError(error: unknown, operation: AwsOperation): AppError {
  const sdk = readSdkError(error);
  const answered = sdk !== undefined && isRefusal(sdk, operation);
  // an answer that began and broke off is the network's trouble: the system's own code is on it, not one of AWS's
  const isBroken = sdk !== undefined && /^E[A-Z]+$/.test(text(property(error, 'code')) ?? '');
  const broken = isBroken ? networkError(error) : undefined;
  const found = broken ?? (sdk === undefined ? withoutAnswer(error) : wordsFor(sdk, operation));
  const sent = !neverSent(error, operation.once === true);
  const words = operation.once === true && !answered && sent ? unlessDone(found) : found;
  const detail = sdk === undefined ? plainText(error) : sdk.message;
  const code = sdk?.code ?? sdk?.name ?? text(property(error, 'code'));
  return {
    kind: words.kind,
    message: clip(words.message, 1000),
    whatDidNotChange: unchanged(operation, answered, sent),
    whatToDo: words.whatToDo,
    retryable: words.retryable ?? false,
    remedies: [...(words.remedies ?? (words.retryable === true ? [retry] : []))],
    ...(code === undefined ? {} : { code: clip(code, 128) }),
    ...(sdk?.reason === undefined ? {} : { reason: clip(sdk.reason, 128) }),
    ...(sdk?.requestId === undefined ? {} : { requestId: clip(sdk.requestId, 128) }),
    ...(sdk?.httpStatus === undefined ? {} : { httpStatus: sdk.httpStatus }),
    ...(detail === '' ? {} : { detail: clip(detail, 4000) }),
  };
}

function plainText(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

function withoutAnswer(error: unknown): ErrorWords {
  const name = error instanceof Error ? error.name : '';
  if (name === 'CredentialsProviderError') {
    return {
      kind: 'credentials-missing',
      message: 'The source credentials could not be loaded.',
      whatToDo: 'Sign in to that profile again, or choose another source.',
      remedies: [chooseSource, retry],
    };
  }
  return (
    networkError(error) ?? {
      kind: 'unexpected',
      message: 'Something went wrong in this app while it talked to AWS.',
      whatToDo: 'Try again. If it stays, report it with the detail below.',
      retryable: true,
    }
  );
}

/** `Exception` at the end is there for some errors only: modelled ones have it, their codes do not (aws-reference §0.8). */
function wordsFor(error: SdkError, operation: AwsOperation): ErrorWords {
  const name = error.name.replace(/Exception$/, '');
  const organizations = organizationsWords(name, error);
  if (organizations !== undefined) return organizations;
  switch (name) {
    case 'AccessDenied':
    case 'UnauthorizedOperation':
      return accessDeniedWords(error.message, operation);
    case 'ValidationError':
    case 'Validation':
      return validation(error, operation);
    case 'InvalidInput':
    case 'MalformedInput':
    case 'InvalidParameterValue':
      return {
        kind: 'validation-refused',
        message: 'AWS did not accept a value that was sent.',
        whatToDo: 'Look at the detail for the value, correct it and try again.',
      };
    case 'MalformedPolicyDocument':
      return malformedPolicy(error);
    case 'PackedPolicyTooLarge':
      return {
        kind: 'policy-too-large',
        message: 'The session policies and tags are too large together.',
        whatToDo: 'Use a shorter session policy, or managed policies in place of it.',
      };
    case 'RegionDisabled':
      return {
        kind: 'region-disabled',
        message: 'STS is switched off in this region for the target account.',
        whatToDo:
          'Use the region us-east-1, or have the region switched on in the target account (IAM, Account settings).',
        remedies: [chooseSource],
      };
    case 'ExpiredToken':
    case 'ExpiredTokenCode':
    case 'RequestExpired':
      return {
        kind: 'credentials-expired',
        message: 'The credentials this was asked with have expired.',
        whatToDo: 'Sign in again to the source, or choose another one.',
        remedies: [chooseSource, retry],
      };
    case 'InvalidClientTokenId':
    case 'UnrecognizedClient':
    case 'InvalidAccessKeyId':
    case 'MissingAuthenticationToken':
    case 'IncompleteSignature':
      return {
        kind: 'credentials-invalid',
        message: 'AWS does not know this access key: it is mistyped, deleted, inactive, or of another partition.',
        whatToDo: 'Check the key in IAM, or choose another source.',
        remedies: [chooseSource],
      };
    case 'SignatureDoesNotMatch':
    case 'RequestTimeTooSkewed':
    case 'AuthFailure':
      return signature(error);
    case 'Throttling':
    case 'ThrottledException':
    case 'Throttled':
    case 'TooManyRequests':
    case 'RequestLimitExceeded':
    case 'RequestThrottled':
    case 'SlowDown':
      return {
        kind: 'throttled',
        message: 'AWS is being asked too often at the moment.',
        whatToDo: 'Wait some seconds and try again.',
        retryable: true,
      };
    case 'NoSuchEntity':
    case 'NoSuchResource':
    case 'NoSuchBucket':
    case 'NoSuchBucketPolicy':
    case 'NoSuchTagSet':
      return {
        kind: 'no-such-entity',
        message: 'AWS has nothing of that name in this account.',
        whatToDo: 'Check the name and the account. It may have been deleted already.',
      };
    case 'EntityAlreadyExists':
    case 'BucketAlreadyExists':
    case 'BucketAlreadyOwnedByYou':
      return {
        kind: 'already-exists',
        message: 'Something of that name exists in this account already.',
        whatToDo: 'Choose another name, or delete the old one first. Names differ by more than upper and lower case.',
        remedies: [{ kind: 'edit-role' }],
      };
    case 'DeleteConflict':
    case 'BucketNotEmpty':
      return {
        kind: 'delete-conflict',
        message: 'It cannot be deleted yet: something is still attached to it.',
        whatToDo: 'Policies and instance profiles go first. Someone may have added one just now: try again.',
        retryable: true,
      };
    case 'LimitExceeded':
      return {
        kind: 'quota-exceeded',
        message: 'A quota of this account is used up.',
        whatToDo: 'Delete what is no longer needed, or ask AWS for more in Service Quotas.',
      };
    case 'UnmodifiableEntity':
      return {
        kind: 'unmodifiable',
        message: 'This role belongs to an AWS service. Only that service can change or delete it.',
        whatToDo: 'Remove it in the service it belongs to.',
      };
    case 'ConcurrentModification':
    case 'EntityTemporarilyUnmodifiable':
      return {
        kind: 'aws-other',
        message: 'Someone else is changing the same thing at this moment.',
        whatToDo: 'Try again in a few seconds.',
        retryable: true,
      };
    default:
      return unknownAnswer(error);
  }
}

function unknownAnswer(error: SdkError): ErrorWords {
  if ((error.httpStatus ?? 0) >= 500) {
    return {
      kind: 'aws-other',
      message: 'AWS could not answer: the trouble is on its side.',
      whatToDo: 'Try again in a minute.',
      retryable: true,
    };
  }
  if (error.httpStatus !== undefined && error.httpStatus < 300) {
    return {
      kind: 'aws-other',
      message: 'An answer came that does not look like AWS’s. Something in between may have changed it.',
      whatToDo: 'Check the network, a proxy or the endpoint, then try again.',
      retryable: true,
    };
  }
  return {
    kind: 'aws-other',
    message: `AWS refused with “${clip(error.name, 80)}”.`,
    whatToDo: 'The detail below is AWS’s own explanation.',
  };
}

function validation(error: SdkError, operation: AwsOperation): ErrorWords {
  if (/1 hour session limit|role chaining/i.test(error.message)) {
    return {
      kind: 'duration-too-long',
      message: 'The source is itself a role’s session. AWS then gives one hour at most.',
      whatToDo: 'Ask for one hour, or use a source that is not a role.',
      remedies: [{ kind: 'set-duration', seconds: 3600 }, chooseSource],
    };
  }
  if (/MaxSessionDuration/.test(error.message)) {
    const asked = operation.durationSeconds;
    return {
      kind: 'duration-too-long',
      message:
        asked === undefined || asked % 60 !== 0
          ? 'The role does not allow a session that long.'
          : `The role does not allow a session of ${String(asked / 60)} minutes.`,
      whatToDo: 'Ask for one hour, which every role allows, or have the role’s maximum raised.',
      remedies: [{ kind: 'set-duration', seconds: 3600 }],
    };
  }
  const field = /at '([A-Za-z0-9.]+)' failed/.exec(error.message)?.[1];
  return {
    kind: 'validation-refused',
    message:
      field === undefined ? 'AWS did not accept a value that was sent.' : `AWS did not accept the value of “${field}”.`,
    whatToDo: 'Look at the detail for what AWS expects there, and correct it.',
  };
}

function malformedPolicy(error: SdkError): ErrorWords {
  if (/Invalid principal in policy/i.test(error.message)) {
    return {
      kind: 'malformed-policy',
      message: 'The policy names a user or role that AWS does not know (yet).',
      // A principal made just now is refused for about half a minute (aws-reference §2).
      whatToDo: 'Check the ARN. If it was made just now, wait half a minute and try again.',
      retryable: true,
    };
  }
  return {
    kind: 'malformed-policy',
    message: 'AWS did not accept the policy document.',
    whatToDo: 'Look at the detail for the place, and correct it.',
  };
}

function signature(error: SdkError): ErrorWords {
  if (error.name === 'RequestTimeTooSkewed' || /signature expired|not yet current|too skewed/i.test(error.message)) {
    return {
      kind: 'clock-wrong',
      message: 'This computer’s clock differs from AWS’s by more than five minutes, so AWS refuses what it signs.',
      whatToDo: 'Set the clock (switch on “set time automatically”), then try again.',
      retryable: true,
    };
  }
  return {
    kind: 'signature-mismatch',
    message: 'The secret access key does not belong to this access key.',
    whatToDo: 'Enter the key again: a character may be missing at its end. Or choose another source.',
    remedies: [chooseSource],
  };
}
