import { describe, expect, it } from 'vitest';
import { KeychainSecretStore } from '../../main/secrets/keychain-secret-store';
import { KeytarKeychain } from '../../main/secrets/keytar-keychain';
import { MemorySecretStore } from '../../main/secrets/memory-secret-store';
import { hasPrivateKeyring, noKeyringReason, ownService } from '../support/keyring';
import { MemoryKeychain, windowsItemBytes } from '../support/memory-keychain';
import { longToken, secretStoreSuite } from './secret-store-suite';

secretStoreSuite('MemorySecretStore', () => ({ store: new MemorySecretStore() }));

secretStoreSuite('KeychainSecretStore on a keychain with the limits of Windows', () => {
  const keychain = new MemoryKeychain();
  return { store: new KeychainSecretStore(keychain), again: () => new KeychainSecretStore(keychain) };
});

if (hasPrivateKeyring) {
  secretStoreSuite('KeychainSecretStore on keytar and a real keyring', () => {
    const service = ownService();
    const make = (): KeychainSecretStore => new KeychainSecretStore(new KeytarKeychain(service));
    return { store: make(), again: make };
  });

  describe('a real keyring', () => {
    it('holds only our accounts, with parts below the limits of Windows, and none after a removal', async () => {
      const keychain = new KeytarKeychain(ownService());
      const store = new KeychainSecretStore(keychain);
      await store.set('session/a', longToken);
      const items = await keychain.list();
      expect(items.map(({ account }) => account.replace(/#[0-9a-f]{16}/, '#generation')).sort()).toEqual([
        'session/a#generation.0',
        'session/a#generation.1',
        'session/a#generation.2',
        'session/a#head',
      ]);
      for (const { value } of items) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(windowsItemBytes);
      await store.remove('session/a');
      expect(await keychain.list()).toEqual([]);
    });
  });
} else {
  it('KeychainSecretStore on keytar and a real keyring', (context) => context.skip(noKeyringReason));
}

describe('KeychainSecretStore over its keychain', () => {
  it('splits below 2,000 bytes an item, whatever the letters', async () => {
    const keychain = new MemoryKeychain();
    await new KeychainSecretStore(keychain).set('session/a', '🔑'.repeat(4096));
    for (const value of keychain.items.values()) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(2000);
    expect(keychain.items.size).toBe(12);
  });

  it('asks the system once for as long as it lives: no prompt storm', async () => {
    const keychain = new MemoryKeychain();
    await new KeychainSecretStore(keychain).set('session/a', longToken);
    const store = new KeychainSecretStore(keychain);
    keychain.calls.length = 0;
    await Promise.all(Array.from({ length: 20 }, () => store.get('session/a')));
    expect(keychain.calls.filter((call) => call.endsWith('#head'))).toEqual(['read session/a#head']);
    expect(keychain.calls).toHaveLength(4);
  });

  it('leaves no part of an old generation, of a crash or of a failed write', async () => {
    const keychain = new MemoryKeychain();
    const store = new KeychainSecretStore(keychain);
    keychain.items.set(`session/gone#${'a'.repeat(16)}.0`, 'left by a crash');
    await store.set('session/a', longToken);
    await store.set('session/a', 'short');
    expect([...keychain.items.keys()].map((account) => account.replace(/[0-9a-f]{16}/, '…')).sort()).toEqual([
      'session/a#head',
      'session/a#….0',
    ]);
  });

  it('leaves alone what is not a record of ours, and the parts of a head it cannot read', async () => {
    const keychain = new MemoryKeychain();
    keychain.items.set('something else', 'x');
    keychain.items.set('session/later#head', '{"version":2}');
    keychain.items.set(`session/later#${'b'.repeat(16)}.0`, 'x');
    await new KeychainSecretStore(keychain).set('session/a', 'value');
    expect(keychain.items.has('something else')).toBe(true);
    expect(keychain.items.has(`session/later#${'b'.repeat(16)}.0`)).toBe(true);
  });

  it('says that a damaged record is damaged, and never gives half of it', async () => {
    const keychain = new MemoryKeychain();
    await new KeychainSecretStore(keychain).set('session/a', longToken);
    const part = [...keychain.items.keys()].find((account) => account.endsWith('.1')) ?? '';
    for (const damage of [() => keychain.items.delete(part), () => keychain.items.set(part, 'AAAA')]) {
      damage();
      const answer = await new KeychainSecretStore(keychain).get('session/a');
      expect(answer.ok).toBe(false);
      expect(!answer.ok && answer.error.kind).toBe('keychain-failed');
    }
  });

  it('reads again when another process replaced the record between its head and its parts', async () => {
    const keychain = new MemoryKeychain();
    const writer = new KeychainSecretStore(keychain);
    await writer.set('session/a', 'old');
    const read = keychain.read.bind(keychain);
    let replaced = false;
    keychain.read = async (account) => {
      const value = await read(account);
      if (account.endsWith('#head') && !replaced) {
        replaced = true;
        await writer.set('session/a', 'new');
      }
      return value;
    };
    expect(await new KeychainSecretStore(keychain).get('session/a')).toEqual({ ok: true, value: 'new' });
  });

  it('a write that fails leaves the old record, and no part of the new one once the keychain answers', async () => {
    const keychain = new MemoryKeychain();
    const store = new KeychainSecretStore(keychain);
    await store.set('session/a', 'old');
    const write = keychain.write.bind(keychain);
    keychain.write = async (account, value) => {
      if (account.endsWith('.1')) throw new Error('Cannot create an item in a locked collection');
      return write(account, value);
    };
    const answer = await store.set('session/a', longToken);
    expect(!answer.ok && answer.error.kind).toBe('keychain-locked');
    expect(await store.get('session/a')).toEqual({ ok: true, value: 'old' });
    expect(keychain.items.size).toBe(2);
  });

  it('a removal that leaves something is a failure, not a success', async () => {
    const keychain = new MemoryKeychain();
    const store = new KeychainSecretStore(keychain);
    await store.set('session/a', longToken);
    keychain.remove = async () => undefined;
    const answer = await store.remove('session/a');
    expect(!answer.ok && answer.error.kind).toBe('keychain-failed');
    expect(!answer.ok && answer.error.whatDidNotChange).toContain('may still be in the keychain');
  });

  it('works again when the keychain does', async () => {
    const keychain = new MemoryKeychain();
    const store = new KeychainSecretStore(keychain);
    keychain.trouble = new Error('Cannot autolaunch D-Bus without X11 $DISPLAY');
    const answer = await store.set('session/a', 'value');
    expect(!answer.ok && answer.error.kind).toBe('keychain-absent');
    expect(!answer.ok && answer.error.remedies).toEqual(
      expect.arrayContaining([{ kind: 'retry' }, { kind: 'use-memory' }]),
    );
    keychain.trouble = undefined;
    expect((await store.set('session/a', 'value')).ok).toBe(true);
  });
});
