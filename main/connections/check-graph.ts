import { checkIds, type CheckId } from '../../core/domain/check';
import type { Cancelled } from '../../core/result';
import type { Stopped } from './check-board';

/** One check, and the checks that must have passed before it can begin. */
export type CheckStep = {
  readonly id: CheckId;
  readonly needs: readonly CheckId[];
  readonly run: () => Promise<Stopped | Cancelled | undefined>;
};

/**
 * Runs each check as soon as what it needs has passed, and everything that it can side by side. `skip` hears of each
 * that cannot run, with the check that stands in its way. Gives what stopped it, the first in the order of the list.
 */
export async function runChecks(
  steps: readonly CheckStep[],
  skip: (id: CheckId, because: CheckId) => void,
): Promise<Stopped | Cancelled | undefined> {
  const ends = new Map<CheckId, Promise<{ readonly blockedBy?: CheckId; readonly outcome?: Stopped | Cancelled }>>();
  for (const { id, needs, run } of steps) {
    const before = needs.flatMap((need) => ends.get(need) ?? []);
    ends.set(
      id,
      Promise.all(before).then(async (results) => {
        const blockedBy = results.find((result) => result.blockedBy !== undefined)?.blockedBy;
        if (blockedBy !== undefined) {
          skip(id, blockedBy);
          return { blockedBy };
        }
        const outcome = await run();
        return outcome === undefined ? {} : { blockedBy: id, outcome };
      }),
    );
  }
  const outcomes = new Map<CheckId, Stopped | Cancelled>();
  for (const [id, end] of ends) {
    const { outcome } = await end;
    if (outcome !== undefined) outcomes.set(id, outcome);
  }
  // Cancelling is no failure, whatever else failed meanwhile.
  const cancelled = [...outcomes.values()].find(({ kind }) => kind === 'cancelled');
  return cancelled ?? checkIds.map((id) => outcomes.get(id)).find((outcome) => outcome !== undefined);
}
