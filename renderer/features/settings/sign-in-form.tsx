import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import type { z } from '../../../core/zod';
import type { AppError } from '../../../core/app-error';
import { sources as sourcesContract, type SignInWay } from '../../../core/contract/sources';
import { portalName, type SignIn } from '../../../core/domain/identity-center';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { FormTextField } from '../../ui/form-field';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { RadioGroup } from '../../ui/radio-group';

const schema = sourcesContract.signIn.input;
export type SignInPlace = z.infer<typeof schema>;

interface SignInFormProps {
  readonly place: SignInPlace;
  readonly signedIn: readonly SignIn[];
  /** The portal is known and only signed in to again. */
  readonly isFixed: boolean;
  readonly busy: boolean;
  readonly error: AppError | undefined;
  readonly onSubmit: (place: SignInPlace) => void;
  readonly onUse: (signIn: SignIn) => void;
  readonly onCancel: () => void;
}

/** Which portal, and by which way. */
export function SignInForm({ place, signedIn, isFixed, busy, error, onSubmit, onUse, onCancel }: SignInFormProps) {
  const form = useForm<SignInPlace>({ resolver: zodResolver(schema), defaultValues: place });
  const submit = form.handleSubmit(onSubmit);
  const remedy = useRemedy({ retry: () => void submit() });
  const refusal = error?.field === 'startUrl' ? error : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="lg">
        {signedIn.length > 0 && (
          <Note tone="success" title="You are signed in already.">
            <Row gap="sm" wrap>
              {signedIn.map((one) => (
                <Button key={one.id} size="sm" onPress={() => onUse(one)}>
                  {`Choose a role of ${portalName(one.startUrl)}`}
                </Button>
              ))}
            </Row>
          </Note>
        )}
        <FormTextField
          control={form.control}
          name="startUrl"
          label="Start URL"
          help="The address of your access portal. Your administrator has it, and aws configure sso."
          placeholder="https://d-1234567890.awsapps.com/start"
          mono
          maxLength={512}
          autoFocus={!isFixed}
          isDisabled={isFixed}
          errorWords="The address of an access portal begins with https://."
          refusal={refusal === undefined ? undefined : `${refusal.message} ${refusal.whatToDo}`}
          tidy={(text) => text.trim()}
        />
        <FormTextField
          control={form.control}
          name="region"
          label="Region of IAM Identity Center"
          help="Where it was set up, which may be another than where your resources are."
          placeholder="eu-west-1"
          mono
          maxLength={32}
          isDisabled={isFixed}
        />
        <Controller
          name="way"
          control={form.control}
          render={({ field: { value, onChange } }) => (
            <RadioGroup<SignInWay>
              label="How to sign in"
              layout="rows"
              value={value}
              onChange={onChange}
              options={[
                {
                  value: 'browser',
                  label: 'In this computer’s browser',
                  detail: 'Recommended. Its answer comes to this computer alone.',
                },
                {
                  value: 'code',
                  label: 'With a code',
                  detail: 'In any browser, also on a phone. Enter no code that somebody else sent you.',
                },
              ]}
            />
          )}
        />
        {error !== undefined && refusal === undefined && (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
        )}
        <Row justify="end" gap="md">
          <Button size="lg" onPress={onCancel}>
            Cancel
          </Button>
          <Button
            type="submit"
            size="lg"
            variant="primary"
            icon="user"
            busy={busy ? { label: 'Beginning' } : undefined}
          >
            Sign in
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
