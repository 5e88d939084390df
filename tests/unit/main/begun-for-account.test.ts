import { expect, test } from 'vitest';
import { must, newWorld } from '../../support/workspace-world';

test('a wizard that is begun for an account proposes it, and nothing is decided yet', () => {
  const { onboarding } = newWorld().workspace;
  const account = { name: 'Team one', accountId: '222233334444' };
  const { draft } = must(onboarding.start(undefined, account));
  expect(draft.suggestedAccount).toEqual(account);
  expect(draft.state).toMatchObject({ step: 'recipe', answers: {} });
  expect(draft.state.answers.account).toBeUndefined();
  expect(must(onboarding.start()).draft.suggestedAccount).toBeUndefined();
});
