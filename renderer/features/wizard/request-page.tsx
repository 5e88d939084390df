import { useEffect, useEffectEvent, useState } from 'react';
import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useNavigate } from 'react-router';
import type { AppError } from '../../../core/app-error';
import { maximumRequestBytes, readConnectionRequest } from '../../../core/domain/connection-request';
import { FrameSide } from '../../app/frame';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { client } from '../../ipc/client';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { classNames } from '../../ui/class-names';
import { ErrorPanel } from '../../ui/error-panel';
import { Grow, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { Stepper } from '../../ui/stepper';
import { TextArea } from '../../ui/text-field';
import { Text } from '../../ui/text';
import styles from './request-page.module.css';
import { RequestSummary } from './request-summary';

/** What somebody sent: pasted, chosen or dropped. It is shown in words; only the button makes a draft of it. */
export function RequestPage() {
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<Pick<AppError, 'message' | 'whatToDo'>>();
  const open = useAct('onboarding', 'openRequest');
  const navigate = useNavigate();
  const reading = text.trim() === '' ? undefined : readConnectionRequest(text);
  const request = reading?.ok === true ? reading.value : undefined;

  const take = (next: string) => {
    open.reset();
    const answer = next.trim() === '' ? undefined : readConnectionRequest(next);
    if (answer?.ok === false && answer.error.kind === 'secret-refused') {
      // SECURITY(S-13): a text with a credential in it does not stay on screen and goes nowhere
      setText('');
      setRefused(answer.error);
      return;
    }
    setRefused(undefined);
    setText(next);
  };
  const takeFile = async (file: File | undefined) => {
    if (file === undefined) return;
    // SECURITY(S-28): a file that is too large is not even read
    const content = file.size > maximumRequestBytes ? undefined : await file.text().catch(() => '');
    if (content !== undefined && content.trim() !== '') {
      take(content);
      return;
    }
    setText('');
    setRefused({
      message:
        content === undefined
          ? 'This file is too large for a connection request: 64 KiB at most.'
          : 'This file is empty, or cannot be read.',
      whatToDo: 'Choose the .sallyport-request.json file that you were sent.',
    });
  };
  const showArrived = useEffectEvent((arrived: Awaited<ReturnType<typeof client.app.takeArrivedFile>>) => {
    if (!arrived.ok) return;
    if (arrived.value.problem !== undefined) setRefused(arrived.value.problem);
    if (arrived.value.text !== undefined) take(arrived.value.text);
  });
  const hasArrived = useAsk('app', 'app', 'getSnapshot', {}).data?.hasArrivedFile === true;
  useEffect(() => {
    if (hasArrived) void client.app.takeArrivedFile({}).then((arrived) => showArrived(arrived));
  }, [hasArrived]);
  const look = async () => {
    const view = await open.run({ text });
    if (view !== undefined) void navigate(`/connect/${view.draft.id}`);
  };
  const remedy = useRemedy({ retry: () => void look() });

  return (
    <>
      <FrameSide>
        <Stepper
          steps={[
            { id: 'request', name: 'Request', detail: 'What is asked for', state: 'current' },
            { id: 'account', name: 'Account', state: 'later' },
            { id: 'review', name: 'Review', detail: 'What would be created', state: 'later' },
            { id: 'create', name: 'Create', state: 'later' },
            { id: 'hand-back', name: 'Hand back', state: 'later' },
          ]}
          onLeave={() => void navigate('/sessions')}
        />
      </FrameSide>
      <Page
        title="Open a connection request"
        lead="Somebody asks for a role in an account of yours. See what they ask for before anything exists."
        // what is shown instead of the field is read from its heading on
        focusKey={request === undefined ? 'request' : 'request-read'}
        footer={
          <WizardFooter
            actions={
              <Button
                variant="primary"
                trailingIcon="arrow-right"
                busy={open.busy ? { label: 'Opening' } : undefined}
                disabledReason={request === undefined ? 'Paste, choose or drop a request first' : undefined}
                onPress={() => void look()}
              >
                Look at what would be created
              </Button>
            }
          >
            Nothing is created by looking.
          </WizardFooter>
        }
      >
        <DropZone
          className={classNames(styles['drop'])}
          aria-label="Drop the request file here, or paste it"
          getDropOperation={() => 'copy'}
          onDrop={({ items }) => {
            const [item] = items;
            if (item?.kind === 'file') void item.getFile().then(takeFile);
            else if (item?.kind === 'text' && item.types.has('text/plain')) void item.getText('text/plain').then(take);
          }}
        >
          {request === undefined ? (
            <Card title="The request" subtitle="A .sallyport-request.json file, or its text" padding="md">
              <Stack gap="md">
                <TextArea
                  label="Text of the request"
                  hideLabel
                  help="Paste all of it, or drop the file here."
                  value={text}
                  onChange={take}
                  error={reading?.ok === false ? `${reading.error.message} ${reading.error.whatToDo}` : undefined}
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
                  <ChooseFile onFile={(file) => void takeFile(file)} />
                </Row>
              </Stack>
            </Card>
          ) : (
            <>
              <RequestSummary request={request} />
              <Row>
                <Text tone="muted" size="sm">
                  The request is sound and has no secret in it.
                </Text>
                <Button variant="link" onPress={() => take('')}>
                  Open another one
                </Button>
              </Row>
            </>
          )}
          {open.error !== undefined && (
            <ErrorPanel error={open.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
          )}
        </DropZone>
      </Page>
    </>
  );
}

function ChooseFile({ onFile }: { readonly onFile: (file: File | undefined) => void }) {
  return (
    <FileTrigger acceptedFileTypes={['.json', 'application/json']} onSelect={(files) => onFile(files?.[0])}>
      <Button icon="file">Choose the file…</Button>
    </FileTrigger>
  );
}
