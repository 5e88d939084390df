import type { Connection } from '../../core/domain/connection';
import { addMonths } from '../../core/domain/calendar';
import { parseRoleArn } from '../../core/domain/arn';
import { toReceipt, type Plan } from '../../core/domain/plan';
import type { Source } from '../../core/domain/source';
import type { Draft } from '../../core/domain/wizard';
import { err, ok, type Result } from '../../core/result';
import { appError } from '../workspace-context';

export type FinishInput = {
  readonly name: string;
  readonly durationSeconds: number;
  readonly reviewInMonths: number | undefined;
  /** the person wants it recorded without */
  readonly withoutTest?: boolean;
};

type Ground = {
  readonly id: string;
  readonly now: number;
  readonly draft: Draft;
  readonly plan: Plan | undefined;
  /** what the app calls AWS with; an owner who hands a role back may have none selected */
  readonly selected: Source | undefined;
  readonly input: FinishInput;
};

/** The record at the end of a wizard, or why it is not at its end. */
export function newConnection({ id, now, draft, plan, selected, input }: Ground): Result<Connection> {
  const { answers } = draft.state;
  const { creation, options, test } = answers;
  const forSomebodyElse = draft.origin === 'request';
  const roleArn = answers.roleArn ?? (forSomebodyElse ? plan?.roleArn : undefined);
  const role = roleArn === undefined ? undefined : parseRoleArn(roleArn);
  const tested = test?.state === 'passed' || test?.state === 'warned';
  const region = answers.account?.region ?? selected?.region;
  const sourceId = selected?.id ?? (creation === undefined || creation.state === 'ready' ? '' : creation.sourceId);
  const isMade = input.withoutTest === true && creation?.state === 'done';
  if (forSomebodyElse ? !roleExists(draft) : !(tested || isMade) || selected === undefined) {
    return err(notYet(forSomebodyElse));
  }
  if (role === undefined || roleArn === undefined || options === undefined || region === undefined) {
    return err(notYet(forSomebodyElse));
  }
  const journal = creation === undefined || creation.state === 'ready' ? [] : creation.journal;
  return ok({
    id,
    name: input.name,
    roleArn,
    roleName: role.roleName,
    accountId: role.accountId,
    partition: role.partition,
    region,
    ...(options.useExternalId ? { externalId: draft.externalId } : {}),
    recipeId: answers.recipeId ?? 'custom',
    sourceId,
    ...(creation === undefined || creation.state === 'ready' ? {} : { targetSourceId: creation.sourceId }),
    madeBy: creation?.way === 'automatic' && creation.state === 'done' ? 'automatic' : 'console',
    createdAt: now,
    maxSessionDuration: options.maxSessionDuration,
    // a role for somebody else lets this computer in never: only they can test it
    status: forSomebodyElse || !tested ? 'not-tested' : 'working',
    ...(forSomebodyElse || test === undefined ? {} : { lastTest: test }),
    receipt: plan === undefined ? [] : toReceipt(plan, journal),
    ...(plan === undefined || plan.outputs.length === 0 ? {} : { outputs: plan.outputs }),
    ...(input.reviewInMonths === undefined ? {} : { reviewAt: addMonths(now, input.reviewInMonths) }),
  });
}

/** Made here to the end, or by hand, as the person said by going on to the last step. */
function roleExists({ state }: Draft): boolean {
  const creation = state.answers.creation?.state;
  return state.step === 'test' && (creation === 'done' || creation === 'ready');
}

function notYet(forSomebodyElse: boolean) {
  return appError(
    'not-possible',
    forSomebodyElse ? 'The role has not been made to the end.' : 'The connection has not passed its test.',
    {
      whatDidNotChange: 'The wizard is as it was.',
      whatToDo: forSomebodyElse ? 'Go on with creating it first.' : 'Test the connection first.',
    },
  );
}
