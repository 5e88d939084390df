import { useNowEvery } from '../../app/clock';
import { useAsk } from '../../ipc/queries';
import { formatAhead } from '../../ui/format';

/** When all are tested next by themselves; nothing where that was not asked for. */
export function NextRound() {
  const { nextAt } = useAsk('health', 'connections', 'getSchedule', {}).data ?? {};
  const now = useNowEvery(60_000);
  if (nextAt === undefined) return null;
  return <>{`All are tested again ${formatAhead(nextAt, now)}.`}</>;
}
