import { ok } from '../../core/result';
import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function guardRailsHandlers(workspace: () => Workspace): Handlers['guardRails'] {
  return {
    read: ({ sourceId, targetId }) => workspace().guardRails.read(sourceId, targetId),
    preview: (wish) => workspace().guardRails.preview(wish),
    attach: (wish) => workspace().guardRails.beginAttach(wish),
    detach: ({ recordId, sourceId }) => workspace().guardRails.beginDetach(recordId, sourceId),
    resume: ({ recordId, sourceId }) => workspace().guardRails.resume(recordId, sourceId),
    cancel: ({ recordId }) => workspace().guardRails.cancel(recordId),
    forget: ({ recordId }) => workspace().guardRails.forget(recordId),
    list: () => ok({ records: workspace().guardRails.list() }),
  };
}
