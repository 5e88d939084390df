import type { Connection } from '../../../core/domain/connection';
import type { ReceiptEntry } from '../../../core/domain/plan';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { formatMoment, toIso } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Row } from '../../ui/layout';
import { Note } from '../../ui/note';
import { ReceiptList } from '../../ui/receipt';
import { AccountId, Text } from '../../ui/text';
import { showToast } from '../../ui/toast';

const icons = {
  role: 'role',
  policy: 'shield',
  identity: 'user',
  bucket: 'bucket',
  'attached-policy': 'shield',
  'inline-policy': 'shield',
  membership: 'users',
  setting: 'sliders',
} as const satisfies Record<ReceiptEntry['kind'], string>;

interface ReceiptCardProps {
  readonly connection: Connection;
  readonly now: number;
  /** Opens the dialog that names what goes. */
  readonly onUndo: () => void;
}

/** What Sallyport made for a connection and how it goes; once it went, when each thing did, and that it is gone. */
export function ReceiptCard({ connection, now, onUndo }: ReceiptCardProps) {
  const { accountId, id: connectionId, receipt, undone } = connection;
  const save = useAct('onboarding', 'saveReceipt');
  const run = async () => {
    const answer = await save.run({ connectionId });
    if (answer?.path === undefined) return;
    showToast({
      title: 'Receipt saved',
      detail: undone === undefined ? 'With a script that takes everything back.' : 'It says what went, and when.',
      icon: 'check',
    });
  };
  const entries = undone?.entries ?? receipt;
  if (entries.length === 0) {
    return (
      <Card title="Undo receipt" subtitle="Nothing was made by Sallyport" padding="md">
        <Text tone="muted">
          {connection.status === 'revoked'
            ? 'What there was is gone; its revocation says how.'
            : 'Somebody made the role by other means. They take it back the same way; “Revoke…” does so from here.'}
        </Text>
      </Card>
    );
  }
  return (
    <Card
      title="Undo receipt"
      subtitle={
        undone === undefined ? (
          <>
            Made in <AccountId id={accountId} />, newest first
          </>
        ) : (
          `Taken back, looked for again and gone: ${formatMoment(undone.at, now)}`
        )
      }
      padding="none"
      actions={
        <Row>
          <CopyButton what="receipt" label="Copy" onCopy={() => copyText(linesOf(entries))} />
          <Button
            size="sm"
            icon="download"
            busy={save.busy ? { label: 'Saving' } : undefined}
            onPress={() => void run()}
          >
            Save the receipt…
          </Button>
          {undone === undefined && (
            <Button variant="danger-quiet" size="sm" onPress={onUndo}>
              Undo everything…
            </Button>
          )}
        </Row>
      }
      foot={
        save.error === undefined ? undefined : (
          <Note tone="danger" title={save.error.message} isAlert>
            {save.error.whatToDo}
          </Note>
        )
      }
    >
      <ReceiptList
        label="Undo receipt"
        entries={entries.map((entry) => ({
          id: entry.stepId,
          title: entry.title,
          detail: entry.detail,
          icon: icons[entry.kind],
          madeAt: entry.at,
          ...(undone === undefined ? {} : { outcome: <Gone /> }),
        }))}
      />
    </Card>
  );
}

function Gone() {
  return (
    <Row gap="xs">
      <Icon name="check" size="sm" tone="success" />
      <Text size="sm" tone="muted">
        Gone
      </Text>
    </Row>
  );
}

function linesOf(entries: readonly ReceiptEntry[]): string {
  return entries.map(({ at, detail, title }) => `${toIso(at)}  ${title}  ${detail}`).join('\n');
}
