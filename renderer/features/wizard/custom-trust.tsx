import { Controller, useWatch, type UseFormReturn } from 'react-hook-form';
import { lintTrust } from '../../../core/domain/risk/lint-trust';
import { asksFor } from '../../../core/domain/trust-check';
import { trustPolicy } from '../../../core/domain/trust-policy';
import { Card } from '../../ui/card';
import { Checkbox } from '../../ui/checkbox';
import { FormTextArea } from '../../ui/form-field';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { RadioGroup } from '../../ui/radio-group';
import { groupAccountId } from '../../ui/text';
import { usableTrust, type OptionsForm, type OptionsGround } from './options-form';

interface CustomTrustProps {
  readonly form: UseFormReturn<OptionsForm>;
  readonly ground: OptionsGround;
}

/** Whether Sallyport writes the trust policy, or the person does. */
export function TrustKind({ form, ground }: CustomTrustProps) {
  const { control, getValues, setValue } = form;
  return (
    <Controller
      name="trustKind"
      control={control}
      render={({ field }) => (
        <RadioGroup<OptionsForm['trustKind']>
          label="Trust policy"
          value={field.value}
          onChange={(kind) => {
            // a person goes on from what is chosen so far, not from an empty page
            if (kind === 'own' && getValues('ownTrust').trim() === '') {
              setValue('ownTrust', trustPolicy({ ...ground, options: usableTrust(getValues(), ground) }), {
                shouldDirty: true,
              });
            }
            field.onChange(kind);
          }}
          options={[
            { value: 'account', label: 'Sallyport writes it', detail: 'From what you choose below.' },
            {
              value: 'own',
              label: 'I write it',
              detail: 'Any trust: accounts, AWS services, identity providers. It begins with what is chosen so far.',
            },
          ]}
        />
      )}
    />
  );
}

/** A whole trust policy by hand, with what is to be looked at in it beside it. */
export function OwnTrust({ form, ground }: CustomTrustProps) {
  const text = useWatch({ control: form.control, name: 'ownTrust' });
  const findings = lintTrust({ text });
  return (
    <Stack gap="lg">
      <FormTextArea
        control={form.control}
        name="ownTrust"
        label="Trust policy in JSON"
        help="Only actions of sts:. It is used as it stands here, to the byte."
        rows={16}
        mono
      />
      {findings.map(({ id, line, message, narrow, pointer }) => (
        <Note key={`${id}${pointer}`} tone="warning" title={`Line ${line}.`}>
          {message} {narrow}
        </Note>
      ))}
      <Note
        tone="info"
        title={
          asksFor(text, ground.externalId) ? 'It asks for the external ID.' : 'It does not ask for the external ID.'
        }
      >
        {asksFor(text, ground.externalId)
          ? 'Sallyport sends it whenever it enters.'
          : 'Sallyport sends none. To have it asked for, require sts:ExternalId with the value on the right.'}
      </Note>
    </Stack>
  );
}

/** Who else may come in, besides whom every recipe lets in. */
export function MoreEntrants({ form, ground }: CustomTrustProps) {
  const services = useWatch({ control: form.control, name: 'services' });
  return (
    <>
      <FormTextArea
        control={form.control}
        name="principalArns"
        label="Others who may enter"
        help={`One a line: the ARN of a user or a role of account ${groupAccountId(ground.trusted.accountId).join(' ')}. A role of Identity Center may end in _*.`}
        rows={2}
        mono
      />
      <FormTextArea
        control={form.control}
        name="services"
        label="AWS services that may enter"
        help="One a line, as in lambda.amazonaws.com. The conditions below are not asked of them."
        rows={2}
        mono
      />
      {services.trim() !== '' && (
        <Controller
          name="servicesOnlyThisAccount"
          control={form.control}
          render={({ field }) => (
            <Checkbox
              isSelected={field.value}
              onChange={field.onChange}
              detail="Asks for aws:SourceAccount. Not every service sends it; one that does not is refused."
            >
              Only when they act for the target account
            </Checkbox>
          )}
        />
      )}
    </>
  );
}

/** What is asked of whoever comes from the trusted account. */
export function TrustConditionsCard({ form }: Pick<CustomTrustProps, 'form'>) {
  const { control } = form;
  return (
    <Card title="On which conditions" padding="md">
      <Stack gap="lg">
        <Controller
          name="mfa"
          control={control}
          render={({ field }) => (
            <Checkbox
              isSelected={field.value}
              onChange={field.onChange}
              detail="A code is typed for each session: nothing can renew it unattended."
            >
              Only with MFA
            </Checkbox>
          )}
        />
        <FormTextArea
          control={control}
          name="organizationIds"
          label="Only of these organizations"
          help="One a line, as in o-a1b2c3d4e5. The caller’s account has to be a member of one of them."
          rows={2}
          mono
        />
        <FormTextArea
          control={control}
          name="sourceRanges"
          label="Only from these addresses"
          help="One a line, as in 203.0.113.0/24 or 2001:db8::/32: the public address that AWS sees. Calls through a VPC endpoint, and of AWS services, do not come from there."
          rows={2}
          mono
        />
      </Stack>
    </Card>
  );
}
