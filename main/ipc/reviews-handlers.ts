import { ok } from '../../core/result';
import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function reviewsHandlers(workspace: () => Workspace): Handlers['reviews'] {
  return {
    queue: () => workspace().reviews.queue(),
    get: ({ subjectId }) => workspace().reviews.get(subjectId),
    getPolicy: () => ok({ policy: workspace().reviews.policy() }),
    tryPolicy: async ({ policy }) => ok(await workspace().reviews.queueOfAll.tried(policy)),
    setPolicy: ({ policy }) => workspace().reviews.setPolicy(policy),
    keep: ({ note, subjectIds }) => workspace().reviews.keep(subjectIds, note),
    snooze: ({ note, subjectIds, until }) => workspace().reviews.snooze(subjectIds, until, note),
    revoking: ({ connectionId, note, revocationId }) => workspace().reviews.revoking(connectionId, revocationId, note),
    undo: ({ batchId }) => workspace().reviews.undo(batchId),
    bringBack: ({ subjectId }) => workspace().reviews.bringBack(subjectId),
    setDates: ({ connectionIds, to }) => workspace().reviews.setDates(connectionIds, to),
    undoDates: ({ batchId }) => workspace().reviews.undoDates(batchId),
    lookAtKeys: () => workspace().reviews.lookAtKeys(),
    save: ({ from, to }) => workspace().reviews.save(from, to),
  };
}
