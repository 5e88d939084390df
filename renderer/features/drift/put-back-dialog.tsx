import { useState } from 'react';
import type { DriftPart } from '../../../core/domain/drift/difference';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { useRemedy } from '../../app/use-remedy';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { CodeBlock } from '../../ui/policy-view';
import { Text } from '../../ui/text';
import { PartChoice } from './part-choice';
import { PlanSteps } from './plan-steps';

interface PutBackDialogProps {
  readonly connectionId: string;
  /** that differ */
  readonly parts: readonly DriftPart[];
  readonly first: string | undefined;
  readonly onClose: () => void;
}

/** The plan that makes parts of the role what was agreed: by a source of the account, or as a script for its owner. */
export function PutBackDialog({ connectionId, first, onClose, parts }: PutBackDialogProps) {
  const putBack = useAct('drift', 'putBack');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(parts.filter(({ id }) => id === first).map(({ id }) => id)),
  );
  const partIds = [...chosen].sort();
  const plan = useAsk('drift', 'drift', 'previewPutBack', { connectionId, partIds }, { enabled: chosen.size > 0 });
  const run = async () => {
    if ((await putBack.run({ connectionId, partIds })) !== undefined) onClose();
  };
  const remedy = useRemedy({ retry: () => void run() });
  const { acts = [], cannot = [], performer, script = '' } = plan.data ?? {};
  const error = putBack.error ?? plan.error;
  const why =
    chosen.size === 0
      ? 'Nothing is chosen'
      : plan.data === undefined
        ? 'The plan is being made'
        : cannot.length > 0
          ? 'Part of it cannot be put back'
          : performer === undefined
            ? 'Nothing here belongs to the account: its owner can do it'
            : undefined;
  return (
    <FormDialog
      title="Put back what was agreed"
      description="The role is changed in its account, call by call, each on record, and read again at the end."
      width="md"
      submitLabel="Put it back"
      submitIcon="undo"
      busy={putBack.busy ? { label: 'Starting' } : undefined}
      disabledReason={why}
      footWords="It can be undone."
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <PartChoice parts={parts} chosen={chosen} onChange={setChosen} />
      {cannot.map(({ partId, why: reason }) => (
        <Note
          key={partId}
          tone="warning"
          title={`${parts.find(({ id }) => id === partId)?.title ?? partId} stays as it is.`}
        >
          {reason}
        </Note>
      ))}
      {acts.length > 0 && (
        <PlanSteps
          title={performer === undefined ? 'What the owner would do' : `What ${performer} will do`}
          acts={acts}
        />
      )}
      {acts.length > 0 && performer === undefined && plan.data !== undefined && (
        <Stack gap="sm">
          <Row justify="between">
            <Text weight="semibold">Script for the owner</Text>
            <CopyButton label="Copy the script" what="script" onCopy={() => copyText(script)} />
          </Row>
          <Text as="p" tone="muted" size="sm">
            For bash, with the AWS CLI, by somebody who may change roles in the account. It reads nothing and asks
            nothing: have it run soon, before somebody changes the role again.
          </Text>
          <CodeBlock label="Script for the owner" text={script} />
        </Stack>
      )}
      {error !== undefined && (
        <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
    </FormDialog>
  );
}
