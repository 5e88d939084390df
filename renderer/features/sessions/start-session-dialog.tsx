import { lazy, Suspense } from 'react';
import type { StartSessionProps } from './start-session-form';

// The window opens on the sessions, mostly to look at them: what starts one is not part of the first script.
const StartSessionForm = lazy(async () => ({ default: (await import('./start-session-form')).StartSessionForm }));

/** Asks how a session is to be, and starts it. */
export function StartSessionDialog(props: StartSessionProps) {
  return (
    <Suspense>
      <StartSessionForm {...props} />
    </Suspense>
  );
}
