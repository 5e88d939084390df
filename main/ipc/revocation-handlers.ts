import { err, ok } from '../../core/result';
import { listPerformers } from '../revocation/performers';
import type { Workspace } from '../workspace';
import { notFound } from '../workspace-context';
import type { Handlers } from './register';

export function revocationHandlers(workspace: () => Workspace): Handlers['revocation'] {
  return {
    performers: ({ connectionId }) => {
      const target = workspace().revocations.targets.find(connectionId);
      return target === undefined
        ? err(notFound('This connection'))
        : ok({ performers: listPerformers(workspace(), target) });
    },
    readRequest: ({ text }) => workspace().revocations.targets.ask(text),
    preview: ({ connectionId, performer, way }) => workspace().revocations.preview(connectionId, way, performer),
    revoke: ({ connectionId, ...wish }) => workspace().revocations.revoke(connectionId, wish),
    resume: ({ revocationId }) => workspace().revocations.resume(revocationId),
    check: ({ revocationId }) => workspace().revocations.check(revocationId),
    undo: ({ revocationId }) => workspace().revocations.undo(revocationId),
    cleanUp: ({ revocationId }) => workspace().revocationCare.cleanUp(revocationId),
    narrow: ({ revocationId, text }) => workspace().revocationCare.narrow(revocationId, text),
    signOff: ({ by, note, revocationId }) => workspace().revocationCare.signOff(revocationId, by, note),
    save: ({ revocationId, what }) => workspace().revocationFiles.save(revocationId, what),
    plan: async ({ scope }) => ok(await workspace().revocationBatches.plan(scope)),
    revokeMany: ({ planId, way }) => workspace().revocationBatches.confirm(planId, way),
    batch: ({ batchId }) => workspace().revocationBatches.view(batchId),
    stopBatch: ({ batchId }) => workspace().revocationBatches.stopBeginning(batchId),
    list: () => ok({ revocations: workspace().revocations.list() }),
    get: ({ revocationId }) => {
      const revocation = workspace().revocations.find(revocationId);
      return revocation === undefined ? err(notFound('This revocation')) : ok({ revocation });
    },
  };
}
