import type { Operation } from '../../../core/contract/operations';
import { checkLabels, type Check } from '../../../core/domain/check';
import { useNow } from '../../app/clock';
import { client } from '../../ipc/client';
import type { CheckRow, CheckState } from '../../ui/check-list';
import { formatElapsed, formatQuantity } from '../../ui/format';

type TestOperation = Extract<Operation, { kind: 'test' }>;

/** The checks as rows; waits carry their timer and what a person can do meanwhile. */
export function useCheckRows(checks: readonly Check[], operation: TestOperation | undefined): CheckRow[] {
  const now = useNow();
  return checks.map((check): CheckRow => {
    const state: CheckState = check.state === 'warned' ? 'warning' : check.state;
    const row = { id: check.id, name: checkLabels[check.id], state, reason: check.detail };
    switch (check.state) {
      case 'waiting':
        return {
          ...row,
          name: 'Waiting for AWS to spread the change',
          takenMs: Math.max(0, now - check.since),
          wait: {
            elapsedMs: Math.max(0, now - check.since),
            limitMs: check.limitMs,
            detail: `asked ${formatQuantity(check.attempts, 'time')} · next in ${Math.max(0, Math.ceil((check.nextAskAt - now) / 1000))} s`,
            ...(operation === undefined
              ? {}
              : {
                  onAskNow: () => void client.operations.askNow({ operationId: operation.id }),
                  onCancel: () => void client.operations.cancel({ operationId: operation.id }),
                }),
          },
        };
      case 'running':
        return { ...row, takenMs: Math.max(0, now - check.since) };
      case 'passed':
      case 'warned':
      case 'inconclusive':
      case 'failed':
        return { ...row, takenMs: check.tookMs };
      case 'not-run':
      case 'skipped':
      case 'cancelled':
        return row;
    }
  });
}

interface ChecksSummaryProps {
  readonly checks: readonly Check[];
  readonly operation: TestOperation | undefined;
}

/** “4 of 10 passed, 15 s so far”. */
export function ChecksSummary({ checks, operation }: ChecksSummaryProps) {
  const now = useNow();
  const passed = checks.filter(({ state }) => state === 'passed' || state === 'warned').length;
  const soFar =
    operation?.state === 'running' ? `, ${formatElapsed(Math.max(0, now - operation.startedAt))} so far` : '';
  return (
    <>
      {passed} of {checks.length} passed{soFar}
    </>
  );
}
