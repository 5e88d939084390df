import { err, ok } from '../../core/result';
import type { Workspace } from '../workspace';
import { notFound } from '../workspace-context';
import type { Handlers } from './register';

export function revocationHandlers(workspace: () => Workspace): Handlers['revocation'] {
  return {
    preview: ({ connectionId, targetSourceId }) => workspace().revocations.preview(connectionId, targetSourceId),
    revoke: ({ connectionId, targetSourceId, way, prove }) =>
      workspace().revocations.revoke(connectionId, targetSourceId, way, prove),
    resume: ({ revocationId }) => workspace().revocations.resume(revocationId),
    undo: ({ revocationId }) => workspace().revocations.undo(revocationId),
    list: () => ok({ revocations: workspace().revocations.list() }),
    get: ({ revocationId }) => {
      const revocation = workspace().revocations.find(revocationId);
      return revocation === undefined ? err(notFound('This revocation')) : ok({ revocation });
    },
  };
}
