/**
 * A process of its own for tests of the keychain: does one thing with a `SecretStore` on the real keychain and prints
 * the answer as JSON. With DIE_AFTER=n it is killed by SIGKILL, as by a power cut, right after its n-th change.
 */
import { KeychainSecretStore } from '../../main/secrets/keychain-secret-store';
import { KeytarKeychain } from '../../main/secrets/keytar-keychain';
import { lockPrivateKeyring } from './keyring';

const [service = '', act = '', key = '', value = ''] = process.argv.slice(2);
const dieAfter = Number(process.env['DIE_AFTER'] ?? Infinity);
let changes = 0;

class MortalKeychain extends KeytarKeychain {
  override async write(account: string, text: string): Promise<void> {
    await super.write(account, text);
    this.#changed();
  }

  override async remove(account: string): Promise<void> {
    await super.remove(account);
    this.#changed();
  }

  #changed(): void {
    changes += 1;
    if (changes >= dieAfter) process.kill(process.pid, 'SIGKILL');
  }
}

function store(): KeychainSecretStore {
  return new KeychainSecretStore(new MortalKeychain(service));
}

async function answer(): Promise<unknown> {
  switch (act) {
    case 'set':
      return store().set(key, value);
    case 'get':
      return store().get(key);
    case 'remove':
      return store().remove(key);
    case 'probe':
      return store().probe();
    case 'all-while-locked': {
      await store().set(key, value);
      lockPrivateKeyring();
      const locked = store();
      return {
        get: await locked.get(key),
        set: await locked.set(key, 'other'),
        remove: await locked.remove(key),
        keys: await locked.keys(),
        probe: await locked.probe(),
      };
    }
    default:
      throw new Error(`no such act: ${act}`);
  }
}

const given = await answer();
process.stdout.write(JSON.stringify({ changes, answer: given }));
