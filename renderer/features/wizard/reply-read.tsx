import { useNavigate } from 'react-router';
import type { ConnectionReply } from '../../../core/domain/connection-reply';
import { FrameSide } from '../../app/frame';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { keepAnswer, useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDate } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { Stepper } from '../../ui/stepper';
import { AccountId, Mono } from '../../ui/text';
import { stepPath } from './step-address';
import { SentFileFoot } from './sent-file-foot';

interface ReplyReadProps {
  readonly text: string;
  readonly reply: ConnectionReply;
  readonly onOther: () => void;
}

const made: Readonly<Record<ConnectionReply['madeWith'], string>> = {
  automatic: 'automatically, by Sallyport',
  console: 'by hand in the console',
  cli: 'with a script',
  cloudformation: 'with a CloudFormation stack',
  terraform: 'with Terraform',
};

/** A sound reply: which wizard it answers, and what is other than that asked for. Only the button takes it. */
export function ReplyRead({ text, reply, onOther }: ReplyReadProps) {
  const asked = useAsk('drafts', 'onboarding', 'readReply', { text });
  const take = useAct('onboarding', 'takeReply');
  const navigate = useNavigate();
  const run = async () => {
    const view = await take.run({ text });
    if (view === undefined) return;
    keepAnswer('drafts', 'onboarding', 'getDraft', { draftId: view.draft.id }, view);
    void navigate(stepPath(view.draft.id, view.draft.state.step));
  };
  const remedy = useRemedy({ retry: () => void run() });
  const answered = asked.data;
  const differences = answered?.differences ?? [];
  const refused = take.error ?? asked.error;
  return (
    <>
      <FrameSide>
        <Stepper
          steps={[
            { id: 'reply', name: 'Reply', detail: 'What came back', state: 'current' },
            { id: 'test', name: 'Test connection', detail: 'Whether it is so', state: 'later' },
            { id: 'finish', name: 'Finish', state: 'later' },
          ]}
          onLeave={() => void navigate('/sessions')}
        />
      </FrameSide>
      <Page
        title="Open a reply"
        lead="The owner of the account says that the role exists. See what it says before it is taken."
        focusKey="reply-read"
        footer={
          <WizardFooter
            actions={
              <Button
                variant={differences.length > 0 ? 'secondary' : 'primary'}
                trailingIcon="arrow-right"
                busy={take.busy ? { label: 'Taking' } : undefined}
                disabledReason={
                  answered === undefined ? 'No wizard here can take it; the reason is on the page' : undefined
                }
                onPress={() => void run()}
              >
                {differences.length > 0 ? 'Take it all the same' : 'Take it to the test'}
              </Button>
            }
          >
            Nothing is made and nothing is tested by taking it.
          </WizardFooter>
        }
      >
        <Stack gap="md">
          {refused !== undefined && (
            <ErrorPanel error={refused} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
          )}
          {differences.map(({ asked: wanted, found, what }) => (
            <Note
              key={what}
              tone="warning"
              title={
                what === 'account' ? 'The role is in another account.' : 'The role is another one than was asked for.'
              }
            >
              Asked for: <Named what={what} name={wanted} />. In the reply: <Named what={what} name={found} />. Ask the
              owner before you take it.
            </Note>
          ))}
          <Card
            title={answered === undefined ? 'The reply' : `It answers your request for ${answered.title}`}
            subtitle={`made on ${formatDate(reply.createdAt)}`}
            padding="md"
          >
            <Facts
              facts={[
                { term: 'Role ARN', value: <Mono>{reply.roleArn}</Mono> },
                { term: 'Account', value: <AccountId id={reply.accountId} /> },
                { term: 'Made', value: made[reply.madeWith] },
                { term: 'External ID', value: <Mono>{reply.externalId}</Mono> },
              ]}
            />
          </Card>
          {refused === undefined ? (
            <Note tone="info" title="A reply says that the role exists. The test proves it.">
              The role is filled in at the test of that wizard, and tested when you say so.
            </Note>
          ) : (
            <Row wrap>
              <Button onPress={() => void navigate('/connect/drafts')}>Unfinished wizards</Button>
              <Button onPress={() => void navigate('/connections')}>Connections</Button>
              <CopyButton what="ARN" label="Copy the ARN" size="md" onCopy={() => copyText(reply.roleArn)} />
            </Row>
          )}
          <SentFileFoot what="reply" onOther={onOther} />
        </Stack>
      </Page>
    </>
  );
}

function Named({ what, name }: { readonly what: 'account' | 'role'; readonly name: string }) {
  return what === 'account' ? <AccountId id={name} /> : <Mono>{name}</Mono>;
}
