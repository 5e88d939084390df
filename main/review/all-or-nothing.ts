import { err, ok, type Result } from '../../core/result';

export type Step = {
  readonly run: () => Result<unknown>;
  /** what makes it as it was before; the last one needs none */
  readonly takeBack?: () => Result<unknown>;
};

/**
 * One step after the other. Where one fails those before it are taken back, the last first, and its error is given. A disk
 * that takes nothing may refuse that too: then the error says that some of it may stand.
 */
export function allOrNothing(steps: readonly Step[]): Result<void> {
  const done: Step[] = [];
  for (const step of steps) {
    const answer = step.run();
    if (answer.ok) {
      done.push(step);
      continue;
    }
    const isAsBefore = done
      .toReversed()
      .map(({ takeBack }) => takeBack?.().ok !== false)
      .every(Boolean);
    return err(isAsBefore ? answer.error : { ...answer.error, ...halfWritten });
  }
  return ok(undefined);
}

const halfWritten = {
  whatDidNotChange:
    'Nothing was changed in AWS. A part of it may stand on record here, for it could not be taken back.',
  whatToDo: 'Put that right, then look at what is on record before you try again.',
};
