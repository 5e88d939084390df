import type { AppError } from '../../core/app-error';

type KeychainErrorKind = Extract<AppError['kind'], `keychain-${string}`>;

/**
 * What the systems say. keytar passes their words on as text, so words are all there is to go by: libsecret and D-Bus
 * on Linux, Security.framework on macOS, Credential Manager on Windows.
 */
const absent = [
  /cannot autolaunch d-bus/i,
  /could not connect/i,
  /org\.freedesktop\.secrets was not provided/i,
  /name .*org\.freedesktop\.secrets/i,
  /service ?unknown/i,
  /failed to (execute|spawn)/i,
  /error spawning/i,
  /unknown or unsupported transport/i,
  /connection is closed|connection refused/i,
  /failed to load keytar|cannot open shared object|cannot find (module|package)/i,
  /no keychain is available|no default collection|no such (secret )?collection|object does not exist at path/i,
  /-25307|-25291/,
];

const locked = [
  /locked/i,
  /prompt(ing)? (was )?dismissed/i,
  /dismissed|cancell?ed/i,
  /interaction is not allowed/i,
  /user ?name or passphrase/i,
  /authori[sz]ation|access (was )?denied|not permitted/i,
  /-25308|-25293|-128\b/,
];

export function keychainErrorKind(text: string): KeychainErrorKind {
  if (absent.some((pattern) => pattern.test(text))) return 'keychain-absent';
  if (locked.some((pattern) => pattern.test(text))) return 'keychain-locked';
  return 'keychain-failed';
}

const messages: Readonly<Record<KeychainErrorKind, string>> = {
  'keychain-absent': 'This computer has no keychain that answers, so there is no safe place on it for a secret.',
  'keychain-locked': 'The keychain of this computer is locked, or it was refused to Sallyport.',
  'keychain-failed': 'The keychain of this computer did not do what it was asked to.',
};

function advice(kind: KeychainErrorKind, platform: NodeJS.Platform): string {
  if (kind === 'keychain-locked') return 'Unlock the keychain and allow Sallyport to use it, then try again.';
  if (kind === 'keychain-failed')
    return 'Try again. If it happens again, the text below says what the keychain answered.';
  switch (platform) {
    case 'linux':
      return 'Start a keyring that offers the Secret Service, such as GNOME Keyring or KWallet, then try again.';
    case 'darwin':
      return 'Open Keychain Access and see that there is a default keychain, then try again.';
    default:
      return 'See that the Credential Manager service is running, then try again.';
  }
}

/** What was under way when the keychain failed; decides what is still as it was. */
export type KeychainAct = 'read' | 'keep' | 'remove' | 'check';

const unchanged: Readonly<Record<KeychainAct, string>> = {
  read: 'Nothing was changed. What is in the keychain is still there.',
  keep: 'Nothing was written to disk. What the keychain held before is as it was.',
  remove: 'It may still be in the keychain: it could not be read back as gone.',
  check: 'Nothing was changed and nothing was written to disk.',
};

/**
 * An `AppError` from what a keychain threw.
 * SECURITY(S-15): an absent or locked keychain is said, with memory as the only other place.
 */
export function keychainError(
  act: KeychainAct,
  cause: unknown,
  platform: NodeJS.Platform = process.platform,
): AppError {
  const text = (cause instanceof Error ? cause.message : String(cause)).trim();
  const kind = keychainErrorKind(text);
  return {
    kind,
    message: messages[kind],
    whatDidNotChange: unchanged[act],
    whatToDo: `${advice(kind, platform)} Or keep secrets in memory until you quit.`,
    retryable: true,
    remedies: [
      { kind: 'retry' },
      { kind: 'use-memory' },
      ...(kind === 'keychain-absent' && platform === 'linux'
        ? [{ kind: 'open-link' as const, linkId: 'docs-keyring' }]
        : []),
    ],
    ...(text === '' ? {} : { detail: text.slice(0, 4000) }),
  };
}
