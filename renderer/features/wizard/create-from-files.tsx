import { useState } from 'react';
import type { CreationWay } from '../../../core/domain/wizard';
import type { RenderedFile, Rendering, RenderingForm } from '../../../core/render/rendering';
import { renderPlan } from '../../../core/render/render-plan';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Grow, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { CodeBlock } from '../../ui/policy-view';
import { SegmentedControl } from '../../ui/segmented-control';
import { Tabs } from '../../ui/tabs';
import { AccountId, Mono, Text } from '../../ui/text';
import { showToast } from '../../ui/toast';
import { CreateByHandPage } from './create-by-hand-page';
import styles from './create-from-files.module.css';
import { QuickCreate } from './quick-create';
import type { StepProps } from './step-props';

type FileWay = Extract<CreationWay, 'cli' | 'cloudformation' | 'terraform'>;

interface CreateFromFilesProps extends StepProps {
  readonly way: FileWay;
}

/** Which renderings one way has, and what each is called. */
const formsOf: Readonly<Record<FileWay, readonly { readonly value: RenderingForm; readonly label: string }[]>> = {
  cli: [
    { value: 'bash', label: 'bash' },
    { value: 'powershell', label: 'PowerShell' },
  ],
  cloudformation: [
    { value: 'cloudformation', label: 'One account' },
    { value: 'stackset', label: 'Many accounts' },
  ],
  terraform: [{ value: 'terraform', label: 'Terraform' }],
};

const titles: Readonly<Record<FileWay, string>> = {
  cli: 'Create it with the AWS CLI',
  cloudformation: 'Create it with CloudFormation',
  terraform: 'Create it with Terraform',
};

/** The same plan as files for a person's own tools. Sallyport changes nothing; AWS is asked in the test. */
export function CreateFromFiles({ view, act, isBusy, way }: CreateFromFilesProps) {
  const { draft, plan } = view;
  const forms = formsOf[way];
  const [form, setForm] = useState<RenderingForm>(forms[0]?.value ?? 'bash');
  if (plan === undefined) return null;
  const rendering = renderPlan(plan, form);
  return (
    <CreateByHandPage
      {...{ view, act, isBusy }}
      title={titles[way]}
      lead={`${formatQuantity(rendering.files.length, 'file')}, for somebody who may create roles in`}
      made="It is made"
      actions={
        forms.length > 1 ? (
          <SegmentedControl<RenderingForm> label="Form" options={forms} value={form} onChange={setForm} />
        ) : undefined
      }
    >
      <Stack gap="md">
        <Files key={form} draftId={draft.id} form={form} rendering={rendering} />
        {form === 'cloudformation' && rendering.files.length > 0 ? (
          <QuickCreate plan={plan} region={draft.state.answers.account?.region ?? 'us-east-1'} />
        ) : null}
      </Stack>
    </CreateByHandPage>
  );
}

interface FilesProps {
  readonly draftId: string;
  readonly form: RenderingForm;
  readonly rendering: Rendering;
}

function Files({ draftId, form, rendering }: FilesProps) {
  const [selected, setSelected] = useState(rendering.files[0]?.name ?? '');
  const save = useAct('onboarding', 'saveRendering');
  const shown = rendering.files.find(({ name }) => name === selected);
  const saveAll = async () => {
    const answer = await save.run({ draftId, form });
    if (answer?.folder === undefined) return;
    showToast({
      title: `${formatQuantity(rendering.files.length, 'file')} saved`,
      detail: answer.folder,
      icon: 'check',
    });
  };
  return (
    <Stack gap="md">
      {save.error === undefined ? null : (
        <ErrorPanel error={save.error} onRemedy={() => void saveAll()} onCopyDetail={copyText} emphasis="secondary" />
      )}
      {rendering.notes.map((note) => (
        <Note key={note} tone="info" title="Know before.">
          {note}
        </Note>
      ))}
      {rendering.files.length === 0 ? null : (
        <Card padding="none">
          <Tabs
            label="Files"
            selected={selected}
            onSelect={setSelected}
            actions={
              <Row>
                {shown === undefined ? null : (
                  <CopyButton what={shown.name} variant="ghost" onCopy={() => copyText(shown.text)} />
                )}
                <Button
                  size="sm"
                  icon="download"
                  busy={save.busy ? { label: 'Saving' } : undefined}
                  onPress={() => void saveAll()}
                >
                  Save
                </Button>
              </Row>
            }
            tabs={rendering.files.map((file) => ({
              id: file.name,
              label: file.name,
              content: (
                <div className={styles['file']}>
                  <CodeBlock label={file.name} text={file.text} numbered fill />
                </div>
              ),
            }))}
          />
        </Card>
      )}
      {rendering.files
        .filter(({ commands }) => commands.length > 0)
        .map((file) => (
          <Commands key={file.name} file={file} />
        ))}
      <Row>
        <Button
          variant="link"
          trailingIcon="external"
          onPress={() => void client.app.openLink({ linkId: 'iam-console-roles' })}
        >
          Look at the account’s roles
        </Button>
      </Row>
    </Stack>
  );
}

function Commands({ file }: { readonly file: RenderedFile }) {
  return (
    <Card title={`Run ${file.name}`} padding="md" plainHead>
      <Stack gap="sm">
        <Text tone="muted" size="sm">
          With credentials of account <AccountId id={file.accountId} />:
        </Text>
        {file.commands.map((command) => (
          <Row key={command}>
            <Grow>
              <Mono>{command}</Mono>
            </Grow>
            <CopyButton what="command" onCopy={() => copyText(command)} />
          </Row>
        ))}
      </Stack>
    </Card>
  );
}
