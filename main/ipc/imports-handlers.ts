import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function importsHandlers(workspace: () => Workspace): Handlers['imports'] {
  return {
    preview: ({ from }) => workspace().imports.preview(from),
    save: ({ connectionIds, format }) => workspace().imports.shared.save(format, connectionIds),
    merge: ({ choices, previewId }) => workspace().imports.shared.merge(previewId, choices),
    undo: ({ importId }) => workspace().imports.shared.undo(importId),
    run: ({ previewId, keys }) => workspace().imports.run(previewId, keys),
  };
}
