import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { z } from 'zod';
import { arnSchema, roleNameSchema, rolePathSchema } from '../../../core/domain/limits';
import { optionsAnswersSchema, type OptionsAnswers } from '../../../core/domain/wizard';
import { answersOf, firstWrongAnswer, isAsked } from '../../../core/recipes/answers';
import { findRecipe } from '../../../core/recipes/catalog';
import type { Recipe } from '../../../core/recipes/recipe';
import type { TemplateValues } from '../../../core/recipes/template';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { FormTextArea, FormTextField } from '../../ui/form-field';
import { Columns, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { Select } from '../../ui/select';
import { ParameterField } from './parameter-field';
import type { StepProps } from './step-props';
import { TrustedCard } from './trusted-card';

/** The form as it is typed: lists are lines, and what may be left out is an empty text. */
const formSchema = z.object({
  roleName: roleNameSchema,
  path: rolePathSchema,
  maxHours: z.string(),
  useExternalId: z.boolean(),
  onlyThisIdentity: z.boolean(),
  managedPolicies: z.string().refine((text) => lines(text).length <= 10, 'A role takes ten managed policies at most.'),
  inlinePolicy: z
    .string()
    .max(10_240, 'An inline policy has 10,240 characters at most.')
    .refine((text) => text.trim() === '' || isPolicy(text), 'This is not a policy document in JSON.'),
  permissionsBoundaryArn: z
    .string()
    .refine((text) => text === '' || arnSchema.safeParse(text).success, 'This is not the ARN of a policy.'),
  parameters: z.record(z.string(), z.string()),
});
type OptionsForm = z.infer<typeof formSchema>;

/** The same with the rules of the recipe's own questions. */
function formSchemaOf(recipe: Recipe) {
  return formSchema.superRefine(({ parameters }, context) => {
    const wrong = firstWrongAnswer(recipe, parameters);
    if (wrong !== undefined)
      context.addIssue({ code: 'custom', path: ['parameters', wrong.id], message: wrong.message });
  });
}

const hourChoices = [1, 2, 4, 8, 12] as const;

function lines(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function isPolicy(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null && 'Statement' in document;
  } catch {
    return false;
  }
}

function toForm(options: OptionsAnswers | undefined, recipe: Recipe, known: TemplateValues): OptionsForm {
  return {
    roleName: options?.roleName ?? recipe.defaults.roleName,
    path: options?.path ?? recipe.defaults.path,
    maxHours: String((options?.maxSessionDuration ?? recipe.defaults.maxSessionDuration) / 3600),
    useExternalId: options?.useExternalId ?? true,
    onlyThisIdentity: options?.onlyThisIdentity ?? true,
    managedPolicies: (options?.managedPolicies ?? recipe.defaults.managedPolicies).join('\n'),
    inlinePolicy: options?.inlinePolicy ?? '',
    permissionsBoundaryArn: options?.permissionsBoundaryArn ?? '',
    parameters: { ...answersOf(recipe, options?.parameters ?? {}, known) },
  };
}

function toOptions(form: OptionsForm, recipe: Recipe, known: TemplateValues): OptionsAnswers {
  const suggested = answersOf(recipe, {}, known);
  return optionsAnswersSchema.parse({
    roleName: form.roleName,
    path: form.path,
    maxSessionDuration: Number(form.maxHours) * 3600,
    useExternalId: form.useExternalId,
    onlyThisIdentity: form.onlyThisIdentity,
    managedPolicies: lines(form.managedPolicies),
    // What is only suggested follows the account, should another one be chosen.
    parameters: Object.fromEntries(Object.entries(form.parameters).filter(([id, answer]) => answer !== suggested[id])),
    ...(form.inlinePolicy.trim() === '' ? {} : { inlinePolicy: form.inlinePolicy }),
    ...(form.permissionsBoundaryArn === '' ? {} : { permissionsBoundaryArn: form.permissionsBoundaryArn }),
  });
}

/** The role's name and limits, and with the custom recipe its policies. */
export function OptionsStep({ view, act, isBusy, error }: StepProps) {
  const { answers } = view.draft.state;
  const recipe = findRecipe(answers.recipeId ?? '');
  if (recipe === undefined) return null;
  return <OptionsForm view={view} act={act} isBusy={isBusy} error={error} recipe={recipe} />;
}

function OptionsForm({ view, act, isBusy, error, recipe }: StepProps & { readonly recipe: Recipe }) {
  const { answers } = view.draft.state;
  const known: TemplateValues = {
    accountId: answers.account?.accountId ?? '',
    region: answers.account?.region ?? '',
    partition: answers.trusted?.partition ?? 'aws',
    trustedAccountId: answers.trusted?.accountId ?? '',
  };
  const form = useForm<OptionsForm>({
    resolver: zodResolver(formSchemaOf(recipe)),
    values: toForm(answers.options, recipe, known),
    resetOptions: { keepDirtyValues: true },
  });
  const { control } = form;
  const useExternalId = useWatch({ control, name: 'useExternalId' });
  const parameters = useWatch({ control, name: 'parameters' });
  const submit = form.handleSubmit((values) =>
    act({ kind: 'set-options', options: toOptions(values, recipe, known) }).then(() => undefined),
  );
  const remedy = useRemedy({ retry: () => void submit() });
  const caller = answers.trusted?.arn.split(':').slice(5).join(':') ?? '';

  const text = (
    name: 'roleName' | 'path' | 'permissionsBoundaryArn',
    label: string,
    help: string,
    autoFocus = false,
  ) => (
    <FormTextField
      control={control}
      name={name}
      label={label}
      help={help}
      mono
      autoFocus={autoFocus}
      maxLength={2048}
    />
  );

  return (
    <Page
      title="How should the role be?"
      lead="These are its name and its limits. The next step shows what comes of them."
      focusKey="options"
      footer={
        <WizardFooter
          back={<Button onPress={() => void act({ kind: 'go-back' })}>Back</Button>}
          actions={
            <Button
              variant="primary"
              trailingIcon="arrow-right"
              busy={isBusy ? { label: 'Saving' } : undefined}
              onPress={() => void submit()}
            >
              Continue
            </Button>
          }
        >
          Nothing is created in this step.
        </WizardFooter>
      }
    >
      <Columns layout="side-right">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Stack gap="md">
            <Card title="Role" padding="md">
              <Stack gap="lg">
                {text(
                  'roleName',
                  'Role name',
                  'Says who uses it. Names are case-sensitive when a role is assumed.',
                  true,
                )}
                {text('path', 'Path', 'Begins and ends with /. Leave / if you do not use paths.')}
                <Controller
                  name="maxHours"
                  control={control}
                  render={({ field }) => (
                    <Select
                      label="Longest session"
                      help="Also how long the last credential may live after you revoke."
                      options={hourChoices.map((hours) => ({ value: String(hours), label: `${hours} h` }))}
                      value={field.value}
                      onChange={field.onChange}
                    />
                  )}
                />
              </Stack>
            </Card>
            <Card title="Who may come in" padding="md">
              <Stack gap="lg">
                <Controller
                  name="useExternalId"
                  control={control}
                  render={({ field }) => (
                    <Checkbox
                      isSelected={field.value}
                      onChange={field.onChange}
                      isDisabled={!recipe.customizable}
                      detail="Without it, another customer of the same deployer could name your role and be let in."
                    >
                      Ask for the external ID
                    </Checkbox>
                  )}
                />
                <Controller
                  name="onlyThisIdentity"
                  control={control}
                  render={({ field }) => (
                    <Checkbox
                      isSelected={field.value}
                      onChange={field.onChange}
                      detail="Otherwise everybody whom the trusted account allows to assume roles may enter."
                    >
                      Only {caller}
                    </Checkbox>
                  )}
                />
                {!useExternalId && (
                  <Note tone="warning" title="No external ID.">
                    That is fine between accounts of your own, and a risk with anybody else.
                  </Note>
                )}
              </Stack>
            </Card>
            {recipe.parameters !== undefined && (
              <Card title={recipe.title} padding="md">
                <Stack gap="lg">
                  {recipe.parameters
                    .filter((parameter) => isAsked(parameter, parameters))
                    .map((parameter) => (
                      <ParameterField key={parameter.id} parameter={parameter} control={control} />
                    ))}
                </Stack>
              </Card>
            )}
            {recipe.customizable && (
              <Card title="What it may do" padding="md">
                <Stack gap="lg">
                  <FormTextArea
                    control={control}
                    name="managedPolicies"
                    label="Managed policies"
                    help="One a line: the name of an AWS policy such as job-function/ViewOnlyAccess, or a policy’s ARN."
                    rows={3}
                    mono
                  />
                  <FormTextArea
                    control={control}
                    name="inlinePolicy"
                    label="Inline policy"
                    help="JSON, up to 10,240 characters. Leave it empty for none."
                    rows={8}
                    mono
                  />
                  {text(
                    'permissionsBoundaryArn',
                    'Permissions boundary',
                    'The ARN of a policy that limits the role, or nothing.',
                  )}
                </Stack>
              </Card>
            )}
            <button type="submit" hidden />
          </Stack>
        </form>
        <Stack gap="md">
          <TrustedCard
            trusted={answers.trusted}
            externalId={useExternalId ? view.draft.externalId : undefined}
            isFromRequest={view.draft.origin === 'request'}
            onCopy={copyText}
          />
          {error !== undefined && (
            <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
          )}
        </Stack>
      </Columns>
    </Page>
  );
}
