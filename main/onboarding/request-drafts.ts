import { writeConnectionRequest, type ConnectionRequest } from '../../core/domain/connection-request';
import { hasMadeThings, type Draft } from '../../core/domain/wizard';
import { err, ok, type Result } from '../../core/result';
import { appError } from '../workspace-context';

export type NewDraft = Pick<Draft, 'id' | 'onboardingId' | 'createdAt'>;

/**
 * A request as a draft that stands at the account step. Who is trusted and under which external ID are the request's.
 * SECURITY(S-28): nothing but a draft comes of it; the plan is still to be looked at and accepted by a person.
 */
export function draftOfRequest(request: ConnectionRequest, fresh: NewDraft, before?: Draft): Draft {
  const { recipeId, requester, options, externalId, account } = request;
  const known = before?.state.answers.account;
  return {
    id: before?.id ?? fresh.id,
    onboardingId: before?.onboardingId ?? fresh.onboardingId,
    createdAt: before?.createdAt ?? fresh.createdAt,
    updatedAt: fresh.createdAt,
    origin: 'request',
    externalId,
    ...(account === undefined ? {} : { suggestedAccount: account }),
    state: {
      step: 'account',
      answers: { recipeId, trusted: requester, options, ...(known === undefined ? {} : { account: known }) },
    },
  };
}

/** A draft that was begun from this very request: opening it twice goes on with it instead of making a second role. */
export function sameRequest(drafts: readonly Draft[], { externalId, requester }: ConnectionRequest): Draft | undefined {
  return drafts.find(
    ({ origin, externalId: known, state }) =>
      origin === 'request' && known === externalId && state.answers.trusted?.arn === requester.arn,
  );
}

/** Answers from which something was made are not replaced by what the file says now. */
export function canStartOver(draft: Draft): boolean {
  const { creation } = draft.state.answers;
  return creation?.state !== 'running' && !hasMadeThings(creation);
}

/** The request that asks another person to make what this draft has worked out. */
export function requestTextOf(draft: Draft, now: number): Result<{ text: string }> {
  const { recipeId, trusted, options, account } = draft.state.answers;
  if (draft.origin === 'request') {
    return err(
      appError('not-possible', 'This wizard was itself begun from a request.', {
        whatToDo: 'Pass on the file that you were sent.',
      }),
    );
  }
  if (recipeId === undefined || trusted === undefined || options === undefined || account === undefined) {
    return err(
      appError('not-possible', 'There is not yet enough to ask for.', {
        whatToDo: 'Answer the steps up to the review first.',
      }),
    );
  }
  const { name, accountId, region } = account;
  const written = writeConnectionRequest({
    createdAt: now,
    requester: trusted,
    externalId: draft.externalId,
    recipeId,
    account: { name, accountId, region },
    options,
  });
  return written.ok ? ok({ text: written.value }) : written;
}
