import type { AppErrorKind } from '../../core/app-error';
import { chooseSource, type ErrorWords } from './error-words';

const words = (kind: AppErrorKind, message: string, whatToDo: string): ErrorWords => ({ kind, message, whatToDo });
const later = (kind: AppErrorKind, message: string, whatToDo: string): ErrorWords => ({
  ...words(kind, message, whatToDo),
  retryable: true,
});

const missing = (what: string, whatToDo: string): ErrorWords =>
  words('no-such-entity', `The organization has no such ${what}.`, whatToDo);
const duplicate = (message: string): ErrorWords => words('already-exists', message, 'Nothing has to be done for it.');
const notEmpty = (message: string, whatToDo: string): ErrorWords => words('delete-conflict', message, whatToDo);
const quota = (message: string, whatToDo = 'Ask AWS for more in Service Quotas, or remove what is no longer needed.') =>
  words('quota-exceeded', message, whatToDo);
const impossible = (message: string, whatToDo: string): ErrorWords => words('not-possible', message, whatToDo);

const standAlone =
  'Sign in to that account as its root user and choose “Leave organization”: AWS asks for what is missing.';
const management = 'Choose a source in the organization’s management account.';
const billing = 'Complete it in the management account, under Billing and Account, then try again.';

/** ConstraintViolationException by its Reason (API reference; aws-reference §7). */
const constraints: ReadonlyMap<string, ErrorWords> = new Map([
  [
    'ACCOUNT_NUMBER_LIMIT_EXCEEDED',
    quota(
      'The organization has as many accounts as it may have. Closed ones count for 90 days.',
      'Ask AWS for more in Service Quotas, under AWS Organizations. In an organization made within the hour, wait for an hour and try again.',
    ),
  ],
  ['ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED', quota('No more accounts can be made today.', 'Try again tomorrow.')],
  [
    'ACCOUNT_CREATION_NOT_COMPLETE',
    impossible('This account’s own sign-up is not complete yet.', 'Complete it, then try again.'),
  ],
  [
    'MASTER_ACCOUNT_MISSING_CONTACT_INFO',
    impossible('The management account has no valid address or phone number.', billing),
  ],
  [
    'MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED',
    impossible('The management account has no valid means of payment.', billing),
  ],
  ['INVALID_PAYMENT_INSTRUMENT', impossible('The account has no means of payment that AWS takes.', billing)],
  [
    'ORGANIZATION_NOT_IN_ALL_FEATURES_MODE',
    impossible(
      'The organization is for bills alone: this needs all features.',
      'Enable all features in the console of AWS Organizations.',
    ),
  ],
  [
    'WAIT_PERIOD_ACTIVE',
    impossible(
      'The account is too new to leave the organization.',
      'Wait up to seven days after it was made, then try again.',
    ),
  ],
  [
    'MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED',
    impossible('The account cannot stand alone: it has no means of payment.', standAlone),
  ],
  [
    'ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA',
    impossible('The account cannot stand alone: AWS’s agreement is not accepted for it.', standAlone),
  ],
  [
    'ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION',
    impossible('The account cannot stand alone: its phone number is not verified.', standAlone),
  ],
  [
    'ACCOUNT_CANNOT_LEAVE_ORGANIZATION',
    impossible(
      'The management account cannot leave its own organization.',
      'Remove all other accounts, then delete the organization.',
    ),
  ],
  [
    'CANNOT_CLOSE_MANAGEMENT_ACCOUNT',
    impossible(
      'The management account cannot be closed from here.',
      'Close or remove all other accounts first, then close it as its root user.',
    ),
  ],
  [
    'CLOSE_ACCOUNT_QUOTA_EXCEEDED',
    quota(
      'As many accounts were closed in the last 30 days as may be.',
      'Try again when the oldest of them is 30 days back, or close this one as its root user.',
    ),
  ],
  [
    'CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED',
    {
      ...quota(
        'Too many accounts are being closed at this moment.',
        'Wait until one of them is closed, then try again.',
      ),
      retryable: true,
    },
  ],
  [
    'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
    quota(
      'As many policies are attached there as may be.',
      'Detach one that is no longer needed, or put two into one.',
    ),
  ],
  [
    'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
    impossible(
      'The last policy cannot be detached: at least one has to stay.',
      'Attach another one first, for instance FullAWSAccess.',
    ),
  ],
  [
    'POLICY_CONTENT_LIMIT_EXCEEDED',
    words('policy-too-large', 'The policy is too long.', 'Blanks count: leave them out, or make two policies of it.'),
  ],
  ['POLICY_NUMBER_LIMIT_EXCEEDED', quota('The organization has as many policies as it may have.')],
  ['OU_NUMBER_LIMIT_EXCEEDED', quota('The organization has as many organizational units as it may have.')],
  [
    'OU_DEPTH_LIMIT_EXCEEDED',
    impossible('Organizational units nest five deep at most.', 'Choose a parent nearer to the root.'),
  ],
  ['MAX_TAG_LIMIT_EXCEEDED', quota('It has as many tags as it may have: 50.', 'Remove one that is no longer needed.')],
  [
    'TAG_POLICY_VIOLATION',
    impossible(
      'A tag policy of the organization does not allow these tags.',
      'Use the keys and values that the tag policy asks for.',
    ),
  ],
]);

const byName: ReadonlyMap<string, ErrorWords> = new Map([
  [
    'AWSOrganizationsNotInUse',
    {
      ...words(
        'no-such-entity',
        'This account is not part of an organization.',
        'Create an organization first, or choose a source in the account that manages one.',
      ),
      remedies: [chooseSource],
    },
  ],
  [
    'AlreadyInOrganization',
    words(
      'already-exists',
      'This account is part of an organization already.',
      'An account can be in one only. Leave that one first, or work in it.',
    ),
  ],
  [
    'AccessDeniedForDependency',
    words(
      'access-denied',
      'The caller may not create the role that AWS Organizations needs for itself.',
      'Allow iam:CreateServiceLinkedRole for organizations.amazonaws.com, or choose another source.',
    ),
  ],
  [
    'FinalizingOrganization',
    later(
      'not-possible',
      'AWS is still setting the organization up.',
      'That takes up to an hour. Try again then; if it stays, ask AWS Support.',
    ),
  ],
  [
    'PolicyChangesInProgress',
    later('aws-other', 'AWS is still carrying out a change of the policies.', 'Try again in a few seconds.'),
  ],
  ['AccountNotFound', missing('account', 'Check its number. It may have left or been closed.')],
  ['OrganizationalUnitNotFound', missing('organizational unit', 'It may have been deleted. Load the list again.')],
  ['ParentNotFound', missing('root or organizational unit', 'It may have been deleted. Load the list again.')],
  [
    'SourceParentNotFound',
    missing('place to move the account from', 'The account may have been moved already. Load the list again.'),
  ],
  [
    'DestinationParentNotFound',
    missing('place to move the account to', 'It may have been deleted. Load the list again.'),
  ],
  [
    'ChildNotFound',
    missing('account or organizational unit', 'It may have left or been deleted. Load the list again.'),
  ],
  [
    'TargetNotFound',
    missing('root, unit, account or policy', 'It may have left or been deleted. Load the list again.'),
  ],
  ['RootNotFound', missing('root', 'Load the organization again.')],
  ['PolicyNotFound', missing('policy', 'It may have been deleted. Load the list again.')],
  ['PolicyNotAttached', missing('policy at this place', 'It may have been detached already.')],
  [
    'CreateAccountStatusNotFound',
    missing('request for an account', 'AWS forgets them after some time. Look whether the account is there.'),
  ],
  ['DuplicateAccount', duplicate('The account is there already.')],
  ['DuplicatePolicyAttachment', duplicate('The policy is attached there already.')],
  ['PolicyTypeAlreadyEnabled', duplicate('This kind of policy is switched on already.')],
  [
    'DuplicateOrganizationalUnit',
    words('already-exists', 'There is an organizational unit of that name already.', 'Choose another name.'),
  ],
  ['DuplicatePolicy', words('already-exists', 'There is a policy of that name already.', 'Choose another name.')],
  [
    'OrganizationNotEmpty',
    notEmpty(
      'The organization still has accounts.',
      'All but the management account have to leave or be closed first.',
    ),
  ],
  [
    'OrganizationalUnitNotEmpty',
    notEmpty('The organizational unit is not empty.', 'Move its accounts and delete its units first.'),
  ],
  ['PolicyInUse', notEmpty('The policy is still attached somewhere.', 'Detach it everywhere first.')],
  ['AccountAlreadyClosed', duplicate('The account is closed already.')],
  [
    'Conflict',
    later(
      'not-possible',
      'That does not go together with what is going on there now.',
      'Wait until it is done, then look at it again.',
    ),
  ],
  [
    'MasterCannotLeaveOrganization',
    impossible(
      'The management account cannot leave its own organization.',
      'Remove all other accounts, then delete the organization.',
    ),
  ],
  [
    'PolicyTypeNotEnabled',
    impossible('Service control policies are switched off in this organization.', 'Switch them on first.'),
  ],
  [
    'PolicyTypeNotAvailableForOrganization',
    impossible(
      'This kind of policy cannot be used in this organization.',
      'Enable all features in the console of AWS Organizations.',
    ),
  ],
  [
    'UnsupportedAPIEndpoint',
    impossible(
      'AWS Organizations does not offer this in this partition or region.',
      'Use the console of AWS Organizations.',
    ),
  ],
]);

/** The refusals that only Organizations has. `name` without “Exception”; `undefined` for all others. */
export function organizationsWords(
  name: string,
  error: { readonly message: string; readonly reason: string | undefined },
): ErrorWords | undefined {
  if (name === 'AccessDenied' && /permissions to access this resource/i.test(error.message)) {
    return {
      ...words('access-denied', 'Only the organization’s management account may do this.', management),
      remedies: [chooseSource],
    };
  }
  if (name === 'ConstraintViolation') {
    return (
      constraints.get(error.reason ?? '') ??
      impossible('A limit of the organization does not allow it.', 'The detail below is AWS’s own explanation.')
    );
  }
  return byName.get(name);
}
