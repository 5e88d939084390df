import { z } from '../zod';
import { appErrorSchema, type AppError } from '../app-error';
import { assertNever, err, ok, type Result } from '../result';
import { byItselfSchema } from './by-itself';
import { testResultSchema } from './check';
import {
  accountIdSchema,
  arnSchema,
  externalIdSchema,
  idSchema,
  instantSchema,
  labelSchema,
  maxSessionDurationSchema,
  partitionSchema,
  policyTextSchema,
  regionSchema,
  roleNameSchema,
  rolePathSchema,
} from './limits';
import { journalEntrySchema } from './plan';
import { roleTagsSchema } from './role-tags';
import { trustConditionsSchema, trustedServicesSchema } from './trust-conditions';
import { wizardSteps, type WizardStep } from './wizard-steps';

export const accountAnswersSchema = z.strictObject({
  name: labelSchema,
  accountId: accountIdSchema,
  region: regionSchema,
});
export type AccountAnswers = Readonly<z.infer<typeof accountAnswersSchema>>;

const subAccountIdSchema = idSchema.optional();

/** With `subAccountId`: it was made through the organization, and its access role lets the app in. */
export const chosenAccountSchema = accountAnswersSchema.extend({ subAccountId: subAccountIdSchema });

/** What a connection request knows of the account, for the owner to confirm. */
export const suggestedAccountSchema = accountAnswersSchema.partial();

export const optionsAnswersSchema = z.strictObject({
  roleName: roleNameSchema,
  path: rolePathSchema,
  maxSessionDuration: maxSessionDurationSchema,
  useExternalId: z.boolean(),
  onlyThisIdentity: z.boolean(),
  managedPolicies: z.array(z.string().min(1).max(2048)).max(10, 'A role takes ten managed policies at most.'),
  inlinePolicy: policyTextSchema.optional(),
  permissionsBoundaryArn: arnSchema.optional(),
  /** what is asked of the trusted account's callers besides the external ID */
  conditions: trustConditionsSchema.optional(),
  /** AWS services that may enter as well */
  services: trustedServicesSchema.optional(),
  /** a whole trust policy instead of all that; then `useExternalId` says whether it asks for this role's external ID */
  ownTrust: policyTextSchema.optional(),
  /** besides Sallyport's own two */
  tags: roleTagsSchema.optional(),
  /** answers to the recipe's own questions, by their IDs; toggles answer `yes` or `no` */
  parameters: z.record(z.string().max(40), z.string().max(1024)).default({}),
});
export type OptionsAnswers = Readonly<z.infer<typeof optionsAnswersSchema>>;

/** Who is trusted: always computed with GetCallerIdentity or read from a request, never typed. */
export const trustedSchema = z.strictObject({
  accountId: accountIdSchema,
  arn: arnSchema,
  partition: partitionSchema,
});
export type Trusted = Readonly<z.infer<typeof trustedSchema>>;

/** How a plan is carried out: by the app, or by a person with one of its renderings. */
export const creationWays = ['automatic', 'console', 'cli', 'cloudformation', 'terraform'] as const;
export const creationWaySchema = z.enum(creationWays);
export type CreationWay = z.infer<typeof creationWaySchema>;

/** How the role comes into being. Failure is a state; what was made so far is in the journal. */
export const creationSchema = z.discriminatedUnion('state', [
  z.strictObject({ way: creationWaySchema, state: z.literal('ready') }),
  z.strictObject({
    way: z.literal('automatic'),
    state: z.literal('running'),
    sourceId: z.string().max(64),
    journal: z.array(journalEntrySchema).max(200),
  }),
  z.strictObject({
    way: z.literal('automatic'),
    state: z.literal('failed'),
    sourceId: z.string().max(64),
    journal: z.array(journalEntrySchema).max(200),
    error: appErrorSchema,
  }),
  z.strictObject({
    way: z.literal('automatic'),
    state: z.literal('stopped'),
    sourceId: z.string().max(64),
    journal: z.array(journalEntrySchema).max(200),
  }),
  z.strictObject({
    way: z.literal('automatic'),
    state: z.literal('done'),
    sourceId: z.string().max(64),
    journal: z.array(journalEntrySchema).max(200),
    tookMs: z.number().min(0),
  }),
]);
export type Creation = Readonly<z.infer<typeof creationSchema>>;

const recipeIdSchema = z.string().max(64);

export const answersSchema = z.strictObject({
  recipeId: recipeIdSchema.optional(),
  /**
   * The sub-account that was asked for in this wizard, or that it was begun for. On disk before AWS is asked, so that one
   * wizard asks for one account; where it has no record yet, nothing was asked for.
   */
  subAccountId: subAccountIdSchema,
  account: chosenAccountSchema.optional(),
  trusted: trustedSchema.optional(),
  options: optionsAnswersSchema.optional(),
  creation: creationSchema.optional(),
  roleArn: arnSchema.optional(),
  test: testResultSchema.optional(),
  byItself: byItselfSchema.optional(),
});
export type Answers = Readonly<z.infer<typeof answersSchema>>;

const withRecipe = answersSchema.extend({ recipeId: recipeIdSchema });
const withAccount = withRecipe.extend({ account: chosenAccountSchema, trusted: trustedSchema });
const withOptions = withAccount.extend({ options: optionsAnswersSchema });
const withCreation = withOptions.extend({ creation: creationSchema });

/**
 * The wizard as a pure state machine. The steps `recipe` to `test` are states; finishing ends the draft.
 * Whatever was answered is kept in `answers`, so that going back loses nothing.
 */
export const wizardStateSchema = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('recipe'), answers: answersSchema }),
  z.strictObject({ step: z.literal('account'), answers: withRecipe }),
  z.strictObject({ step: z.literal('options'), answers: withAccount }),
  z.strictObject({ step: z.literal('review'), answers: withOptions }),
  z.strictObject({ step: z.literal('create'), answers: withCreation }),
  z.strictObject({ step: z.literal('test'), answers: withCreation }),
]);
export type WizardState = Readonly<z.infer<typeof wizardStateSchema>>;

/** A wizard that was begun. Nothing secret is ever in it: an external ID is not one [aws-reference §2]. */
export const draftSchema = z.strictObject({
  id: idSchema,
  /** `request`: who is trusted and the external ID came in a connection request, and stay as they came */
  origin: z.enum(['own', 'request']).default('own'),
  suggestedAccount: suggestedAccountSchema.optional(),
  externalId: externalIdSchema,
  onboardingId: idSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
  state: wizardStateSchema,
});
export type Draft = Readonly<z.infer<typeof draftSchema>>;

/** What a person does in the wizard; the only events the window may send. */
export const wizardActSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choose-recipe'), recipeId: z.string().max(64) }),
  z.strictObject({ kind: z.literal('choose-account'), account: chosenAccountSchema }),
  /** one that was asked for before */
  z.strictObject({ kind: z.literal('take-sub-account'), subAccountId: idSchema }),
  z.strictObject({ kind: z.literal('set-options'), options: optionsAnswersSchema }),
  z.strictObject({ kind: z.literal('accept-plan'), way: creationWaySchema }),
  z.strictObject({ kind: z.literal('role-exists') }),
  z.strictObject({ kind: z.literal('set-role'), roleArn: arnSchema }),
  z.strictObject({ kind: z.literal('go-back') }),
  z.strictObject({ kind: z.literal('go-to'), step: z.enum(wizardSteps) }),
]);
export type WizardAct = Readonly<z.infer<typeof wizardActSchema>>;

/** What happens by itself while a wizard is open; made in main only. */
export type WizardHappening =
  | { readonly kind: 'trusted-known'; readonly trusted: Trusted }
  /** `roleArn`: what it made, in the same write: a crash between two would leave a role that nobody can name */
  | { readonly kind: 'creation'; readonly creation: Creation; readonly roleArn?: string }
  | { readonly kind: 'tested'; readonly test: z.infer<typeof testResultSchema> }
  | { readonly kind: 'by-itself'; readonly byItself: z.infer<typeof byItselfSchema> };

export type WizardEvent = WizardAct | WizardHappening;

function refuse(message: string, whatToDo: string): Result<WizardState> {
  const error: AppError = {
    kind: 'not-possible',
    message,
    whatDidNotChange: 'Your answers are as they were.',
    whatToDo,
    retryable: false,
    remedies: [],
  };
  return err(error);
}

/** Has anything been made in the account that is not undone yet? */
export function hasMadeThings(creation: Creation | undefined): boolean {
  if (creation === undefined || creation.state === 'ready') return false;
  const last = new Map(creation.journal.map((entry) => [entry.stepId, entry.state]));
  return [...last.values()].some((state) => state === 'done' || state === 'started');
}

/** The state at `step` with these answers, or undefined when an earlier answer is missing. */
function stateAt(step: WizardStep, answers: Answers): WizardState | undefined {
  const parsed = wizardStateSchema.safeParse({ step, answers });
  return parsed.success ? parsed.data : undefined;
}

function goTo(step: WizardStep, answers: Answers): Result<WizardState> {
  const next = stateAt(step, answers);
  return next === undefined
    ? refuse('That step needs an answer from an earlier one.', 'Answer the steps in their order.')
    : ok(next);
}

/** `later` answers hang on this one: they are dropped when it changes. */
function change(state: WizardState, step: WizardStep, answers: Answers): Result<WizardState> {
  if (hasMadeThings(state.answers.creation)) {
    return refuse(
      'Things were already made in the account from these answers.',
      'Undo them first, or go on to the test.',
    );
  }
  const { byItself: _byItself, creation: _creation, roleArn: _roleArn, test: _test, ...kept } = answers;
  return goTo(step, kept);
}

/**
 * The whole wizard: what a state becomes when something happens. Pure; refuses what is not possible with a reason and
 * leaves the state as it was.
 */
export function transition(state: WizardState, event: WizardEvent): Result<WizardState> {
  const { answers } = state;
  switch (event.kind) {
    case 'choose-recipe': {
      if (event.recipeId === answers.recipeId) return goTo('account', answers);
      const { options: _options, ...kept } = answers;
      return change(state, 'account', { ...kept, recipeId: event.recipeId });
    }
    case 'trusted-known':
      if (answers.trusted !== undefined && sameTrusted(answers.trusted, event.trusted)) return ok(state);
      if (hasMadeThings(answers.creation)) return ok(state);
      return goTo(state.step, { ...answers, trusted: event.trusted });
    case 'choose-account':
      if (answers.account !== undefined && JSON.stringify(answers.account) === JSON.stringify(event.account)) {
        return goTo('options', answers);
      }
      return change(state, 'options', { ...answers, account: event.account });
    case 'take-sub-account':
      return goTo(state.step, { ...answers, subAccountId: event.subAccountId });
    case 'set-options':
      if (answers.options !== undefined && JSON.stringify(answers.options) === JSON.stringify(event.options)) {
        return goTo('review', answers);
      }
      return change(state, 'review', { ...answers, options: event.options });
    case 'accept-plan':
      if (hasMadeThings(answers.creation)) return goTo('create', answers);
      return goTo('create', { ...answers, creation: { way: event.way, state: 'ready' } });
    case 'creation': {
      const { byItself, ...kept } = answers;
      // what was undone is begun anew
      const going = event.creation.state !== 'ready' || byItself?.state === 'running' ? { byItself } : {};
      const next = { ...kept, ...going, creation: event.creation };
      return goTo(state.step, event.roleArn === undefined ? next : withRole(next, event.roleArn));
    }
    case 'role-exists':
      return goTo('test', answers);
    case 'set-role':
      return goTo(state.step, withRole(answers, event.roleArn));
    case 'tested':
      return goTo(state.step, { ...answers, test: event.test });
    case 'by-itself':
      return goTo(state.step, { ...answers, byItself: event.byItself });
    case 'go-back': {
      const previous = wizardSteps[wizardSteps.indexOf(state.step) - 1];
      return previous === undefined ? ok(state) : goTo(previous, answers);
    }
    case 'go-to':
      if (wizardSteps.indexOf(event.step) > wizardSteps.indexOf(furthestStep(answers))) {
        return refuse('That step comes later.', 'Answer the steps in their order.');
      }
      return goTo(event.step, answers);
    default:
      return assertNever(event);
  }
}

/** The test of another role says nothing of this one. */
function withRole(answers: Answers, roleArn: string): Answers {
  const { test: _test, ...kept } = answers;
  return { ...(roleArn === answers.roleArn ? answers : kept), roleArn };
}

function sameTrusted(a: Trusted, b: Trusted): boolean {
  return a.accountId === b.accountId && a.arn === b.arn && a.partition === b.partition;
}

/** The last step that the answers allow. */
export function furthestStep(answers: Answers): WizardStep {
  return wizardSteps.findLast((step) => stateAt(step, answers) !== undefined) ?? 'recipe';
}

export function newWizardState(subAccountId?: string): WizardState {
  return { step: 'recipe', answers: subAccountId === undefined ? {} : { subAccountId } };
}
