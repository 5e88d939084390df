/** The steps of a draft, in their order. Finishing ends it. */
export const wizardSteps = ['recipe', 'account', 'options', 'review', 'create', 'test'] as const;
export type WizardStep = (typeof wizardSteps)[number];
