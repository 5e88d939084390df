import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Snapshot } from '../../../core/contract/app';
import { wizardSteps } from '../../../core/domain/wizard-steps';
import { currentTime } from '../../app/clock';
import { FrameSide } from '../../app/frame';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { formatMoment, formatQuantity } from '../../ui/format';
import { Grow, Row, Stack } from '../../ui/layout';
import { Page } from '../../ui/page';
import { Stepper } from '../../ui/stepper';
import { TwoLine } from '../../ui/text';
import { stepNames } from './step-names';

type Draft = Snapshot['drafts'][number];

/** Every wizard that was begun and not ended: gone on with, or thrown away. */
export function DraftsPage() {
  const asked = useAsk('app', 'app', 'getSnapshot', {});
  const navigate = useNavigate();
  const [discarding, setDiscarding] = useState<Draft>();
  const drafts = [...(asked.data?.drafts ?? [])].sort((a, b) => b.updatedAt - a.updatedAt);
  return (
    <>
      <FrameSide>
        <Stepper steps={[]} onLeave={() => void navigate('/sessions')} leaveLabel="Back to sessions" />
      </FrameSide>
      <Page
        title="Unfinished wizards"
        lead={
          drafts.length === 0 ? undefined : `${formatQuantity(drafts.length, 'wizard')}, each saved at its last step.`
        }
        focusKey="drafts"
        actions={
          <Button variant="primary" icon="plus" onPress={() => void navigate('/connect')}>
            Connect account
          </Button>
        }
      >
        {asked.error === undefined ? null : <ErrorPanel error={asked.error} onRemedy={() => asked.again()} />}
        {asked.data !== undefined && drafts.length === 0 ? (
          <EmptyState title="None is unfinished">
            What you begin is kept here until it is finished or discarded.
          </EmptyState>
        ) : null}
        <Stack gap="md">
          {drafts.map((draft) => (
            <Card key={draft.id} padding="md">
              <Row>
                <Grow>
                  <TwoLine
                    title={<b>{draft.title}</b>}
                    detail={`${stepNames[draft.step]}, step ${String(wizardSteps.indexOf(draft.step) + 1)} of ${String(wizardSteps.length + 1)}, saved ${formatMoment(draft.updatedAt, currentTime())}`}
                  />
                </Grow>
                <Button variant="danger-quiet" icon="trash" onPress={() => setDiscarding(draft)}>
                  Discard…
                </Button>
                <Button icon="arrow-right" onPress={() => void navigate(`/connect/${draft.id}`)}>
                  Continue
                </Button>
              </Row>
            </Card>
          ))}
        </Stack>
        {discarding === undefined ? null : (
          <DiscardDialog key={discarding.id} draft={discarding} onClose={() => setDiscarding(undefined)} />
        )}
      </Page>
    </>
  );
}

function DiscardDialog({ draft, onClose }: { readonly draft: Draft; readonly onClose: () => void }) {
  const discard = useAct('onboarding', 'discardDraft');
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      isOpen
      title={`Discard ${draft.title}`}
      description="Nothing changes in AWS."
      losses={['Its answers, and the external ID that was made for it']}
      confirmLabel="Discard it"
      busy={discard.busy ? { label: 'Discarding' } : undefined}
      onCancel={onClose}
      onConfirm={() =>
        void discard.run({ draftId: draft.id }).then((answer) => {
          if (answer !== undefined) onClose();
        })
      }
      alternative={
        discard.error === undefined ? undefined : (
          <Button variant="link" onPress={() => void navigate(`/connect/${draft.id}`)}>
            Open it instead
          </Button>
        )
      }
    >
      {discard.error === undefined ? null : (
        <ErrorPanel error={discard.error} onRemedy={() => discard.reset()} onCopyDetail={copyText} isBare />
      )}
    </ConfirmDialog>
  );
}
