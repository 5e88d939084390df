import { useEffect, useRef } from 'react';
import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { isAsked } from '../../../core/recipes/answers';
import { findRecipe } from '../../../core/recipes/catalog';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { FormTextField } from '../../ui/form-field';
import { Columns, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { Select } from '../../ui/select';
import { PermissionsCard, TagsCard } from './custom-permissions';
import { MoreEntrants, OwnTrust, TrustConditionsCard, TrustKind } from './custom-trust';
import { optionsFormSchema, toForm, toOptions, type OptionsForm, type OptionsGround } from './options-form';
import { ParameterField } from './parameter-field';
import type { StepProps } from './step-props';
import { TrustedCard } from './trusted-card';

const hourChoices = [1, 2, 4, 8, 12] as const;

/** The role's name and limits, and with the custom recipe its policies. */
export function OptionsStep({ view, act, isBusy, error }: StepProps) {
  const { answers } = view.draft.state;
  const { account, trusted } = answers;
  const recipe = findRecipe(answers.recipeId ?? '');
  if (recipe === undefined || account === undefined || trusted === undefined) return null;
  const ground: OptionsGround = {
    recipe,
    trusted,
    accountId: account.accountId,
    externalId: view.draft.externalId,
    known: {
      accountId: account.accountId,
      region: account.region,
      partition: trusted.partition,
      trustedAccountId: trusted.accountId,
    },
  };
  return <OptionsFields view={view} act={act} isBusy={isBusy} error={error} ground={ground} />;
}

function OptionsFields({ view, act, isBusy, error, ground }: StepProps & { readonly ground: OptionsGround }) {
  const { recipe, trusted } = ground;
  const form = useForm<OptionsForm>({
    resolver: zodResolver(optionsFormSchema(ground)),
    values: toForm(view.draft.state.answers.options, ground),
    resetOptions: { keepDirtyValues: true },
  });
  const { control } = form;
  const { submitCount } = form.formState;
  const fields = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // the form is longer than the window: what keeps it from going on is shown
    const wrong = fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.focus({ preventScroll: true });
    // with the words below it
    wrong?.scrollIntoView({ block: 'center' });
  }, [submitCount]);
  const useExternalId = useWatch({ control, name: 'useExternalId' });
  const trustKind = useWatch({ control, name: 'trustKind' });
  const others = useWatch({ control, name: 'principalArns' });
  const parameters = useWatch({ control, name: 'parameters' });
  const isOwn = recipe.customizable && trustKind === 'own';
  const submit = form.handleSubmit((values) =>
    act({ kind: 'set-options', options: toOptions(values, ground) }).then(() => undefined),
  );
  const remedy = useRemedy({ retry: () => void submit() });
  const caller = trusted.arn.split(':').slice(5).join(':');

  const text = (name: 'roleName' | 'path', label: string, help: string, autoFocus = false) => (
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
          ref={fields}
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
                {recipe.customizable && <TrustKind form={form} ground={ground} />}
                {isOwn ? (
                  <OwnTrust form={form} ground={ground} />
                ) : (
                  <>
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
                          detail={
                            others.trim() === ''
                              ? 'Otherwise everybody whom the trusted account allows to assume roles may enter.'
                              : 'Otherwise only those below may enter.'
                          }
                        >
                          {others.trim() === '' ? 'Only' : 'Also'} {caller}
                        </Checkbox>
                      )}
                    />
                    {!useExternalId && (
                      <Note tone="warning" title="No external ID.">
                        That is fine between accounts of your own, and a risk with anybody else.
                      </Note>
                    )}
                    {recipe.customizable && <MoreEntrants form={form} ground={ground} />}
                  </>
                )}
              </Stack>
            </Card>
            {recipe.customizable && !isOwn && <TrustConditionsCard form={form} />}
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
              <>
                <PermissionsCard control={control} />
                <TagsCard control={control} />
              </>
            )}
            <button type="submit" hidden />
          </Stack>
        </form>
        <Stack gap="md">
          <TrustedCard
            trusted={trusted}
            externalId={useExternalId || isOwn ? view.draft.externalId : undefined}
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
