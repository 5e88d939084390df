import type { AppError } from '../../core/app-error';
import { accountFailures, type AccountFailure } from '../../core/domain/practice-trouble';
import { clip } from '../../core/clip';
import { appError } from '../workspace-context';

type Words = Readonly<{ kind: AppError['kind']; message: string; whatToDo: string; retryable?: true }>;

const billing = 'Complete it in the management account, under Billing and Payments, then ask again.';
const support = 'Look under Support in the management account’s console for what AWS asks of you, then ask again.';

/** How AWS ends a request for an account (API reference, CreateAccountStatus; aws-reference §7). */
const words: Readonly<Record<AccountFailure, Words>> = {
  ACCOUNT_LIMIT_EXCEEDED: {
    kind: 'quota-exceeded',
    message: 'The organization has as many accounts as it may have. Closed ones count for 90 days.',
    whatToDo: 'Ask AWS for more in Service Quotas, under AWS Organizations. A new organization begins with few.',
  },
  EMAIL_ALREADY_EXISTS: {
    kind: 'already-exists',
    message: 'Another AWS account has this e-mail address, or had it before it was closed.',
    whatToDo: 'Use another one. With a plus and a word before the @ one mailbox has as many as you like.',
  },
  INVALID_EMAIL: {
    kind: 'validation-refused',
    message: 'AWS does not take this e-mail address.',
    whatToDo: 'Send a test mail to it, correct it, and ask again.',
  },
  INVALID_ADDRESS: {
    kind: 'validation-refused',
    message: 'AWS does not take the postal address of the management account.',
    whatToDo: 'Correct it in the management account, under Account, then ask again.',
  },
  CONCURRENT_ACCOUNT_MODIFICATION: {
    kind: 'not-possible',
    message: 'The same account is being asked for by somebody else at this moment.',
    whatToDo: 'Load the organization in some minutes: it may be there then. Ask again only if it is not.',
  },
  INTERNAL_FAILURE: {
    kind: 'aws-other',
    message: 'Something went wrong at AWS.',
    whatToDo: 'Ask again later. If it stays, ask AWS Support.',
    retryable: true,
  },
  GOVCLOUD_ACCOUNT_ALREADY_EXISTS: {
    kind: 'already-exists',
    message: 'The account of AWS GovCloud (US) that belongs to it exists already.',
    whatToDo: 'Use another e-mail address.',
  },
  MISSING_BUSINESS_VALIDATION: {
    kind: 'not-possible',
    message: 'AWS has not verified the business of the management account.',
    whatToDo: support,
  },
  FAILED_BUSINESS_VALIDATION: {
    kind: 'not-possible',
    message: 'AWS could not verify the business of the management account.',
    whatToDo: support,
  },
  PENDING_BUSINESS_VALIDATION: {
    kind: 'not-possible',
    message: 'AWS is still verifying the business of the management account.',
    whatToDo: 'Wait until AWS has written to you, then ask again.',
  },
  INVALID_IDENTITY_FOR_BUSINESS_VALIDATION: {
    kind: 'not-possible',
    message: 'AWS could not verify who the management account belongs to.',
    whatToDo: support,
  },
  UNKNOWN_BUSINESS_VALIDATION: {
    kind: 'not-possible',
    message: 'AWS could not verify the business of the management account, and does not say why.',
    whatToDo: 'Ask AWS Support.',
  },
  MISSING_PAYMENT_INSTRUMENT: {
    kind: 'not-possible',
    message: 'The management account has no means of payment.',
    whatToDo: billing,
  },
  INVALID_PAYMENT_INSTRUMENT: {
    kind: 'not-possible',
    message: 'The management account has no means of payment that AWS takes.',
    whatToDo: billing,
  },
  UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED: {
    kind: 'not-possible',
    message: 'A resource policy of the organization does not go together with new accounts that have tags.',
    whatToDo: 'Change or remove the organization’s delegation policy, then ask again.',
  },
};

/** Why AWS ended a request for an account. `reason` as AWS sent it; one that is not known is shown as it is. */
export function accountFailure(reason: string): AppError {
  const known = accountFailures.find((one) => one === reason);
  const { kind, message, ...rest }: Words =
    known === undefined
      ? {
          kind: 'aws-other',
          message: `AWS ended the request with “${clip(reason, 80)}”.`,
          whatToDo: 'Ask AWS Support what it means here.',
        }
      : words[known];
  return appError(kind, message, {
    whatDidNotChange: 'AWS made no account.',
    reason: clip(reason, 128),
    ...rest,
  });
}
