import type { Snapshot } from '../../../core/contract/app';
import { Button } from '../../ui/button';
import { EmptyState, Tour } from '../../ui/empty-state';
import { AccountId } from '../../ui/text';

interface NoSessionsProps {
  readonly snapshot: Snapshot;
  readonly hadSessions: boolean;
  readonly onConnect: () => void;
  readonly onStart: () => void;
}

/** What belongs here, and the next of the three steps to it. */
export function NoSessions({ snapshot, hadSessions, onConnect, onStart }: NoSessionsProps) {
  const { connections, revocations } = snapshot.counts;
  const practice = snapshot.workspace === 'practice';
  const connected = connections > 0;
  const opened = hadSessions || revocations > 0;
  return (
    <EmptyState
      title="No session is open"
      action={
        <Tour
          steps={[
            {
              id: 'connect',
              title: practice ? 'Connect “Practice production”' : 'Connect an AWS account',
              detail: practice ? (
                <>
                  Make a role in <AccountId id="222233334444" /> and test it. About a minute.
                </>
              ) : (
                'Make a role there and test it.'
              ),
              state: connected ? 'done' : 'next',
              action: (
                <Button variant="primary" onPress={onConnect}>
                  Connect
                </Button>
              ),
            },
            {
              id: 'open',
              title: 'Open a session',
              detail: 'Sign in to the console, or hand it to a shell.',
              state: !connected ? 'later' : opened ? 'done' : 'next',
              action: (
                <Button variant="primary" onPress={onStart}>
                  Start a session
                </Button>
              ),
            },
            {
              id: 'revoke',
              title: 'Take it back, with proof',
              detail: 'Revoke the role and see the old credential refused.',
              state: revocations > 0 ? 'done' : 'later',
            },
          ]}
        />
      }
    >
      A session is a set of temporary credentials for one role. It ends by itself, and you can watch it do so here.
    </EmptyState>
  );
}
