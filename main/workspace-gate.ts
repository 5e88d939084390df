import type { TestEnd } from '../core/domain/health';
import { err, type Result } from '../core/result';
import type { Vault } from './secrets/secret-vault';
import type { StoredCollection, Kept } from './store/collection';
import type { StoredLines } from './store/line-folder';
import type { WorkspaceDocuments } from './workspace-documents';
import { appError, type StoredDocument, type WorkspaceContext } from './workspace-context';
import type { Elsewhere } from './sessions/elsewhere';

/** What a workspace keeps anything by. */
type Keeping = Pick<WorkspaceContext, 'audit'> & {
  readonly documents: WorkspaceDocuments;
  readonly testHistory: StoredLines<TestEnd>;
  readonly vault: Vault;
  readonly elsewhere: Elsewhere;
};

const isClosed = appError('not-possible', 'This workspace was closed before that was done.', {
  whatToDo: 'Look whether it is still wanted, and begin it again.',
});

/**
 * The same ports, until `shut` is called: from then on nothing that still runs of the workspace writes a file or keeps a
 * secret. A workspace is shut before its files are deleted, and what comes back from AWS after that has no owner.
 */
export function behindGate<P extends Keeping>(ports: P): P & { readonly shut: () => void } {
  let isShut = false;
  const unlessShut = <T>(act: () => Result<T>): Result<T> => (isShut ? err(isClosed) : act());
  const { audit, documents, elsewhere, testHistory, vault } = ports;
  const gated: Keeping = {
    audit: (...entries) => unlessShut(() => audit(...entries)),
    documents: Object.fromEntries(
      Object.entries(documents).map(([name, one]) => [
        name,
        'read' in one
          ? documentBehind(one as StoredDocument<unknown>, unlessShut)
          : collectionBehind(one as StoredCollection<Kept>, unlessShut),
      ]),
    ) as WorkspaceDocuments,
    testHistory: {
      read: (id) => testHistory.read(id),
      append: (id, record) => unlessShut(() => testHistory.append(id, record)),
      forget: (id) => {
        testHistory.forget(id);
      },
    },
    elsewhere: {
      ...elsewhere,
      lock: (sessionId) => (isShut ? Promise.resolve(err(isClosed)) : elsewhere.lock(sessionId)),
    },
    vault: vaultBehind(vault, () => isShut),
  };
  return {
    ...ports,
    ...gated,
    shut: () => {
      isShut = true;
    },
  };
}

type Guard = <T>(act: () => Result<T>) => Result<T>;

function documentBehind<T>(document: StoredDocument<T>, guard: Guard): StoredDocument<T> {
  return { read: () => document.read(), update: (change) => guard(() => document.update(change)) };
}

function collectionBehind<T extends Kept>(collection: StoredCollection<T>, guard: Guard): StoredCollection<T> {
  return {
    all: () => collection.all(),
    find: (id) => collection.find(id),
    change: (change) => guard(() => collection.change(change)),
    get problem() {
      return collection.problem;
    },
  };
}

/** SECURITY(S-15): what was on its way into the keychain while the workspace was shut is taken out again. */
function vaultBehind(vault: Vault, isShut: () => boolean): Vault {
  return {
    get state() {
      return vault.state;
    },
    check: () => vault.check(),
    get: (key) => vault.get(key),
    forget: (key) => {
      vault.forget(key);
    },
    isOutOfReach: (key) => vault.isOutOfReach(key),
    remove: (key, from) => vault.remove(key, from),
    put: async (key, value, only) => {
      if (isShut()) return err(isClosed);
      const kept = await vault.put(key, value, only);
      if (!isShut()) return kept;
      const removed = await vault.remove(key);
      return removed.ok ? err(isClosed) : removed;
    },
  };
}
