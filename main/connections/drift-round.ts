import { setMaxListeners } from 'node:events';
import type { DriftOperation } from '../../core/contract/operations';
import type { Operations } from '../operations/operations';
import { appError, type WorkspaceContext } from '../workspace-context';
import type { LookEnd } from './drift-watch';
import { runPaced } from './paced-round';
import { PolicyReader } from './read-role';

/**
 * Roles looked at at a time. IAM says no number for its reading calls and throttles by account; a look is half a dozen of
 * them, most in another account each.
 */
export const mostLooksAtOnce = 8;
/** Milliseconds between two pushes to the window. */
const pushEvery = 100;

type Round = {
  readonly subjectId: string;
  readonly by: DriftOperation['by'];
  readonly ids: readonly string[];
  readonly look: (id: string, policies: PolicyReader, signal: AbortSignal) => Promise<LookEnd>;
  readonly ended: () => void;
};

/** Looks at all of them in the background, so many at a time, fewer while AWS throttles. Gives the operation's ID. */
export function runDriftRound(
  { clock, operations }: Pick<WorkspaceContext, 'clock'> & { readonly operations: Operations },
  { by, ended, ids, look, subjectId }: Round,
): string {
  return operations.start(
    (id): DriftOperation => ({
      ...{ kind: 'drift', id, subjectId, by, startedAt: clock.now(), state: 'running' },
      ...{ total: ids.length, done: 0, same: 0, drifted: 0, blind: 0, unasked: 0, atOnce: mostLooksAtOnce },
    }),
    async (control, initial) => {
      setMaxListeners(0, control.signal);
      const policies = new PolicyReader();
      let operation = initial;
      let cancelPush: (() => void) | undefined;
      const push = (): void => {
        cancelPush ??= clock.schedule(pushEvery, () => {
          cancelPush = undefined;
          control.update(operation);
        });
      };
      const count = ({ error, state }: LookEnd): void => {
        const { blind, done, drifted, same, unasked } = operation;
        operation = {
          ...operation,
          done: done + 1,
          ...(state === 'same' && { same: same + 1 }),
          ...(state === 'drift' && { drifted: drifted + 1 }),
          ...(state === 'blind' && { blind: blind + 1 }),
          ...((state === 'unasked' || state === 'throttled') && { unasked: unasked + 1 }),
          ...(error && { error }),
        };
        push();
      };
      await runPaced({
        clock,
        signal: control.signal,
        items: ids,
        most: mostLooksAtOnce,
        run: async (id) => {
          const end = await look(id, policies, control.signal);
          if (control.signal.aborted) return 'done';
          if (end.state === 'throttled') return 'throttled';
          count(end);
          return 'done';
        },
        giveUp: () => {
          count({ state: 'throttled', error: throttledToTheEnd });
        },
        onPace: ({ atOnce, pausedUntil }) => {
          const { throttledUntil: _ended, ...rest } = operation;
          operation = {
            ...rest,
            atOnce,
            ...(pausedUntil !== undefined && {
              throttledUntil: Math.ceil(clock.now() + pausedUntil - clock.monotonic()),
            }),
          };
          push();
        },
      });
      cancelPush?.();
      const { throttledUntil: _ended, ...rest } = operation;
      ended();
      control.update({ ...rest, state: control.signal.aborted ? 'cancelled' : 'done', finishedAt: clock.now() });
    },
  );
}

const throttledToTheEnd = appError('throttled', 'AWS throttled the calls to the end.', {
  whatDidNotChange: 'What was seen of these roles before stays on record.',
  whatToDo: 'Look again in a few minutes.',
  retryable: true,
  remedies: [{ kind: 'retry' }],
});
