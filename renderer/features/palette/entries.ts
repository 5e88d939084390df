import type { ConnectionSummary } from '../../../core/domain/connection';
import type { Session } from '../../../core/domain/session';
import type { Chord } from '../../../core/domain/shortcuts';
import type { IconName } from '../../ui/icon-names';

/** What there is more to do with: its acts are a press of Tab away. */
export type Subject = {
  readonly name: string;
  readonly connection: ConnectionSummary | undefined;
  /** The one that lives longest, of the connection; or the session itself. */
  readonly session: Session | undefined;
};

/** One line of the palette. */
export type Entry = {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly accountId?: string | undefined;
  readonly chord?: Chord | undefined;
  /** By Enter. */
  readonly run: () => void;
  /** By Ctrl or ⌘ with Enter: “starts a session”. */
  readonly second?: { readonly words: string; readonly run: () => void } | undefined;
  readonly subject?: Subject | undefined;
  /** The ID under which it counts as chosen before: of an act, what it is done to. Its own where there is none. */
  readonly chosenAs?: string | undefined;
};

export type EntryGroup = {
  readonly id: string;
  readonly heading: string;
  readonly entries: readonly Entry[];
  /** It stands beside what was found, and not for the words that were typed. */
  readonly isBeside?: boolean;
};

/** What the palette needs of the window around it. */
export type PaletteDoors = {
  readonly go: (path: string) => void;
  readonly showKeys: () => void;
  readonly openPractice: (tab: 'trouble' | 'begin') => void;
};
