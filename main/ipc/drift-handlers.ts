import { ok } from '../../core/result';
import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function driftHandlers(workspace: () => Workspace): Handlers['drift'] {
  return {
    ofConnection: ({ connectionId }) => {
      const { drift, putBacks } = workspace();
      const found = drift.ofConnection(connectionId);
      const [putBack] = putBacks.ofConnection(connectionId);
      return found.ok ? ok({ ...found.value, ...(putBack && { putBack }) }) : found;
    },
    marks: () => ok({ marks: workspace().drift.marks() }),
    lookAt: ({ connectionIds }) => workspace().drift.lookAt(connectionIds, 'person'),
    paste: ({ connectionId, text }) => workspace().drift.paste(connectionId, text),
    accept: ({ connectionId, note, partIds }) => workspace().drift.accept(connectionId, partIds, note),
    previewPutBack: ({ connectionId, partIds }) => workspace().putBacks.preview(connectionId, partIds),
    putBack: ({ connectionId, partIds }) => workspace().putBacks.start(connectionId, partIds),
    goOnPuttingBack: ({ putBackId }) => workspace().putBacks.goOn(putBackId),
    undoPutBack: ({ putBackId }) => workspace().putBacks.undo(putBackId),
    getNotes: ({ connectionId }) => ok(workspace().notes.of(connectionId)),
    setNotes: ({ connectionId, notes, owner }) => workspace().notes.write(connectionId, { notes, owner }),
  };
}
