import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CopyButton, type CopyOutcome } from '../../ui/copy-button';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { ReadOnlyField } from '../../ui/text-field';
import { Text } from '../../ui/text';
import { showToast } from '../../ui/toast';

interface SendReplyProps {
  readonly draftId: string;
  readonly roleArn: string;
  /** Sallyport made it; otherwise the ARN is what the plan says it will be. */
  readonly isMade: boolean;
  readonly disabledReason: string | undefined;
}

/** The role goes back: as a reply that their Sallyport puts where it belongs, or as its bare ARN. */
export function SendReply({ draftId, roleArn, isMade, disabledReason }: SendReplyProps) {
  const save = useAct('onboarding', 'saveReply');
  const run = async () => {
    const answer = await save.run({ draftId });
    if (answer?.path === undefined) return;
    showToast({
      title: 'Reply saved. Send it to whoever asked',
      detail: 'Their Sallyport opens it and goes to the test.',
      icon: 'send',
    });
  };
  return (
    <Card title="Send it back to them" padding="md">
      <Stack gap="md">
        <Row wrap>
          <Button
            icon="download"
            busy={save.busy ? { label: 'Saving' } : undefined}
            disabledReason={disabledReason}
            onPress={() => void run()}
          >
            Save the reply…
          </Button>
          <CopyButton
            what="reply"
            label="Copy the reply"
            size="md"
            disabledReason={disabledReason}
            onCopy={() => copyReply(draftId)}
          />
        </Row>
        {save.error !== undefined && (
          <Note tone="danger" title={save.error.message} isAlert>
            {save.error.whatToDo}
          </Note>
        )}
        <Text as="p" tone="muted" size="sm">
          A reply says which request it answers, so that their Sallyport fills in the role by itself. It has no secret
          in it.
        </Text>
        <ReadOnlyField
          label="ARN of the role"
          value={roleArn}
          help="Enough by itself for whoever has no Sallyport. Without being who the role trusts, nobody can do anything with it."
          onCopy={() => copyText(roleArn)}
        />
        {!isMade && (
          <Note tone="warning" title="Sallyport did not make this role.">
            This is the ARN that it has when it was made as reviewed. Compare it with the role’s page.
          </Note>
        )}
      </Stack>
    </Card>
  );
}

async function copyReply(draftId: string): Promise<CopyOutcome> {
  const reply = await client.onboarding.replyText({ draftId });
  if (!reply.ok) return { ok: false, message: `${reply.error.message} ${reply.error.whatToDo}` };
  return await copyText(reply.value.text);
}
