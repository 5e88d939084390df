import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import type { z } from '../../../core/zod';
import { sources as sourcesContract, type Profile } from '../../../core/contract/sources';
import type { Source } from '../../../core/domain/source';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { client } from '../../ipc/client';
import { useDefaultRegion } from '../../app/default-region';
import { useAct, type Asked } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { FormTextField } from '../../ui/form-field';
import { formatQuantity } from '../../ui/format';
import { Columns, Row } from '../../ui/layout';
import { Select } from '../../ui/select';
import { Mono } from '../../ui/text';
import { showToast } from '../../ui/toast';
import { profileWords, qualityWords } from './source-words';

const schema = sourcesContract.addProfile.input;
type ProfileForm = z.infer<typeof schema>;

interface AddProfileProps {
  readonly onClose: () => void;
  readonly profiles: Asked<{ readonly profiles: readonly Profile[] }>;
  readonly added: readonly Source[];
}

/** A profile of the shared AWS files becomes a source identity; the files are only read. */
export function AddProfile({ profiles, added, onClose }: AddProfileProps) {
  const known = new Set(added.map((source) => (source.kind === 'profile' ? source.profileName : '')));
  const all = profiles.data?.profiles ?? [];
  // what signs in comes first, what cannot work last
  const open = all.filter(({ name }) => !known.has(name)).sort((one, other) => rank(one.kind) - rank(other.kind));
  const form = useForm<ProfileForm>({
    resolver: zodResolver(schema),
    defaultValues: { profileName: '', region: '' },
  });
  const defaultRegion = useDefaultRegion();
  const add = useAct('sources', 'addProfile');
  const submit = form.handleSubmit(async (values) => {
    const view = await add.run(values);
    if (view === undefined) return;
    onClose();
    showToast({ title: `Profile ${values.profileName} added`, icon: 'check' });
  });
  const remedy = useRemedy({ retry: () => void submit() });
  const choose = (name: string) => {
    form.setValue('profileName', name, { shouldValidate: true });
    const region = open.find((profile) => profile.name === name)?.region ?? defaultRegion;
    if (region !== undefined) form.setValue('region', region, { shouldValidate: true });
  };

  return (
    <FormDialog
      title="Add a profile"
      description={
        profiles.data === undefined
          ? 'Your AWS files are only read.'
          : `${formatQuantity(all.length, 'profile')} in your AWS files, which are only read.`
      }
      width="md"
      submitLabel="Add the profile"
      busy={add.busy ? { label: 'Asking AWS who it is' } : undefined}
      disabledReason={open.length === 0 ? 'There is no profile to add' : undefined}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {profiles.error !== undefined && (
        <ErrorPanel error={profiles.error} onRemedy={() => profiles.again()} onCopyDetail={copyText} isBare />
      )}
      {profiles.data !== undefined && open.length === 0 && (
        <EmptyState
          title={all.length === 0 ? 'No profile was found' : 'Every profile is in the list already'}
          isSmall
          action={
            <Row>
              <Button icon="refresh" onPress={() => profiles.again()}>
                Look again
              </Button>
              <Button
                variant="link"
                trailingIcon="external"
                onPress={() => void client.app.openLink({ linkId: 'docs-configure-profiles' })}
              >
                How to make one
              </Button>
            </Row>
          }
        >
          Profiles stand in <Mono>~/.aws/config</Mono> and <Mono>~/.aws/credentials</Mono>. The AWS CLI makes them with{' '}
          <Mono>aws configure sso</Mono>.
        </EmptyState>
      )}
      {open.length > 0 && (
        <>
          <Columns layout="even">
            <Controller
              name="profileName"
              control={form.control}
              render={({ field, fieldState }) => (
                <Select
                  label="Profile"
                  options={open.map(({ name, kind }) => ({
                    value: name,
                    label: name,
                    detail: `${profileWords[kind].kind}. ${qualityWords[profileWords[kind].quality]}`,
                  }))}
                  value={field.value === '' ? null : field.value}
                  onChange={choose}
                  placeholder="Choose a profile"
                  error={fieldState.error === undefined ? undefined : 'Choose a profile of your AWS files.'}
                />
              )}
            />
            <FormTextField
              control={form.control}
              name="region"
              label="Region"
              help="Where AWS is asked. Taken from the profile where it names one."
              placeholder="eu-west-1"
              mono
              maxLength={32}
            />
          </Columns>
          {add.error !== undefined && (
            <ErrorPanel error={add.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
          )}
        </>
      )}
    </FormDialog>
  );
}

const order = ['recommended', 'good', 'not-recommended', 'incomplete'];

function rank(kind: Profile['kind']): number {
  return order.indexOf(profileWords[kind].quality);
}
