import { useSyncExternalStore } from 'react';
import type { Operation } from '../../core/contract/operations';
import { client, listen } from './client';

/** Long work as main pushes it: the one piece of pushed state in the window. Ended ones stay until replaced. */
const operations = new Map<string, Operation>();
const listeners = new Set<() => void>();
/** More than a person can look back at; older ended ones go first. */
const kept = 50;

function put(operation: Operation): void {
  operations.delete(operation.id);
  operations.set(operation.id, operation);
  for (const [id, { state }] of operations) {
    if (operations.size <= kept) break;
    if (state !== 'running') operations.delete(id);
  }
  for (const listener of listeners) listener();
}

/** Called once, before the first draw: what runs already, where something can, then every change. */
export function followOperations(isFirstRun: boolean): () => void {
  const stop = listen('operation', ({ operation }) => {
    put(operation);
  });
  // a question to a workspace opens it, and none was chosen yet
  if (isFirstRun) return stop;
  void client.operations.list({}).then((answer) => {
    // an event that arrived in the meantime is newer than this answer
    if (answer.ok) for (const operation of answer.value.operations) if (!operations.has(operation.id)) put(operation);
  });
  return stop;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The latest operation of a kind on a draft or connection. */
export function useOperationOn<K extends Operation['kind']>(
  kind: K,
  subjectId: string | undefined,
): Extract<Operation, { kind: K }> | undefined {
  const latest = useSyncExternalStore(subscribe, () => {
    let found: Operation | undefined;
    for (const operation of operations.values()) {
      if (operation.kind === kind && operation.subjectId === subjectId) found = operation;
    }
    return found;
  });
  return latest as Extract<Operation, { kind: K }> | undefined;
}
