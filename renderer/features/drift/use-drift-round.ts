import { useSyncExternalStore } from 'react';
import type { AppError } from '../../../core/app-error';
import { client } from '../../ipc/client';

/** The last round that a person wished for, by whichever button: what it was to look at, and why it did not begin. */
interface Wished {
  /** undefined: all of them */
  readonly connectionIds: readonly string[] | undefined;
  readonly operationId?: string;
  readonly error?: AppError;
}

let wished: Wished = { connectionIds: undefined };
const listeners = new Set<() => void>();

function wish(next: Wished): void {
  wished = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function look(connectionIds: readonly string[] | undefined): Promise<void> {
  wish({ connectionIds });
  const answer = await client.drift.lookAt(connectionIds === undefined ? {} : { connectionIds: [...connectionIds] });
  wish({ connectionIds, ...(answer.ok ? { operationId: answer.value.operationId } : { error: answer.error }) });
}

export function useDriftRound() {
  const { connectionIds, error, operationId } = useSyncExternalStore(subscribe, () => wished);
  return {
    look,
    /** why the last one did not begin */
    error,
    /** The same again. One that nobody here wished for looked at all of them. */
    again: (ofOperation?: string) => void look(ofOperation === operationId ? connectionIds : undefined),
    retry: () => void look(connectionIds),
  };
}
