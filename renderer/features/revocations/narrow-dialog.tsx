import { useState } from 'react';
import { maximumCloudTrailText } from '../../../core/domain/cloudtrail-sessions';
import { lookupCommand, openingRegions } from '../../../core/domain/narrowed-clock';
import type { Revocation } from '../../../core/domain/revocation';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock, formatQuantity } from '../../ui/format';
import { FormDialog } from '../../ui/form-dialog';
import { Grow, Row, Stack } from '../../ui/layout';
import { CodeBlock } from '../../ui/policy-view';
import { AccountId, Text } from '../../ui/text';
import { TextArea } from '../../ui/text-field';
import { showToast } from '../../ui/toast';

/** Shortens the bound by what CloudTrail knows of the role's sessions. Main reads it; times and counts are kept. */
export function NarrowDialog({
  onClose,
  revocation,
}: {
  readonly revocation: Revocation;
  readonly onClose: () => void;
}) {
  const {
    accountId,
    blockedSince,
    connectionId,
    id: revocationId,
    maxSessionDuration,
    roleName,
    startedAt,
  } = revocation;
  const connection = useAsk('connections', 'connections', 'get', { connectionId }).data?.connection;
  const [text, setText] = useState('');
  const narrow = useAct('revocation', 'narrow');
  const closedAt = blockedSince ?? startedAt;
  const regions = openingRegions(connection?.region ?? 'us-east-1', connection?.partition ?? 'aws');
  const commands = regions.map((region) => lookupCommand(roleName, closedAt, maxSessionDuration, region)).join('\n');

  const run = async () => {
    const answer = await narrow.run({ revocationId, text });
    if (answer === undefined) return;
    onClose();
    showToast({
      title: `CloudTrail shows ${answer.sessions === 0 ? 'no session' : formatQuantity(answer.sessions, 'session')}`,
      detail: answer.note,
      icon: 'history',
    });
  };

  return (
    <FormDialog
      title="Shorten by CloudTrail"
      description={
        <>
          CloudTrail of <AccountId id={accountId} /> knows until when each session of {roleName} lives. It lags: look
          after {formatClock(closedAt + 15 * 60_000)}.
        </>
      }
      width="lg"
      submitLabel="Read the events"
      busy={narrow.busy ? { label: 'Reading' } : undefined}
      disabledReason={
        text.trim() === ''
          ? 'Nothing has been pasted yet'
          : text.length > maximumCloudTrailText
            ? 'This is more than can be read at once'
            : undefined
      }
      footWords="Times and counts are kept, nothing else of it."
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Row>
          <Grow>
            <Text weight="medium">Run these with credentials of the account</Text>
          </Grow>
          <CopyButton what="commands" label="Copy" onCopy={() => copyText(commands)} />
        </Row>
        <CodeBlock label="Commands for CloudTrail" text={commands} />
      </Stack>
      <TextArea label="What they printed" value={text} onChange={setText} rows={6} mono />
      {narrow.error !== undefined && (
        <ErrorPanel error={narrow.error} onRemedy={() => void run()} onCopyDetail={copyText} emphasis="secondary" />
      )}
    </FormDialog>
  );
}
