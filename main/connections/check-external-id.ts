import type { Cancelled } from '../../core/result';
import type { AssumedSession, AwsResult } from '../aws/aws-api';
import type { Clock } from '../platform/clock';
import { appError } from '../workspace-context';
import type { CheckBoard, Stopped } from './check-board';

export type ExternalIdCheck = {
  readonly clock: Clock;
  readonly board: CheckBoard;
  /** absent: the connection has none */
  readonly right: string | undefined;
  readonly wrong: string;
  readonly assume: (externalId: string | undefined) => AwsResult<AssumedSession>;
};

/**
 * AWS tells third parties to test with and without the external ID and not to store a role that answers without it
 * (aws-reference §3.4). Credentials obtained here are never kept.
 */
export async function checkExternalId(ports: ExternalIdCheck): Promise<Stopped | Cancelled | undefined> {
  const { assume, board, clock, right, wrong } = ports;
  if (right === undefined) {
    board.row({
      id: 'external-id',
      state: 'warned',
      detail: 'none is asked for: anybody in the trusted account may enter',
      tookMs: 0,
    });
    return undefined;
  }
  const start = clock.monotonic();
  const detail = 'trying without it, and with a wrong one';
  board.row({ id: 'external-id', state: 'running', detail, since: clock.now() });
  const tries = await Promise.all(
    ([['without one'], ['with a wrong one', wrong]] as const).map(async ([how, externalId]) => ({
      how,
      // SECURITY: what this opens is dropped here; only whether it opened goes on.
      answer: await assume(externalId),
    })),
  );
  const tookMs = clock.monotonic() - start;
  const entered = tries.find(({ answer }) => answer.ok);
  if (entered !== undefined) {
    const { how } = entered;
    const message = `The external ID is not enforced: the role lets the caller in ${how}.`;
    const error = appError('not-possible', message, {
      whatDidNotChange: 'The session that was opened was dropped at once.',
      whatToDo: 'The account owner must add the condition on sts:ExternalId to the trust policy.',
      retryable: true,
      remedies: [{ kind: 'retry' }, { kind: 'open-link', linkId: 'docs-external-id' }],
    });
    board.row({ id: 'external-id', state: 'failed', detail: `entered ${how}`, tookMs, error });
    return { kind: 'stopped', check: 'external-id', error };
  }
  for (const { answer, how } of tries) {
    if (answer.ok) continue;
    if (answer.error.kind === 'cancelled') return answer.error;
    if (answer.error.kind === 'access-denied') continue;
    const found = `${how}: ${answer.error.message}`.slice(0, 300);
    board.row({ id: 'external-id', state: 'inconclusive', detail: found, tookMs });
    return undefined;
  }
  board.row({ id: 'external-id', state: 'passed', detail: 'refused without it, and with a wrong one', tookMs });
  return undefined;
}
