import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function importsHandlers(workspace: () => Workspace): Handlers['imports'] {
  return {
    preview: ({ from }) => workspace().imports.preview(from),
    run: ({ previewId, keys }) => workspace().imports.run(previewId, keys),
  };
}
