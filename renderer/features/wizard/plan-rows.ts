import type { Operation } from '../../../core/contract/operations';
import type { Plan } from '../../../core/domain/plan';
import { describeStep } from '../../../core/domain/plan-step';
import type { Creation } from '../../../core/domain/wizard';
import type { CheckRow } from '../../ui/check-list';

type CreationOperation = Extract<Operation, { kind: 'creation' }>;

/** The steps of a plan, each as its journal or the running operation has it. */
export function planRows(plan: Plan, creation: Creation, operation: CreationOperation | undefined): CheckRow[] {
  return plan.steps.map((step) => {
    const { title, detail } = describeStep(step);
    const live = operation?.steps.find((one) => one.step.id === step.id);
    const written =
      creation.state === 'ready' ? undefined : creation.journal.findLast(({ stepId }) => stepId === step.id);
    const shown = live === undefined || live.state === 'waiting' ? written?.state : live.state;
    return {
      id: step.id,
      name: title,
      reason: detail,
      ...(live?.tookMs === undefined ? {} : { takenMs: live.tookMs }),
      state:
        shown === 'done'
          ? 'passed'
          : shown === 'running'
            ? 'running'
            : shown === 'failed'
              ? 'failed'
              : shown === 'started'
                ? 'inconclusive'
                : 'not-run',
    };
  });
}
