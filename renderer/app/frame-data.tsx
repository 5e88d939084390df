import { createContext, useContext } from 'react';
import type { MenuGroup } from '../ui/menu';
import type { PlaceId } from './places';
import type { DraftSummary } from './sidebar';
import type { IdentitySummary } from './title-bar';

/** What the frame shows that is pushed by main. Given at the top of the tree; the frame itself asks for nothing. */
export interface FrameData {
  readonly identity: IdentitySummary | undefined;
  readonly identityMenu: readonly MenuGroup[];
  /** Present while the practice sandbox is in use. */
  readonly sandbox?:
    | {
        readonly trouble?: string | undefined;
        readonly onLeave?: (() => void) | undefined;
      }
    | undefined;
  readonly counts: Readonly<Partial<Record<PlaceId, number>>>;
  /** The one that was worked on last. */
  readonly draft: DraftSummary | undefined;
}

const emptyFrame: FrameData = { identity: undefined, identityMenu: [], counts: {}, draft: undefined };

export const FrameDataContext = createContext<FrameData>(emptyFrame);

export function useFrameData(): FrameData {
  return useContext(FrameDataContext);
}
