import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../core/result';
import { KeychainSecretStore } from '../../main/secrets/keychain-secret-store';
import { KeytarKeychain } from '../../main/secrets/keytar-keychain';
import { bundleForNode } from '../support/bundle';
import { hasPrivateKeyring, noKeyringReason, ownService } from '../support/keyring';
import { MemoryKeychain } from '../support/memory-keychain';
import { longToken } from './secret-store-suite';

const oldValue = `old ${longToken}`;
const newValue = `new ${longToken}`;

function nameOf(kept: Result<string | undefined>): string {
  if (!kept.ok) return kept.error.kind;
  if (kept.value === undefined) return 'none';
  return kept.value === oldValue ? 'old' : kept.value === newValue ? 'new' : 'a mixture';
}

/** From its n-th change on the process is gone: that change was done, nothing after it is, and no call returns. */
class DyingKeychain extends MemoryKeychain {
  left = Infinity;

  override async write(account: string, value: string): Promise<void> {
    if (this.left <= 0) return never();
    await super.write(account, value);
    return this.#changed();
  }

  override async remove(account: string): Promise<void> {
    if (this.left <= 0) return never();
    await super.remove(account);
    return this.#changed();
  }

  #changed(): Promise<void> {
    this.left -= 1;
    return this.left <= 0 ? never() : Promise.resolve();
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** The changes of one `set` over an old record of as many parts: parts, head, old parts. */
const parts = 3;
const changesOfSet = parts + 1 + parts;

describe('a crash between any two changes, on a keychain with the limits of Windows', () => {
  it('leaves the old or the new record, and the next write clears what is left', async () => {
    for (let after = 1; after <= changesOfSet; after += 1) {
      const keychain = new DyingKeychain();
      await new KeychainSecretStore(keychain).set('session/a', oldValue);
      keychain.left = after;
      void new KeychainSecretStore(keychain).set('session/a', newValue);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(keychain.left, `crash ${after} happened`).toBe(0);
      keychain.left = Infinity;
      const next = new KeychainSecretStore(keychain);
      expect(nameOf(await next.get('session/a'))).toBe(after <= parts ? 'old' : 'new');
      await next.set('session/b', 'x');
      expect(keychain.items.size, 'two records and no more').toBe(parts + 1 + 2);
    }
  });

  it('in a removal leaves the record or nothing, and the next write clears what is left', async () => {
    for (let after = 1; after <= parts + 1; after += 1) {
      const keychain = new DyingKeychain();
      await new KeychainSecretStore(keychain).set('session/a', oldValue);
      keychain.left = after;
      void new KeychainSecretStore(keychain).remove('session/a');
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(keychain.left).toBe(0);
      keychain.left = Infinity;
      const next = new KeychainSecretStore(keychain);
      expect(await next.get('session/a')).toEqual({ ok: true, value: undefined });
      await next.set('session/b', 'x');
      expect(keychain.items.size).toBe(2);
    }
  });
});

describe.skipIf(!hasPrivateKeyring)(`kill -9 on the real keyring (${noKeyringReason})`, () => {
  let program = '';
  beforeAll(async () => {
    program = await bundleForNode('secret-child');
  });

  function child(dieAfter: number, ...args: readonly string[]): { signal: string | null; output: string } {
    const { signal, stdout } = spawnSync(process.execPath, [program, ...args], {
      encoding: 'utf8',
      env: { ...process.env, DIE_AFTER: String(dieAfter) },
    });
    return { signal, output: stdout };
  }

  it('a set killed after each of its changes leaves the old or the new record, never a mixture', async () => {
    const service = ownService();
    const keychain = new KeytarKeychain(service);
    await new KeychainSecretStore(keychain).set('session/a', oldValue);
    for (let after = 1; after <= changesOfSet; after += 1) {
      await new KeychainSecretStore(keychain).set('session/a', oldValue);
      expect(child(after, service, 'set', 'session/a', newValue).signal, `kill ${after} happened`).toBe('SIGKILL');
      const kept = await new KeychainSecretStore(keychain).get('session/a');
      expect(nameOf(kept), `after change ${after}`).toBe(after <= parts ? 'old' : 'new');
    }
    const undisturbed = child(changesOfSet + 1, service, 'set', 'session/a', newValue);
    expect(undisturbed.signal).toBeNull();
    expect(undisturbed.output).toContain('"ok":true');
    expect(await keychain.list(), 'and nothing is left over').toHaveLength(parts + 1);
  });

  it('a removal killed after each of its changes leaves nothing to read and, after the next, nothing at all', async () => {
    const service = ownService();
    const keychain = new KeytarKeychain(service);
    for (let after = 1; after <= parts + 1; after += 1) {
      await new KeychainSecretStore(keychain).set('session/a', oldValue);
      expect(child(after, service, 'remove', 'session/a').signal).toBe('SIGKILL');
      expect(await new KeychainSecretStore(keychain).get('session/a')).toEqual({ ok: true, value: undefined });
    }
    expect(await new KeychainSecretStore(keychain).remove('session/a')).toEqual({ ok: true, value: undefined });
    expect(await keychain.list()).toEqual([]);
  });
});
