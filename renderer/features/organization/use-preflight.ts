import { useEffect, useState } from 'react';
import type { AppError } from '../../../core/app-error';
import type { PreflightCheck } from '../../../core/contract/organization';
import type { SubAccountWish } from '../../../core/domain/sub-account';
import { currentTime, schedule } from '../../app/clock';
import { useAsk } from '../../ipc/queries';

export interface Preflight {
  /** Of the wish as it is now. Empty before the first check. */
  readonly checks: readonly PreflightCheck[];
  readonly isRunning: boolean;
  /** When the check that runs now was begun. */
  readonly since: number;
  readonly hasRun: boolean;
  readonly error: AppError | undefined;
  readonly check: () => void;
  /** Why the account cannot be asked for yet; undefined when it can. */
  readonly notYet: string | undefined;
}

interface Wanted {
  readonly sourceId: string;
  readonly wish: SubAccountWish;
  readonly since: number;
}

/** How long nothing changes before it is checked again. */
const settledMs = 700;

const nobody: SubAccountWish = { name: 'nobody', email: 'nobody@example.com', accessRoleName: 'nobody' };

/** Checks when it is asked to, and from then on again whenever the wish changed. The answer to another wish is not shown. */
export function usePreflight(sourceId: string | undefined, wish: SubAccountWish | undefined): Preflight {
  const [wanted, setWanted] = useState<Wanted>();
  const asked = useAsk(
    'organization',
    'organization',
    'preflight',
    { sourceId: wanted?.sourceId ?? '', wish: wanted?.wish ?? nobody },
    { enabled: wanted !== undefined },
  );
  const hasRun = wanted !== undefined;
  const isCurrent = wanted !== undefined && wanted.sourceId === sourceId && wanted.wish === wish;
  useEffect(() => {
    if (!hasRun || isCurrent || wish === undefined || sourceId === undefined) return undefined;
    return schedule(settledMs, () => setWanted({ sourceId, wish, since: currentTime() }));
  }, [hasRun, isCurrent, sourceId, wish]);
  const checks = isCurrent && !asked.asking ? (asked.data?.checks ?? []) : [];
  const isRunning = hasRun && wish !== undefined && (!isCurrent || asked.asking);
  const error = isCurrent && !asked.asking ? asked.error : undefined;
  return {
    checks,
    isRunning,
    since: wanted?.since ?? 0,
    hasRun,
    error,
    check: () => {
      if (sourceId === undefined || wish === undefined) return;
      if (isCurrent) asked.again();
      setWanted({ sourceId, wish, since: currentTime() });
    },
    notYet: !hasRun
      ? 'Check it first'
      : isRunning
        ? 'It is being checked'
        : error !== undefined || checks.length === 0
          ? 'It could not be checked'
          : checks.some(({ state }) => state === 'failed')
            ? 'A check failed'
            : undefined,
  };
}
