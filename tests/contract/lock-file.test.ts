import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KeychainSecretStore } from '../../main/secrets/keychain-secret-store';
import { MemorySecretStore } from '../../main/secrets/memory-secret-store';
import { SecretVault } from '../../main/secrets/secret-vault';
import { SystemClock } from '../../main/platform/system-clock';
import { takeLock } from '../../main/store/lock-file';
import { bundleForNode } from '../support/bundle';
import { MemoryKeychain } from '../support/memory-keychain';
import { must } from '../support/must';

let folder: string;
let lock: string;
let program: string;
const clock = new SystemClock();
const options = { clock, staleAfterMs: 60_000, patienceMs: 60_000 };

beforeAll(async () => {
  program = await bundleForNode('lock-child');
}, 60_000);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-lock-'));
  lock = join(folder, 'locks', 'one');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [program, lock, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function holder(): Promise<ChildProcess> {
  const child = start('hang');
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

describe('a lock among processes', () => {
  it('lets one at a time do what two cannot do at once', async () => {
    const counter = join(folder, 'counter');
    writeFileSync(counter, '0');
    const children = Array.from({ length: 8 }, () => start('count', counter, '10'));
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as number));
    expect(codes).toEqual(Array.from({ length: 8 }, () => 0));
    expect(readFileSync(counter, 'utf8')).toBe('80');
    expect(existsSync(lock)).toBe(false);
  });

  it('is taken over from a holder that was killed, with nobody counting twice', async () => {
    const child = await holder();
    expect(await takeLock(lock, { ...options, patienceMs: 50 })).toMatchObject({ ok: false });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const counter = join(folder, 'counter');
    writeFileSync(counter, '0');
    const children = Array.from({ length: 6 }, () => start('count', counter, '1'));
    await Promise.all(children.map((one) => once(one, 'exit')));
    expect(readFileSync(counter, 'utf8')).toBe('6');
  });

  it('is taken over from one that hangs once it is old, and from one that died while making it', async () => {
    const child = await holder();
    utimesSync(lock, new Date(0), new Date(0));
    must(await takeLock(lock, { ...options, patienceMs: 50 }))();
    child.kill('SIGKILL');
    writeFileSync(lock, '');
    utimesSync(lock, new Date(0), new Date(0));
    must(await takeLock(lock, { ...options, patienceMs: 50 }))();
    expect(existsSync(lock)).toBe(false);
  });

  it('of another computer’s process in a shared home is not judged by this computer’s', async () => {
    must(await takeLock(lock, options))();
    writeFileSync(lock, JSON.stringify({ pid: 999_999_999, host: `not-${hostname()}`, nonce: 'a' }));
    expect(await takeLock(lock, { ...options, patienceMs: 30 })).toMatchObject({ ok: false });
  });

  it('is not given back for somebody who took it over', async () => {
    const mine = must(await takeLock(lock, options));
    utimesSync(lock, new Date(0), new Date(0));
    const theirs = must(await takeLock(lock, options));
    mine();
    expect(existsSync(lock)).toBe(true);
    theirs();
    expect(existsSync(lock)).toBe(false);
  });

  it('says so where no file can be made', async () => {
    writeFileSync(join(folder, 'locks'), 'a file where a folder should be');
    expect(await takeLock(lock, options)).toMatchObject({ ok: false, error: { kind: 'store-unwritable' } });
  });
});

describe('a keychain that two processes write', () => {
  it('is written, listed and tried under the lock, and read without it', async () => {
    const keychain = new MemoryKeychain();
    let held = false;
    const underLock: string[] = [];
    const store = new KeychainSecretStore(keychain, {
      lock: () => {
        held = true;
        const before = keychain.calls.length;
        return Promise.resolve({
          ok: true,
          value: () => {
            underLock.push(...keychain.calls.slice(before));
            held = false;
          },
        });
      },
    });
    must(await store.set('session/a', 'one'));
    must(await store.get('session/none'));
    must(await store.keys());
    must(await store.probe());
    must(await store.remove('session/a'));
    expect(held).toBe(false);
    expect(keychain.calls.filter((call) => !underLock.includes(call))).toEqual(['read session/none#head']);
  });

  it('does nothing without the lock, and says why', async () => {
    const keychain = new MemoryKeychain();
    const why = { kind: 'not-possible' as const, message: 'busy', whatDidNotChange: '', whatToDo: '' };
    const store = new KeychainSecretStore(keychain, {
      lock: () => Promise.resolve({ ok: false, error: { ...why, retryable: true, remedies: [] } }),
    });
    expect(await store.set('session/a', 'one')).toMatchObject({ ok: false, error: { message: 'busy' } });
    expect(keychain.calls).toEqual([]);
  });

  it('is neither listed nor tried by a process that comes and goes, which clears away what it replaced by name', async () => {
    const keychain = new MemoryKeychain();
    must(await new KeychainSecretStore(keychain).set('session/a', 'old'.repeat(1500)));
    must(await new KeychainSecretStore(keychain).set('session/b', 'another'));
    const others = [...keychain.items.keys()].filter((account) => account.startsWith('session/b')).length;
    keychain.calls.length = 0;
    const passing = new KeychainSecretStore(keychain, { looksAround: false });
    must(await passing.set('session/a', 'new'));
    expect(must(await passing.get('session/none'))).toBeUndefined();
    expect(keychain.calls.filter((call) => /^list|probe/.test(call))).toEqual([]);
    expect(keychain.items.size).toBe(2 + others);
    expect(must(await new KeychainSecretStore(keychain).get('session/a'))).toBe('new');
  });

  it('is read anew once another process is known to have replaced a record', async () => {
    const keychain = new MemoryKeychain();
    const app = new KeychainSecretStore(keychain);
    must(await app.set('session/a', 'old'));
    must(await new KeychainSecretStore(keychain, { looksAround: false }).set('session/a', 'new'));
    expect(must(await app.get('session/a'))).toBe('old');
    app.forget('session/a');
    expect(must(await app.get('session/a'))).toBe('new');
  });

  it('is out of reach of a locked keychain once it has to be read anew', async () => {
    const keychain = new MemoryKeychain();
    const vault = new SecretVault(new KeychainSecretStore(keychain), new MemorySecretStore(), () => undefined);
    must(await vault.put('session/a', 'old'));
    keychain.trouble = new Error('The collection is locked');
    await vault.check();
    expect(vault.isOutOfReach('session/a')).toBe(false);
    vault.forget('session/a');
    expect(vault.isOutOfReach('session/a')).toBe(true);
    expect((await vault.get('session/a')).ok).toBe(false);
  });
});
