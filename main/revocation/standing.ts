import type { AppError } from '../../core/app-error';
import type { Revocation } from '../../core/domain/revocation';
import { wayFacts } from '../../core/domain/revocation-ways';
import { utcSecond } from '../../core/utc';
import { appError } from '../workspace-context';

/** The revocation by which no new session of this connection opens any more; undefined when one may. */
export function shutBy(revocations: readonly Revocation[], connectionId: string): Revocation | undefined {
  return revocations.findLast(
    (one) =>
      one.connectionId === connectionId &&
      wayFacts[one.way].outer === 'shut' &&
      (one.state === 'running' || (one.blockedSince !== undefined && one.state !== 'undone')),
  );
}

/**
 * What was done to the same role after this one and still stands. It has kept, as what stood before, what this one had
 * left, so it must be put back first.
 */
export function standsUpon(revocations: readonly Revocation[], revocation: Revocation): Revocation | undefined {
  const { account } = wayFacts[revocation.way];
  return revocations
    .slice(revocations.findIndex(({ id }) => id === revocation.id) + 1)
    .findLast(
      (one) =>
        one.roleArn === revocation.roleArn &&
        wayFacts[one.way].account === account &&
        one.before !== undefined &&
        one.steps.length > 0 &&
        one.state !== 'undone',
    );
}

export function putBackFirst({ connectionName, startedAt }: Revocation): AppError {
  return appError('not-possible', 'This role was taken back once more since, and that still stands.', {
    whatDidNotChange: 'The role is as it is.',
    whatToDo: `First put back what was done to “${connectionName}” at ${utcSecond(startedAt)}, then this.`,
  });
}

export function changedMeanwhile(roleName: string): AppError {
  return appError('not-possible', `Another revocation of ${roleName} is at work.`, {
    whatDidNotChange: 'Nothing was changed for this one.',
    whatToDo: 'Wait until it has ended or stopped, then try again.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

/** Of a session that is asked for while or after its role is shut. */
export function heldBack({ roleName, state, way }: Revocation): AppError {
  const isRunning = state === 'running';
  const { canBeUndone } = wayFacts[way];
  return appError('not-possible', `Access to ${roleName} ${isRunning ? 'is being' : 'was'} taken back.`, {
    whatDidNotChange: 'No session was opened.',
    whatToDo: canBeUndone
      ? 'If it is needed after all, put it back on the page of its revocation.'
      : 'If it is needed after all, connect the account anew.',
    retryable: isRunning,
  });
}

export function notForgottenYet({ connectionName }: Revocation): AppError {
  return appError('not-possible', `“${connectionName}” is being taken back.`, {
    whatDidNotChange: 'The connection stays in the list.',
    whatToDo: 'Wait until its revocation has ended or stopped, then forget it.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}
