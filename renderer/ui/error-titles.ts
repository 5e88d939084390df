import type { AppErrorKind } from '../../core/app-error';
import type { IconName } from './icon-names';

interface ErrorLook {
  readonly title: string;
  readonly icon: IconName;
}

/** What happened, in the fewest words. The message under it has the particulars. */
export const errorLooks: Readonly<Record<AppErrorKind, ErrorLook>> = {
  'access-denied': { title: 'AWS refused', icon: 'door-shut' },
  'credentials-invalid': { title: 'AWS does not know these credentials', icon: 'key' },
  'credentials-expired': { title: 'The credentials have expired', icon: 'timer' },
  'signature-mismatch': { title: 'The secret key does not match its access key', icon: 'key' },
  'clock-wrong': { title: 'This computer’s clock is wrong', icon: 'clock' },
  'duration-too-long': { title: 'The role does not allow so long a session', icon: 'timer' },
  'validation-refused': { title: 'AWS did not accept a value', icon: 'x-circle' },
  'malformed-policy': { title: 'AWS cannot read the policy', icon: 'file' },
  'policy-too-large': { title: 'The policy is too large', icon: 'file' },
  'region-disabled': { title: 'The region is not enabled in this account', icon: 'minus-circle' },
  throttled: { title: 'AWS is slowing calls down', icon: 'hourglass' },
  'no-such-entity': { title: 'It is not there', icon: 'question' },
  'already-exists': { title: 'It is already there', icon: 'copy' },
  'delete-conflict': { title: 'Something still depends on it', icon: 'link' },
  'quota-exceeded': { title: 'The account has reached a limit', icon: 'stack' },
  unmodifiable: { title: 'AWS does not let this be changed', icon: 'lock' },
  'aws-other': { title: 'AWS answered with an error', icon: 'x-circle' },
  unreachable: { title: 'AWS cannot be reached', icon: 'external' },
  'timed-out': { title: 'AWS did not answer in time', icon: 'hourglass' },
  'credentials-missing': { title: 'There are no credentials to call AWS with', icon: 'key' },
  'keychain-absent': { title: 'The keychain did not answer', icon: 'key' },
  'keychain-locked': { title: 'The keychain is locked', icon: 'lock' },
  'keychain-failed': { title: 'The keychain refused', icon: 'key' },
  'store-unreadable': { title: 'A file of Sallyport cannot be read', icon: 'file' },
  'store-unwritable': { title: 'A file of Sallyport cannot be written', icon: 'file' },
  'invalid-input': { title: 'Something typed here cannot be used', icon: 'edit' },
  'secret-refused': { title: 'That is a secret, and it was not kept', icon: 'shield' },
  'not-found': { title: 'It is no longer here', icon: 'question' },
  'not-possible': { title: 'This cannot be done now', icon: 'minus-circle' },
  unexpected: { title: 'Sallyport has a fault', icon: 'bolt' },
};
