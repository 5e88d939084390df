import { useState } from 'react';
import { longestPasted } from '../../../core/domain/drift/difference';
import { lookScripts } from '../../../core/render/look-script';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { CopyButton } from '../../ui/copy-button';
import { FormDialog } from '../../ui/form-dialog';
import { Row } from '../../ui/layout';
import { CodeBlock } from '../../ui/policy-view';
import { SegmentedControl } from '../../ui/segmented-control';
import { AccountId, Text } from '../../ui/text';
import { TextArea } from '../../ui/text-field';

interface PasteLookDialogProps {
  readonly connectionId: string;
  readonly onClose: () => void;
}

type Shell = 'bash' | 'powershell';

/** A script for somebody in the account, and a place for what it printed: that is held against what was agreed as a look is. */
export function PasteLookDialog({ connectionId, onClose }: PasteLookDialogProps) {
  const paste = useAct('drift', 'paste');
  const [shell, setShell] = useState<Shell>('bash');
  const [text, setText] = useState('');
  const connection = useAsk('connections', 'connections', 'get', { connectionId }).data?.connection;
  const script = connection === undefined ? '' : lookScripts(connection.roleName)[shell];
  const error = paste.error;
  // a credential that was pasted by mistake does not stay on screen
  if (error?.kind === 'secret-refused' && text !== '') setText('');
  const read = async () => {
    if ((await paste.run({ connectionId, text })) !== undefined) onClose();
  };
  return (
    <FormDialog
      title="Look through the owner’s eyes"
      description="They run a script that only reads, and send what it prints."
      width="md"
      submitLabel="Compare"
      submitIcon="eye"
      busy={paste.busy ? { label: 'Comparing' } : undefined}
      disabledReason={
        text.trim() === ''
          ? 'Nothing is pasted yet'
          : text.length > longestPasted
            ? 'This is too long for a role'
            : undefined
      }
      footWords="What it does not show counts as not seen."
      onSubmit={() => void read()}
      onClose={onClose}
    >
      <Row justify="between">
        <SegmentedControl<Shell>
          label="For"
          value={shell}
          onChange={setShell}
          options={[
            { value: 'bash', label: 'bash' },
            { value: 'powershell', label: 'PowerShell' },
          ]}
        />
        <CopyButton label="Copy the script" what="script" onCopy={() => copyText(script)} />
      </Row>
      <Text as="p" tone="muted" size="sm">
        With the AWS CLI, by whoever may read roles in{' '}
        {connection === undefined ? 'the account' : <AccountId id={connection.accountId} />}.
      </Text>
      <CodeBlock label="Script for the owner" text={script} />
      <TextArea
        label="What it printed"
        help="All of it. An error of AWS tells as much."
        value={text}
        onChange={setText}
        rows={6}
        mono
        error={error === undefined ? undefined : `${error.message} ${error.whatToDo}`}
      />
    </FormDialog>
  );
}
