import type { WizardStep } from '../../../core/domain/wizard-steps';

/** What each step is called, wherever it is named. */
export const stepNames: Readonly<Record<WizardStep, string>> = {
  recipe: 'Recipe',
  account: 'Account',
  options: 'Options',
  review: 'Review',
  create: 'Create',
  test: 'Test connection',
};
