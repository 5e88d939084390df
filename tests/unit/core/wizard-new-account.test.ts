import { describe, expect, it } from 'vitest';
import type { ByItself } from '../../../core/domain/by-itself';
import { newWizardState, transition, type WizardEvent, type WizardState } from '../../../core/domain/wizard';

const subAccountId = '6d0f6cf8-3c0e-4d58-8f06-1f4a0f4f8a11';
const account = { name: 'Python deploy', accountId: '444455556666', region: 'eu-west-1', subAccountId };
const toCreate: readonly WizardEvent[] = [
  { kind: 'choose-recipe', recipeId: 'deployment-service' },
  { kind: 'take-sub-account', subAccountId },
  {
    kind: 'trusted-known',
    trusted: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/deployer', partition: 'aws' },
  },
  { kind: 'choose-account', account },
  {
    kind: 'set-options',
    options: {
      ...{ roleName: 'PythonDeploy', path: '/', maxSessionDuration: 3600, useExternalId: true },
      ...{ onlyThisIdentity: true, managedPolicies: ['AdministratorAccess'], parameters: {} },
    },
  },
  { kind: 'accept-plan', way: 'automatic' },
];
const byItself = (state: ByItself['state']): WizardEvent => ({
  kind: 'by-itself',
  byItself: {
    ...{ state, at: 'creating', withTest: true, guardRails: ['role'] },
    connectionId: '0d0f6cf8-3c0e-4d58-8f06-1f4a0f4f8a12',
  },
});

function follow(...events: readonly WizardEvent[]): WizardState {
  return events.reduce((state, event) => {
    const next = transition(state, event);
    if (!next.ok) throw new Error(next.error.message);
    return next.value;
  }, newWizardState());
}

describe('a wizard for an account of the organization', () => {
  it('has the account that was asked for from then on, whatever else is answered', () => {
    expect(newWizardState(subAccountId).answers).toEqual({ subAccountId });
    const { answers } = follow(
      ...toCreate,
      { kind: 'go-to', step: 'recipe' },
      { kind: 'choose-recipe', recipeId: 'zappa' },
    );
    expect(answers.subAccountId).toBe(subAccountId);
    expect(answers.account).toEqual(account);
  });

  it('forgets how far it came once what was made is taken back', () => {
    const failed = follow(...toCreate, byItself('failed'));
    expect(failed.answers.byItself?.at).toBe('creating');
    const undone: WizardEvent = { kind: 'creation', creation: { way: 'automatic', state: 'ready' } };
    expect(follow(...toCreate, byItself('failed'), undone).answers.byItself).toBeUndefined();
    // what runs is not forgotten under its own feet
    expect(follow(...toCreate, byItself('running'), undone).answers.byItself?.state).toBe('running');
  });

  it('forgets it with the answers that it was begun with', () => {
    const other = { ...account, region: 'eu-central-1' };
    const { answers } = follow(...toCreate, byItself('stopped'), { kind: 'choose-account', account: other });
    expect(answers.byItself).toBeUndefined();
    expect(answers.account).toEqual(other);
  });
});
