import type { AppErrorKind } from '../app-error';

/** The switch that makes a start of the app answer a tool and open no window. */
export const credentialProcessSwitch = '--credential-process';

/**
 * How a start with `--credential-process` ends when it cannot answer. The numbers are public: scripts may tell them
 * apart, so none is ever given another meaning (docs/hand-off.md).
 */
export const credentialProcessExits = {
  unexpected: 1,
  /** no profile of this app has that id */
  'unknown-profile': 10,
  /** the person ended the session, or access was revoked */
  'session-over': 11,
  /** over by itself, and not to be renewed without a person */
  expired: 12,
  'mfa-needed': 13,
  /** locked, absent, or without these credentials */
  keychain: 14,
  'aws-refused': 15,
  network: 16,
  /** only the app itself can go on: a practice session is to be renewed, or a source needs its window */
  'app-needed': 17,
} as const;

export type CredentialProcessEnd = keyof typeof credentialProcessExits;

/** Milliseconds before its expiry from which a session that may be renewed is renewed before it is handed out. */
export const renewBeforeMs = 5 * 60_000;

/** Which end an error of the app's own services is for the tool. */
export function endOf(kind: AppErrorKind): CredentialProcessEnd {
  switch (kind) {
    case 'keychain-absent':
    case 'keychain-locked':
    case 'keychain-failed':
      return 'keychain';
    case 'unreachable':
    case 'timed-out':
      return 'network';
    case 'unexpected':
    case 'store-unreadable':
    case 'store-unwritable':
    case 'not-possible':
      return 'unexpected';
    case 'credentials-missing':
    case 'not-found':
    case 'invalid-input':
    case 'secret-refused':
      return 'app-needed';
    default:
      // what AWS answered
      return 'aws-refused';
  }
}
