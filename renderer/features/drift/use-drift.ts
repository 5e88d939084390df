import type { OutputOf } from '../../../core/contract/contract';
import type { DriftMark } from '../../../core/domain/drift/difference';
import { useAsk } from '../../ipc/queries';

type Marks = OutputOf<'drift', 'marks'>;
type Known = { readonly byId: ReadonlyMap<string, DriftMark>; readonly drifted: ReadonlySet<string> };

const nothing: Known = { byId: new Map(), drifted: new Set() };
/** One answer is read once, however many rows ask. */
const read = new WeakMap<Marks, Known>();

function useMarks(): Known {
  const { data } = useAsk('drift', 'drift', 'marks', {});
  if (data === undefined) return nothing;
  const known = read.get(data) ?? {
    byId: new Map(data.marks.map(({ connectionId, ...mark }) => [connectionId, mark])),
    drifted: new Set(data.marks.filter(({ count }) => count > 0).map(({ connectionId }) => connectionId)),
  };
  read.set(data, known);
  return known;
}

/** How the last look at a connection's role ended; `undefined` where nobody looked. */
export function useDriftMark(connectionId: string): DriftMark | undefined {
  return useMarks().byId.get(connectionId);
}

/** The connections in which AWS has something else than was agreed. */
export function useDrifted(): ReadonlySet<string> {
  return useMarks().drifted;
}
