import { useEffect, useState, type ComponentType } from 'react';

const loads: (() => Promise<void>)[] = [];

/**
 * A component that is no part of the first script; nothing stands in its place until it is there. Unlike what React suspends
 * for, which it holds back for 0.3 s, it is drawn as soon as it is there: for what opens when somebody asks for it.
 */
export function drawnLater<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let There: ComponentType<P> | undefined;
  const loadOnce = async () => {
    There ??= await load();
  };
  loads.push(loadOnce);
  return function Later(props: P) {
    const [, draw] = useState(There !== undefined);
    useEffect(() => {
      if (There !== undefined) return;
      loadOnce().then(
        () => draw(true),
        (error: unknown) => {
          draw(() => {
            throw error;
          });
        },
      );
    }, []);
    return There === undefined ? null : <There {...props} />;
  };
}

/**
 * Loads all of them, for when the window has nothing else to do: what is opened after that is drawn in the same turn, and the
 * next key finds it there. What cannot be loaded says so when it is opened.
 */
export async function loadWhatIsDrawnLater(): Promise<void> {
  await Promise.allSettled(loads.map((load) => load()));
}

/** Whether something was so once, now included: what was opened stays drawn, to close as it should. */
export function useOnceSo(isSo: boolean): boolean {
  const [wasSo, setWasSo] = useState(isSo);
  if (isSo && !wasSo) setWasSo(true);
  return isSo || wasSo;
}
