import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  draftSchema,
  newWizardState,
  transition,
  wizardStateSchema,
  type Creation,
  type OptionsAnswers,
  type Trusted,
  type WizardEvent,
  type WizardState,
} from '../../../core/domain/wizard';
import { wizardSteps } from '../../../core/domain/wizard-steps';
import { fuzzRuns } from '../../support/fuzz-runs';

const trusted: Trusted = {
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/deployer',
  partition: 'aws',
};
const account = { name: 'Tidewater Production', accountId: '444455556666', region: 'eu-west-1' };
const options: OptionsAnswers = {
  roleName: 'DeployAccess',
  path: '/',
  maxSessionDuration: 3600,
  useExternalId: true,
  onlyThisIdentity: true,
  managedPolicies: ['AdministratorAccess'],
  parameters: {},
};
const entry = { stepId: 'create-role', state: 'done' as const, at: 1 };
const made: Creation = { way: 'automatic', state: 'done', sourceId: 'owner', journal: [entry], tookMs: 10 };

function follow(...events: WizardEvent[]): WizardState {
  return events.reduce((state, event) => {
    const next = transition(state, event);
    if (!next.ok) throw new Error(next.error.message);
    return next.value;
  }, newWizardState());
}

const toReview: WizardEvent[] = [
  { kind: 'choose-recipe', recipeId: 'custom' },
  { kind: 'trusted-known', trusted },
  { kind: 'choose-account', account },
  { kind: 'set-options', options },
];

describe('the wizard', () => {
  it('walks from the recipe to the test', () => {
    const state = follow(...toReview, { kind: 'accept-plan', way: 'console' }, { kind: 'role-exists' });
    expect(state.step).toBe('test');
    expect(state.answers.creation).toEqual({ way: 'console', state: 'ready' });
  });

  it('keeps every answer when going back to the first step and forward again', () => {
    const there = follow(...toReview);
    const back = follow(...toReview, { kind: 'go-to', step: 'recipe' });
    expect(back.answers).toEqual(there.answers);
    const again = transition(back, { kind: 'go-to', step: 'review' });
    expect(again.ok && again.value).toEqual(there);
  });

  it('refuses to jump ahead of its answers', () => {
    const state = follow({ kind: 'choose-recipe', recipeId: 'custom' });
    const jumped = transition(state, { kind: 'go-to', step: 'create' });
    expect(jumped.ok).toBe(false);
    expect(!jumped.ok && jumped.error.kind).toBe('not-possible');
  });

  it('drops the plan’s consequences when the account changes before anything was made', () => {
    const state = follow(...toReview, { kind: 'accept-plan', way: 'automatic' }, { kind: 'go-to', step: 'account' });
    const changed = transition(state, { kind: 'choose-account', account: { ...account, accountId: '999988887777' } });
    expect(changed.ok && changed.value.answers.creation).toBeUndefined();
    expect(changed.ok && changed.value.answers.options).toEqual(options);
  });

  it('refuses to change an answer from which things were made', () => {
    const state = follow(...toReview, { kind: 'accept-plan', way: 'automatic' }, { kind: 'creation', creation: made });
    const changed = transition(state, { kind: 'set-options', options: { ...options, roleName: 'Other' } });
    expect(changed.ok).toBe(false);
    const same = transition(state, { kind: 'set-options', options });
    expect(same.ok && same.value.step).toBe('review');
  });

  it('writes the journal wherever the person is looking meanwhile', () => {
    const state = follow(
      ...toReview,
      { kind: 'accept-plan', way: 'automatic' },
      { kind: 'go-to', step: 'review' },
      { kind: 'creation', creation: { way: 'automatic', state: 'running', sourceId: 'owner', journal: [entry] } },
    );
    expect(state.step).toBe('review');
    expect(state.answers.creation?.state).toBe('running');
  });

  it('forgets a test result when the role changes', () => {
    const test = { state: 'passed' as const, startedAt: 1, finishedAt: 2, checks: [] };
    const state = follow(
      ...toReview,
      { kind: 'accept-plan', way: 'console' },
      { kind: 'role-exists' },
      { kind: 'set-role', roleArn: 'arn:aws:iam::444455556666:role/DeployAccess' },
      { kind: 'tested', test },
    );
    expect(state.answers.test).toEqual(test);
    const same = transition(state, { kind: 'set-role', roleArn: 'arn:aws:iam::444455556666:role/DeployAccess' });
    expect(same.ok && same.value.answers.test).toEqual(test);
    const other = transition(state, { kind: 'set-role', roleArn: 'arn:aws:iam::444455556666:role/Other' });
    expect(other.ok && other.value.answers.test).toBeUndefined();
  });

  const event: fc.Arbitrary<WizardEvent> = fc.oneof(
    fc.constantFrom<WizardEvent>(
      ...toReview,
      { kind: 'choose-recipe', recipeId: 'deployment-service' },
      { kind: 'accept-plan', way: 'console' },
      { kind: 'accept-plan', way: 'automatic' },
      { kind: 'creation', creation: made },
      { kind: 'creation', creation: { way: 'automatic', state: 'ready' } },
      { kind: 'role-exists' },
      { kind: 'set-role', roleArn: 'arn:aws:iam::444455556666:role/DeployAccess' },
      { kind: 'go-back' },
    ),
    fc.constantFrom(...wizardSteps).map((step) => ({ kind: 'go-to' as const, step })),
  );

  it('is always in a state that can be saved and read again, whatever is done in whatever order', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let state = newWizardState();
        for (const one of events) {
          const before = JSON.stringify(state);
          const next = transition(state, one);
          if (next.ok) state = next.value;
          expect(JSON.stringify(state) === before || next.ok).toBe(true);
          expect(wizardStateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
        }
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('refuses unknown keys in a stored draft', () => {
    const draft = {
      id: crypto.randomUUID(),
      externalId: crypto.randomUUID(),
      onboardingId: crypto.randomUUID(),
      createdAt: 0,
      updatedAt: 0,
      state: newWizardState(),
    };
    expect(draftSchema.safeParse(draft).success).toBe(true);
    expect(draftSchema.safeParse({ ...draft, secretAccessKey: 'x' }).success).toBe(false);
  });
});
