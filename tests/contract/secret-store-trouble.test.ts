import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { appErrorSchema } from '../../core/app-error';
import { keychainError } from '../../main/secrets/keychain-error';
import { bundleForNode } from '../support/bundle';
import { hasPrivateKeyring, noKeyringReason, ownService, runInOwnKeyring, withoutDesktop } from '../support/keyring';

type Answer = { readonly ok: boolean; readonly error?: { readonly kind: string; readonly detail?: string } };

let program = '';
beforeAll(async () => {
  program = await bundleForNode('secret-child');
});

describe.skipIf(process.platform !== 'linux')('the real keytar without any keyring (Linux only)', () => {
  function child(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Answer {
    const output = execFileSync(process.execPath, [program, ownService(), ...args], {
      encoding: 'utf8',
      env: { ...withoutDesktop(), ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return (JSON.parse(output) as { readonly answer: Answer }).answer;
  }

  it.each([
    ['no session bus', {}],
    ['a session bus that is gone', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }],
    ['a display that is gone', { DISPLAY: ':4999' }],
  ])('%s: every act says that there is no keychain', (_what, environment) => {
    for (const args of [['probe'], ['get', 'session/a'], ['set', 'session/a', 'x'], ['remove', 'session/a']]) {
      const answer = child(environment, ...args);
      expect(answer.error?.kind, `${args.join(' ')}: ${answer.error?.detail}`).toBe('keychain-absent');
    }
  });
});

describe.skipIf(!hasPrivateKeyring)(`a locked keyring (${noKeyringReason})`, () => {
  it('every act says that it is locked, and no record is taken for gone', () => {
    const output = runInOwnKeyring([process.execPath, program, ownService(), 'all-while-locked', 'session/a', 'x']);
    const { answer } = JSON.parse(output) as { readonly answer: Readonly<Record<string, Answer>> };
    expect(Object.keys(answer)).toEqual(['get', 'set', 'remove', 'keys', 'probe']);
    for (const [act, { ok, error }] of Object.entries(answer)) {
      expect(ok, act).toBe(false);
      expect(error?.kind, `${act}: ${error?.detail}`).toBe('keychain-locked');
    }
  });
});

describe('what the systems say', () => {
  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'keychain-absent'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'keychain-absent'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'keychain-absent'],
    ['Failed to load keytar native addon, checked …', 'keychain-absent'],
    ['A default keychain could not be found. (-25307)', 'keychain-absent'],
    ['Cannot create an item in a locked collection', 'keychain-locked'],
    ['User interaction is not allowed.', 'keychain-locked'],
    ['The user name or passphrase you entered is not correct.', 'keychain-locked'],
    ['User canceled the operation.', 'keychain-locked'],
    ['The stub received bad data.', 'keychain-failed'],
    ['', 'keychain-failed'],
  ])('%s → %s', (text, kind) => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const error = keychainError('keep', new Error(text), platform);
      expect(error.kind).toBe(kind);
      expect(appErrorSchema.parse(error)).toEqual(error);
      expect(error.whatToDo).not.toBe('');
    }
  });
});
