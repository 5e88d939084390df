import { useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useLocation, useNavigate } from 'react-router';
import { readConnectionReply, saysItIsReply } from '../../../core/domain/connection-reply';
import { readConnectionRequest } from '../../../core/domain/connection-request';
import { readRevocationRequest, saysItIsRevocationRequest } from '../../../core/domain/revocation-request';
import { FrameSide } from '../../app/frame';
import { readSentFile, sentText, type SentFile } from '../../app/sent-file';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Grow, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { Stepper } from '../../ui/stepper';
import { TextArea } from '../../ui/text-field';
import { RevocationRequestRead } from '../revocations';
import { ReplyRead } from './reply-read';
import { RequestRead } from './request-read';
import { SentFileFoot } from './sent-file-foot';
import { sentWith } from './sent-with';

/** What somebody sent, a request or a reply: pasted, chosen, dropped, or opened from outside. It is only shown. */
export function RequestPage() {
  const location = useLocation();
  // another file is another page
  return <SentPage key={location.key} brought={sentWith(location.state)} />;
}

function SentPage({ brought }: { readonly brought: SentFile }) {
  const [sent, setSent] = useState(brought);
  const navigate = useNavigate();
  const text = 'text' in sent ? sent.text : '';
  const refused = 'problem' in sent ? sent.problem : undefined;
  const reading = read(text);
  const take = (next: string) => setSent(sentText(next));

  const other = () => take('');
  if (reading?.kind === 'revocation') {
    return (
      <RevocationRequestRead
        key={text}
        text={text}
        request={reading.request}
        foot={<SentFileFoot what="request" onOther={other} />}
      />
    );
  }
  if (reading?.kind === 'request') return <RequestRead text={text} request={reading.request} onOther={other} />;
  if (reading?.kind === 'reply') return <ReplyRead key={text} text={text} reply={reading.reply} onOther={other} />;
  return (
    <>
      <FrameSide>
        <Stepper
          steps={[{ id: 'file', name: 'Open', detail: 'A request or a reply', state: 'current' }]}
          onLeave={() => void navigate('/sessions')}
        />
      </FrameSide>
      <Page
        title="Open a request or a reply"
        lead="A request asks for a role in an account of yours. A reply says that a role which you asked for exists. A request to revoke asks you to take one back."
        focusKey="sent-file"
        footer={
          <WizardFooter
            actions={
              <Button
                variant="primary"
                trailingIcon="arrow-right"
                disabledReason="Paste, choose or drop a request or a reply first"
              >
                Continue
              </Button>
            }
          >
            Nothing is created by looking.
          </WizardFooter>
        }
      >
        <Card
          title="What you were sent"
          subtitle="a .sallyport-request.json, -reply.json or -revocation.json file, or its text"
          padding="md"
        >
          <Stack gap="md">
            <TextArea
              label="Text of the request or reply"
              hideLabel
              help="Paste all of it, or drop the file anywhere on this window."
              value={text}
              onChange={take}
              error={reading?.kind === 'refused' ? `${reading.error.message} ${reading.error.whatToDo}` : undefined}
              rows={10}
              mono
            />
            {refused !== undefined && (
              <Note tone="danger" title={refused.message} isAlert>
                {refused.whatToDo}
              </Note>
            )}
            <Row>
              <Grow />
              <ChooseFile onFile={(file) => void readSentFile(file).then(setSent)} />
            </Row>
          </Stack>
        </Card>
      </Page>
    </>
  );
}

/** Which of the three it is, as it says itself; what says nothing is read as a request, whose words fit all. */
function read(text: string) {
  if (text.trim() === '') return undefined;
  if (saysItIsReply(text)) {
    const answer = readConnectionReply(text);
    return answer.ok
      ? { kind: 'reply' as const, reply: answer.value }
      : { kind: 'refused' as const, error: answer.error };
  }
  if (saysItIsRevocationRequest(text)) {
    const answer = readRevocationRequest(text);
    return answer.ok
      ? { kind: 'revocation' as const, request: answer.value }
      : { kind: 'refused' as const, error: answer.error };
  }
  const answer = readConnectionRequest(text);
  return answer.ok
    ? { kind: 'request' as const, request: answer.value }
    : { kind: 'refused' as const, error: answer.error };
}

function ChooseFile({ onFile }: { readonly onFile: (file: File) => void }) {
  return (
    <FileTrigger
      acceptedFileTypes={['.json', 'application/json']}
      onSelect={(files) => {
        const [file] = files ?? [];
        if (file !== undefined) onFile(file);
      }}
    >
      <Button icon="file">Choose the file…</Button>
    </FileTrigger>
  );
}
