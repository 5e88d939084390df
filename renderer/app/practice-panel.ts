import { createContext, useContext } from 'react';

export type PracticeTab = 'trouble' | 'begin';

/** Opens the sandbox's own panel over the page. Given by the frame. */
export const PracticePanelContext = createContext<(tab: PracticeTab) => void>(() => undefined);

export function useOpenPracticePanel(): (tab: PracticeTab) => void {
  return useContext(PracticePanelContext);
}
