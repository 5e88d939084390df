import { lazy, Suspense } from 'react';
import { useOperationOn } from '../ipc/operations';
import { useFrameData } from './frame-data';

/** Loaded when the first round of tests begins. */
const HealthNotices = lazy(async () => ({ default: (await import('../features/connections')).HealthNotices }));

/** Long work that goes on whatever page is open. */
export function RunningWork() {
  const { sandbox } = useFrameData();
  const round = useOperationOn('health', sandbox === undefined ? 'aws' : 'practice');
  if (round === undefined) return null;
  return (
    <Suspense>
      <HealthNotices />
    </Suspense>
  );
}
