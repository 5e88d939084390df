import { useState } from 'react';
import { currentTime } from '../app/clock';
import { Frame, FrameSide } from '../app/frame';
import { placeOf } from '../app/places';
import type { IdentitySummary } from '../app/title-bar';
import { Button } from '../ui/button';
import { ChoiceCard } from '../ui/choice-card';
import { EmptyState } from '../ui/empty-state';
import { GatePicture } from '../ui/gate-picture';
import { Stack } from '../ui/layout';
import { Note } from '../ui/note';
import { Page, WizardFooter } from '../ui/page';
import { Stepper } from '../ui/stepper';
import { showToast } from '../ui/toast';
import { nothing } from './section';

const started = currentTime();
const hour = 3_600_000;

const practice: IdentitySummary = {
  name: 'practice-deployer',
  accountId: '111122223333',
  kind: 'sandbox',
  isPractice: true,
};
const deployer: IdentitySummary = {
  name: 'deployer',
  accountId: '111122223333',
  kind: 'Identity Center',
  isPractice: false,
  life: { from: started - 2 * hour, until: started + 6.2 * hour },
};
const menu = [
  {
    id: 'identity',
    heading: 'Call AWS as',
    entries: [
      { id: 'deployer', label: 'deployer', detail: 'Identity Center', icon: 'user' as const, onAction: nothing },
    ],
  },
];

export function FrameScene() {
  const [path, setPath] = useState('/sessions');
  const current = placeOf(path);
  return (
    <>
      <Frame
        platform="other"
        identity={deployer}
        identityMenu={menu}
        sheetLabel="Sessions"
        onOpenCommands={nothing}
        side={{
          kind: 'places',
          current,
          counts: { sessions: 6, connections: 1284, revocations: 1 },
          draft: { id: 'draft', others: 2, name: 'Brightline Clinics', step: 4, steps: 7 },
          onGo: (place) => {
            setPath(place.path);
          },
          onConnect: nothing,
          onContinueDraft: nothing,
          onListDrafts: nothing,
        }}
      >
        <Page
          title="Sessions"
          lead="6 live. Times follow AWS’s clock, which is 0.4 s ahead of this computer."
          actions={
            <>
              <Button icon="stop">End all…</Button>
              <Button
                variant="primary"
                icon="play"
                onPress={() => {
                  showToast({
                    title: 'Brightline ends in 5 min',
                    detail: 'at 14:36:20. Renewal is off.',
                    icon: 'timer',
                    action: { label: 'Renew', onAction: nothing },
                  });
                }}
              >
                Start a session
              </Button>
            </>
          }
        >
          <EmptyState title="No session is open">
            A session is a set of temporary credentials for one role. It ends by itself, and you can watch it do so
            here.
          </EmptyState>
        </Page>
      </Frame>
    </>
  );
}

export function WizardScene() {
  return (
    <Frame
      platform="mac"
      identity={practice}
      identityMenu={menu}
      sheetLabel="Connect account"
      sandbox={{ trouble: 'slow propagation', onTrouble: nothing, onLeave: nothing }}
      side={{ kind: 'steps' }}
      onOpenCommands={nothing}
    >
      <FrameSide>
        <Stepper
          onLeave={nothing}
          saved="Saved 14:29:51. You can leave and come back."
          steps={[
            { id: '1', name: 'Recipe', detail: 'Cross-account CodeDeploy', state: 'done', onGo: nothing },
            { id: '2', name: 'Account', detail: 'Tidewater Production', state: 'done', onGo: nothing },
            { id: '3', name: 'Options', detail: 'External ID on, 1 h sessions', state: 'done' },
            { id: '4', name: 'Review', detail: 'Accepted 14:24', state: 'done' },
            { id: '5', name: 'Create', detail: 'What will be created', state: 'current' },
            { id: '6', name: 'Test connection', detail: 'Stopped at AssumeRole', state: 'failed' },
            { id: '7', name: 'Finish', state: 'later' },
          ]}
        />
      </FrameSide>
      <Page
        title="Paste the role and test"
        lead="Paste whatever the console, a script or a colleague gave you. The role is picked out of it."
        focusKey="test"
        footer={
          <WizardFooter
            back={<Button>Back</Button>}
            actions={<Button disabledReason="The test has not passed">Finish</Button>}
          >
            You can leave now. The test goes on, and its result is kept.
          </WizardFooter>
        }
      >
        <Note tone="info" title="Where is the bucket?">
          In production nothing more is needed.
        </Note>
      </Page>
    </Frame>
  );
}

export function WelcomeScene() {
  return (
    <Frame platform="other" identity={undefined} identityMenu={[]} sheetLabel="Welcome" side={{ kind: 'picture' }}>
      <FrameSide>
        <GatePicture />
      </FrameSide>
      <Page
        look="welcome"
        title="Where do you want to start?"
        lead="Sallyport connects AWS accounts through roles. No keys change hands, and you can take access back and prove it."
      >
        <Stack gap="md">
          <ChoiceCard
            icon="sandbox"
            title="Practice in the sandbox"
            needs="Needs nothing. First connection in about a minute."
            keys="1"
            isSuggested
            onPress={nothing}
          >
            Two pretend accounts on this computer. Everything works, offline.
          </ChoiceCard>
          <ChoiceCard
            icon="link"
            title="Connect an AWS account"
            needs="Needs someone who can create a role there."
            keys="2"
            onPress={nothing}
          >
            Make a role in the target account, test it, open a session.
          </ChoiceCard>
        </Stack>
      </Page>
    </Frame>
  );
}
