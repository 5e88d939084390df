import type { AppError } from '../../core/app-error';
import { parseRoleArn } from '../../core/domain/arn';
import type { AssumeRoleInput, CreateAccountInput } from './aws-api';

/** The SDK sends whatever it is given (aws-reference §0.7), so the limits of §3.1 are checked here. */
export function validateAssumeRole(input: AssumeRoleInput): AppError | undefined {
  const { durationSeconds, externalId, policy, policyArns = [], roleArn, serialNumber, sessionName, tokenCode } = input;
  const { sourceIdentity, tags = [], transitiveTagKeys = [] } = input;
  if (roleArn.length < 20 || roleArn.length > 2048 || parseRoleArn(roleArn) === undefined) {
    return invalid(
      'roleArn',
      'This is not the ARN of a role.',
      'It has the form arn:aws:iam::<12 digits>:role/<name>.',
    );
  }
  if (!/^[A-Za-z0-9_+=,.@-]{2,64}$/.test(sessionName)) {
    return invalid(
      'sessionName',
      'The session’s name has characters or a length that STS does not take.',
      'Use 2 to 64 letters, digits or _+=,.@-',
    );
  }
  if (!Number.isInteger(durationSeconds) || durationSeconds < 900 || durationSeconds > 43_200) {
    return invalid('durationSeconds', 'A session lasts from 15 minutes to 12 hours.', 'Choose a length in between.');
  }
  if (externalId !== undefined && !/^[A-Za-z0-9_+=,.@:/-]{2,1224}$/.test(externalId)) {
    return invalid(
      'externalId',
      'The external ID has characters or a length that STS does not take.',
      'Use 2 to 1224 letters, digits or _+=,.@:/-',
    );
  }
  if (serialNumber !== undefined && !/^[A-Za-z0-9_+=/:,.@-]{9,256}$/.test(serialNumber)) {
    return invalid(
      'serialNumber',
      'This is not the serial number or ARN of an MFA device.',
      'It is shown beside the device in IAM.',
    );
  }
  if (tokenCode !== undefined && !/^[0-9]{6}$/.test(tokenCode)) {
    return invalid('tokenCode', 'An MFA code has six digits.', 'Enter the code the device shows now.');
  }
  if (policyArns.length > 10 || (policy ?? '').length + policyArns.join('').length > 2048) {
    return invalid(
      'policy',
      'The session policies are too long: 2,048 characters and ten ARNs at most.',
      'Use fewer or shorter ones.',
    );
  }
  if (sourceIdentity !== undefined && !/^(?!aws:)[A-Za-z0-9_+=,.@-]{2,64}$/.test(sourceIdentity)) {
    return invalid(
      'sourceIdentity',
      'The SourceIdentity has characters or a length that STS does not take.',
      'Use 2 to 64 letters, digits or _+=,.@- and not the beginning aws:',
    );
  }
  const keys = new Set(tags.map(({ key }) => key.toLowerCase()));
  const isTagWrong = tags.some(({ key, value }) => key === '' || key.length > 128 || value.length > 256);
  if (tags.length > 50 || keys.size !== tags.length || isTagWrong) {
    return invalid(
      'tags',
      'A session has 50 tags at most, each key once, keys of 128 characters and values of 256.',
      'Use fewer or shorter tags. AWS does not tell capitals apart in keys.',
    );
  }
  const unknown = transitiveTagKeys.find((key) => !keys.has(key.toLowerCase()));
  if (unknown !== undefined) {
    return invalid(
      'transitiveTagKeys',
      `No tag of this session has the key “${unknown}”.`,
      'Add the tag, or leave it out.',
    );
  }
  return undefined;
}

/** aws-reference §7: one `@`, neither blanks nor such signs in the local part, no dot before it, one in the domain. */
const emailPattern = /^[^\s@"'()<>[\]:;,\\|%&.][^\s@"'()<>[\]:;,\\|%&]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

/** A request that AWS refuses at once costs nothing; one that it refuses minutes later does. */
export function validateCreateAccount({ email, name, roleName, tags }: CreateAccountInput): AppError | undefined {
  if (email.length < 6 || email.length > 64 || !/^[!-~]+$/.test(email) || !emailPattern.test(email)) {
    return invalid(
      'email',
      'This is not an e-mail address that AWS takes for an account.',
      'Use 6 to 64 plain letters, digits and signs, such as ops+name@example.com. No other AWS account may have had it.',
    );
  }
  if (!/^[ -~]{1,50}$/.test(name)) {
    return invalid(
      'name',
      'The account’s name has characters or a length that AWS does not take.',
      'Use 1 to 50 plain letters, digits, blanks and signs.',
    );
  }
  if (!/^[A-Za-z0-9_+=,.@-]{1,64}$/.test(roleName) || roleName.startsWith('AWSServiceRoleFor')) {
    return invalid(
      'roleName',
      'The access role’s name has characters or a length that AWS does not take.',
      'Use 1 to 64 letters, digits or _+=,.@- and not the beginning AWSServiceRoleFor.',
    );
  }
  if (tags.length > 50 || new Set(tags.map((tag) => tag.key)).size !== tags.length) {
    return invalid('tags', 'An account has 50 tags at most, each key once.', 'Use fewer tags, each with its own key.');
  }
  return undefined;
}

function invalid(field: string, message: string, whatToDo: string): AppError {
  return {
    kind: 'invalid-input',
    message,
    whatDidNotChange: 'Nothing was sent to AWS.',
    whatToDo,
    retryable: false,
    remedies: [],
    field,
  };
}
