import type { Revocation, RevocationStep } from '../../core/domain/revocation';
import { ok } from '../../core/result';
import type { Clock } from '../platform/clock';
import type { RecordStep } from './close-role';

/** Writes each call of a revocation down before it is made and after it was answered; what is gone already is done. */
export function stepRecorder(clock: Clock, patch: (change: (one: Revocation) => Revocation) => void): RecordStep {
  const append = (entry: RevocationStep): void => {
    patch((one) => {
      const before = one.steps.at(-1);
      // the same call on something else is another step: of that one nobody knows what came of it
      const isSame = before?.state === 'started' && entry.title.startsWith(before.title) && before.call === entry.call;
      const rest = isSame ? one.steps.slice(0, -1) : one.steps;
      return { ...one, steps: [...rest, entry].slice(-200) };
    });
  };
  return async (title, call, act) => {
    append({ title, call, state: 'started', at: clock.now() });
    const answer = await act();
    if (answer.ok) {
      append({ title, call, state: 'done', at: answer.value.at, requestId: answer.value.requestId });
      return ok({ at: answer.value.at });
    }
    if (answer.error.kind === 'no-such-entity') {
      const at = clock.now();
      append({ title: `${title} (was gone already)`, call, state: 'done', at });
      return ok({ at });
    }
    append({ title, call, state: 'failed', at: clock.now() });
    return answer;
  };
}
