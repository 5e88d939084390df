import { readAccessDenied } from './access-denied';
import { chooseSource, retry, type AwsOperation, type ErrorWords } from './error-words';

/** Every wording of aws-reference §3.3, in words that say who has to change what. */
export function accessDeniedWords(text: string, operation: AwsOperation): ErrorWords {
  const reading = readAccessDenied(text);
  const assuming = operation.name === 'AssumeRole';
  const action = reading.action ?? (assuming ? 'sts:AssumeRole' : operation.name);
  // A role or trust made a moment ago spreads within a minute (aws-reference §2).
  const mayPass = assuming && action === 'sts:AssumeRole' && reading.reason === 'not-said';
  const words = (message: string, whatToDo: string): ErrorWords => ({
    kind: 'access-denied',
    message,
    whatToDo,
    retryable: mayPass,
    remedies: mayPass ? [retry, chooseSource] : [chooseSource],
  });
  if (reading.reason === 'root') {
    return words(
      'A root user cannot assume roles.',
      'Choose a source that is an IAM user, or a role of IAM Identity Center.',
    );
  }
  if (reading.reason === 'mfa') {
    return words(
      'The MFA code was wrong, or was missing.',
      'Enter the code your device shows now. Each code works once.',
    );
  }
  if (action === 'sts:TagSession') {
    return words('Session tags are not allowed here.', 'Leave the tags out, or allow sts:TagSession on both sides.');
  }
  if (action === 'sts:SetSourceIdentity') {
    return words(
      'Setting a source identity is not allowed here.',
      'Leave it out, or allow sts:SetSourceIdentity on both sides.',
    );
  }
  if (reading.policy === undefined) {
    return assuming
      ? words(
          'AWS refused to open the role. It does not say why: the role may be missing, may not trust this caller, or may want another external ID.',
          'If the role was made just now, wait a minute and try again. Otherwise compare its trust policy with the one shown here.',
        )
      : words(`The caller may not do ${action}.`, `Allow ${action}, or choose another source.`);
  }
  switch (reading.policy) {
    case 'service control policy':
    case 'resource control policy':
      return words(
        `A ${reading.policy} of the organization forbids ${action}.`,
        'Only whoever manages the organization can change it. Show them the detail below.',
      );
    case 'permissions boundary':
      return words(`A permissions boundary forbids ${action}.`, 'The boundary of the caller has to allow it.');
    case 'session policy':
      return words(
        `The session was opened with a policy that does not allow ${action}.`,
        'Open a session without that policy.',
      );
    case 'identity-based policy':
      return reading.explicit
        ? words(
            `A policy of the caller denies ${action}.`,
            'Remove the deny from the caller’s policies, or choose another source.',
          )
        : words(
            `The caller has no policy that allows ${action}.`,
            `Allow ${action} for the caller in its own account, or choose another source.`,
          );
    case 'role trust policy':
      return words('The role does not trust this caller.', 'Compare the role’s trust policy with the one shown here.');
    case 'resource-based policy':
    case 'VPC endpoint policy':
      return words(`A ${reading.policy} does not allow ${action}.`, 'The policy named in the detail has to allow it.');
  }
}
