import type { World } from './workspace-world';

export type Held = {
  /** one came, and waits unless it was let go */
  readonly isReached: () => boolean;
  /** it goes on, and later ones pass */
  readonly letGo: () => void;
};

/** Calls to AWS of this name wait until they are let go: before AWS has them, or with its answer on the way. */
export function hold({ wire }: Pick<World, 'wire'>, call: string, when: 'before' | 'after' = 'before'): Held {
  let letGo = (): void => undefined;
  let isReached = false;
  const open = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  wire.before = async (action, pass) => {
    if (action !== call) return pass();
    if (when === 'before') {
      isReached = true;
      await open;
      return pass();
    }
    const answer = await pass();
    isReached = true;
    await open;
    return answer;
  };
  return {
    isReached: () => isReached,
    letGo: () => {
      letGo();
    },
  };
}
