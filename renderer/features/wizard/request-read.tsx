import { useNavigate } from 'react-router';
import type { ConnectionRequest } from '../../../core/domain/connection-request';
import { FrameSide } from '../../app/frame';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { keepAnswer, useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { Page, WizardFooter } from '../../ui/page';
import { Stepper } from '../../ui/stepper';
import { RequestSummary } from './request-summary';
import { stepPath } from './step-address';
import { SentFileFoot } from './sent-file-foot';

interface RequestReadProps {
  readonly text: string;
  readonly request: ConnectionRequest;
  readonly onOther: () => void;
}

/** A sound request, in words. Only the button makes a draft of it. */
export function RequestRead({ text, request, onOther }: RequestReadProps) {
  const open = useAct('onboarding', 'openRequest');
  const navigate = useNavigate();
  const look = async () => {
    const view = await open.run({ text });
    if (view === undefined) return;
    keepAnswer('drafts', 'onboarding', 'getDraft', { draftId: view.draft.id }, view);
    void navigate(stepPath(view.draft.id, view.draft.state.step));
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
        focusKey="request-read"
        footer={
          <WizardFooter
            actions={
              <Button
                variant="primary"
                trailingIcon="arrow-right"
                busy={open.busy ? { label: 'Opening' } : undefined}
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
        <Stack gap="md">
          {open.error !== undefined && (
            <ErrorPanel error={open.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
          )}
          <RequestSummary request={request} />
          <SentFileFoot what="request" onOther={onOther} />
        </Stack>
      </Page>
    </>
  );
}
