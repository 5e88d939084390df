import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm, useWatch, type FieldPath } from 'react-hook-form';
import type { NetworkView } from '../../../core/contract/network';
import { networkSettingsSchema, type NetworkSettings } from '../../../core/domain/network';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { Row } from '../../ui/layout';
import { RadioGroup } from '../../ui/radio-group';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';

interface NetworkDialogProps {
  readonly view: NetworkView;
  readonly onClose: () => void;
}

/** How AWS is reached from this computer, as a form. */
export function NetworkDialog({ view, onClose }: NetworkDialogProps) {
  const { environment } = view;
  const form = useForm<NetworkSettings>({ resolver: zodResolver(networkSettingsSchema), defaultValues: view.settings });
  const proxy = useWatch({ control: form.control, name: 'proxy' });
  const change = useAct('network', 'changeSettings');
  const choose = useAct('network', 'chooseCaFile');
  const submit = form.handleSubmit(async (values) => {
    const done = await change.run(values);
    if (done === undefined) return;
    showToast({ title: 'Network saved', detail: 'It counts from the next call to AWS on.', icon: 'check' });
    onClose();
  });
  const remedy = useRemedy({ retry: () => void submit() });
  const chooseFile = async () => {
    const chosen = await choose.run({});
    if (chosen?.path === undefined) return;
    form.setValue('caFile', chosen.path, { shouldDirty: true, shouldValidate: true });
  };
  const refusal = change.error?.field === undefined ? undefined : change.error;

  const field = (
    name: FieldPath<NetworkSettings> & ('address' | 'direct' | 'caFile'),
    words: { readonly label: string; readonly help: string; readonly placeholder?: string },
    maxLength: number,
  ) => (
    <Controller
      name={name}
      control={form.control}
      render={({ field: { value, onChange, onBlur }, fieldState }) => (
        <TextField
          {...words}
          value={value ?? ''}
          // what is left out is not kept as an empty text
          onChange={(text) => onChange(text === '' ? undefined : text)}
          onBlur={onBlur}
          mono
          maxLength={maxLength}
          error={fieldState.error?.message ?? (refusal?.field === name ? refusal.message : undefined)}
        />
      )}
    />
  );

  return (
    <FormDialog
      title="Network"
      description="How AWS is reached from this computer. Practice reaches nothing."
      width="md"
      submitLabel="Save"
      busy={change.busy ? { label: 'Saving' } : undefined}
      lockedReason={change.busy ? 'It is being saved now' : undefined}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Controller
        name="proxy"
        control={form.control}
        render={({ field: { value, onChange } }) => (
          <RadioGroup<NetworkSettings['proxy']>
            label="Proxy"
            layout="rows"
            value={value}
            onChange={onChange}
            options={[
              {
                value: 'environment',
                label: 'As the environment says',
                detail: environment.proxy ?? 'No HTTPS_PROXY is set',
              },
              { value: 'none', label: 'None' },
              { value: 'address', label: 'This one' },
            ]}
          />
        )}
      />
      {proxy === 'address' && (
        <>
          {field(
            'address',
            {
              label: 'Address of the proxy',
              help: 'Its host and port.',
              placeholder: 'http://proxy.example.com:8080',
            },
            300,
          )}
          {field('direct', { label: 'Reached without it', help: 'Hosts with commas between, as in NO_PROXY.' }, 2000)}
        </>
      )}
      {field(
        'caFile',
        {
          label: 'File of certificates to trust',
          help:
            environment.caFile === undefined
              ? 'A company’s certificate authority, as PEM. It is added to the usual ones.'
              : `As the environment says: ${environment.caFile}`,
        },
        4096,
      )}
      <Row>
        <Button icon="file" busy={choose.busy ? { label: 'Choosing' } : undefined} onPress={() => void chooseFile()}>
          Choose the file…
        </Button>
      </Row>
      <Controller
        name="useFips"
        control={form.control}
        render={({ field: { value, onChange } }) => (
          <Checkbox
            isSelected={value}
            onChange={onChange}
            detail="Only where AWS has them: elsewhere nothing is reached."
          >
            FIPS addresses
          </Checkbox>
        )}
      />
      <Controller
        name="useDualStack"
        control={form.control}
        render={({ field: { value, onChange } }) => (
          <Checkbox isSelected={value} onChange={onChange} detail="For networks with IPv6 only.">
            Dual-stack addresses
          </Checkbox>
        )}
      />
      {change.error !== undefined && refusal === undefined && (
        <ErrorPanel error={change.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
    </FormDialog>
  );
}
