import { useEffect, useEffectEvent } from 'react';
import type { PressedShortcut, ShortcutId } from '../../core/domain/shortcuts';

/** False where there is nothing to do it to just now: the key is then somebody else's. */
type Answer = (pressed: PressedShortcut) => boolean;

const answers: Answer[] = [];

type Acts = Partial<Readonly<Record<ShortcutId, (() => void) | undefined>>>;

/** What a page does for keys of the window, asked when one is pressed. An act that is undefined is not possible then. */
export function useShortcutActs(actsNow: () => Acts): void {
  const answer = useEffectEvent(({ id }: PressedShortcut) => {
    const act = actsNow()[id];
    act?.();
    return act !== undefined;
  });
  useEffect(() => {
    const mine: Answer = (pressed) => answer(pressed);
    answers.push(mine);
    return () => {
      answers.splice(answers.indexOf(mine), 1);
    };
  }, []);
}

/** Asks the pages, the innermost first. @returns whether somebody did it */
export function answerShortcut(pressed: PressedShortcut): boolean {
  return answers.toReversed().some((answer) => answer(pressed));
}

/** What the focused row of a table stands for, by its key; undefined where the focus is in no row. */
export function focusedRow(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset['key'];
}

/** The page's own search takes the focus. @returns false where it has none */
export function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  field?.focus();
  field?.select();
  return field !== null;
}
