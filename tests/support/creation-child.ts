/**
 * The app's services in a process of their own, over files on disk and a sandbox on loopback: makes a recipe, says so,
 * and takes it back when told to. With DIE_AT=n-before or n-after it is killed by SIGKILL, as by a power cut, right
 * before or after its n-th write of the wizard's file, where the journal is. Started again it goes on from the files.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { err, ok } from '../../core/result';
import { createAws } from '../../main/aws/create-aws';
import { Network } from '../../main/aws/network';
import { SecretClipboard } from '../../main/handoff/secret-clipboard';
import { SystemClock } from '../../main/platform/system-clock';
import { KeychainSecretStore } from '../../main/secrets/keychain-secret-store';
import { MemorySecretStore } from '../../main/secrets/memory-secret-store';
import type { RawItem, RawKeychain } from '../../main/secrets/raw-keychain';
import { SecretVault } from '../../main/secrets/secret-vault';
import { StoreFiles } from '../../main/store-files';
import { Workspace } from '../../main/workspace';
import { appError, type StoredDocument } from '../../main/workspace-context';
import { nobodyElsewhere, nothingOutside } from './memory-outside';
import { must } from './must';
import { acceptedDraft } from './recipe-draft';

export type CreationOrder = {
  readonly directory: string;
  readonly endpoint: string;
  readonly keys: Readonly<
    Record<'deployer' | 'owner' | 'management', { readonly accessKeyId: string; readonly secretAccessKey: string }>
  >;
  readonly recipeId: string;
  readonly parameters: Readonly<Record<string, string>>;
};

const order = JSON.parse(process.argv[2] ?? '') as CreationOrder;
const [deadly, moment] = (process.env['DIE_AT'] ?? '').split('-');

/** As durable as the system's keychain: what was written is there after a crash. */
class FileKeychain implements RawKeychain {
  readonly #path = join(order.directory, 'keychain.json');

  read(account: string): Promise<string | undefined> {
    return Promise.resolve(this.#items()[account]);
  }

  write(account: string, value: string): Promise<void> {
    return this.#keep({ ...this.#items(), [account]: value });
  }

  remove(account: string): Promise<void> {
    return this.#keep(Object.fromEntries(Object.entries(this.#items()).filter(([name]) => name !== account)));
  }

  list(): Promise<readonly RawItem[]> {
    return Promise.resolve(Object.entries(this.#items()).map(([account, value]) => ({ account, value })));
  }

  #items(): Record<string, string> {
    try {
      return JSON.parse(readFileSync(this.#path, 'utf8')) as Record<string, string>;
    } catch {
      return {};
    }
  }

  #keep(items: Record<string, string>): Promise<void> {
    writeFileSync(this.#path, JSON.stringify(items));
    return Promise.resolve();
  }
}

/** Of the wizard’s file while something is made or taken back; what comes before that does not count. */
let writes = -Infinity;

function mortal<T>(document: StoredDocument<T>): StoredDocument<T> {
  const die = (now: string): void => {
    if (writes === Number(deadly) && moment === now) process.kill(process.pid, 'SIGKILL');
  };
  return {
    read: () => document.read(),
    update: (change) => {
      writes += 1;
      die('before');
      const written = document.update(change);
      die('after');
      return written;
    },
  };
}

const clock = new SystemClock();
const aws = createAws({ clock, network: new Network({ clock, variables: {} }), version: '0.0.0' });
const store = new StoreFiles(order.directory, () => clock.now());
const documents = store.workspace('practice');
const clipboard = new SecretClipboard({ read: () => '', write: () => undefined, clear: () => undefined }, clock);
const nothing = () => Promise.resolve(err(appError('not-possible', 'There is no window here.')));
const workspace = new Workspace({
  kind: 'practice',
  version: '0.0.0',
  clock,
  newId: randomUUID,
  aws,
  environment: (region) => ({ kind: 'aws', partition: 'aws', region, endpoint: order.endpoint }),
  publisher: { revision: 0, changed: () => undefined, send: () => undefined },
  audit: () => ok(undefined),
  documents: { ...documents, drafts: mortal(documents.drafts) },
  auditPath: '/nowhere/audit.jsonl',
  testHistory: store.testHistory('practice'),
  vault: new SecretVault(new KeychainSecretStore(new FileKeychain()), new MemorySecretStore(), () => undefined),
  clipboard,
  listProfiles: () => Promise.resolve(ok([])),
  profileProvider: () => nothing,
  sandboxProvider: (part) => () => Promise.resolve(ok(order.keys[part])),
  signInToConsole: nothing,
  openInBrowser: nothing,
  outside: nothingOutside,
  elsewhere: nobodyElsewhere,
  shut: () => undefined,
  files: { saveFile: nothing, saveFolder: nothing, chooseImport: () => Promise.resolve(undefined) },
  importPlaces: { 'aws-config': '/nowhere/config', leapp: '/nowhere/Leapp-lock.json' },
  notify: () => undefined,
});

async function ended(operationId: string): Promise<void> {
  while (workspace.operations.list().some(({ id }) => id === operationId)) await clock.wait(5);
}

function creation(draftId: string) {
  return must(workspace.onboarding.get(draftId)).draft.state.answers.creation;
}

workspace.resume();
// a wizard that was killed before its plan was accepted is begun anew, as a person would
for (const { id, state } of workspace.onboarding.drafts()) {
  if (state.answers.creation === undefined) must(workspace.onboarding.discard(id));
}
const [begun] = workspace.onboarding.drafts();
const draftId = begun?.id ?? (await acceptedDraft(workspace.onboarding, order.recipeId, { ...order.parameters }));
writes = 0;
if (process.env['UNDO'] !== 'go-on') {
  if (creation(draftId)?.state !== 'done')
    await ended(must(workspace.onboarding.createRole(draftId, 'practice-owner')).operationId);
  const made = creation(draftId);
  if (made?.state !== 'done') throw new Error(JSON.stringify(made));
  process.stdout.write(`made after ${String(writes)} writes\n`);
  for await (const line of createInterface({ input: process.stdin })) if (line === 'undo') break;
}
if (creation(draftId)?.state !== 'ready') await ended(must(workspace.onboarding.undoCreation(draftId)).operationId);
const left = creation(draftId);
if (left?.state !== 'ready') throw new Error(JSON.stringify(left));
process.stdout.write(`undone after ${String(writes)} writes\n`);
process.exit(0);
