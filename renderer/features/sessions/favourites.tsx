import { useState } from 'react';
import type { AppError } from '../../../core/app-error';
import type { Favourite } from '../../../core/domain/favourite';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { showToast } from '../../ui/toast';
import { CodeDialog } from './code-dialog';
import { FavouritesDialog } from './favourites-dialog';

/** So many have a button of their own; the others are in the dialog. */
const mostButtons = 6;

/** Sessions that are started again and again: one press each. Nothing where there is none. */
export function Favourites() {
  const favourites = useAsk('sessions', 'sessions', 'listFavourites', {}).data?.favourites ?? [];
  const [starting, setStarting] = useState<{ readonly id: string; readonly since: number }>();
  const [failure, setFailure] = useState<{ readonly error: AppError; readonly favourite: Favourite }>();
  const [asking, setAsking] = useState<Favourite>();
  const [isManaging, setManaging] = useState(false);
  const remedy = useRemedy({ retry: () => failure !== undefined && void start(failure.favourite) });
  if (favourites.length === 0) return null;

  async function start(favourite: Favourite): Promise<void> {
    if (favourite.request.mfaSerial !== undefined) {
      setAsking(favourite);
      return;
    }
    setFailure(undefined);
    setStarting({ id: favourite.id, since: currentTime() });
    const answer = await client.sessions.startFavourite({ favouriteId: favourite.id });
    setStarting(undefined);
    if (answer.ok) sayStarted(favourite, answer.value.session.expiresAt);
    else setFailure({ error: answer.error, favourite });
  }

  return (
    <Stack gap="md">
      <section aria-label="Favourites">
        <Row gap="sm" wrap>
          <Text tone="muted" size="sm">
            Favourites
          </Text>
          {favourites.slice(0, mostButtons).map((favourite) => (
            <Button
              key={favourite.id}
              size="sm"
              icon="play"
              busy={starting?.id === favourite.id ? { label: 'Starting', since: starting.since } : undefined}
              onPress={() => void start(favourite)}
            >
              {favourite.name}
              {favourite.request.mfaSerial === undefined ? '' : '…'}
            </Button>
          ))}
          <Button size="sm" variant="ghost" icon="sliders" onPress={() => setManaging(true)}>
            {favourites.length > mostButtons ? `All ${String(favourites.length)}…` : 'Manage…'}
          </Button>
        </Row>
      </section>
      {failure !== undefined && (
        <ErrorPanel
          error={failure.error}
          title={`“${failure.favourite.name}” was not started`}
          onRemedy={remedy}
          onCopyDetail={copyText}
        />
      )}
      {asking !== undefined && (
        <CodeDialog
          title={`Start ${asking.name}`}
          device={asking.request.mfaSerial ?? ''}
          confirmLabel="Start session"
          icon="play"
          busyLabel="Starting"
          onCode={async (tokenCode) => {
            const answer = await client.sessions.startFavourite({ favouriteId: asking.id, tokenCode });
            if (answer.ok) sayStarted(asking, answer.value.session.expiresAt);
            return answer;
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
      {isManaging && (
        <FavouritesDialog
          favourites={favourites}
          onStart={(favourite) => {
            setManaging(false);
            void start(favourite);
          }}
          onClose={() => setManaging(false)}
        />
      )}
    </Stack>
  );
}

function sayStarted({ name }: Favourite, expiresAt: number): void {
  showToast({ title: `“${name}” has started`, detail: `Its session ends at ${formatClock(expiresAt)}.`, icon: 'play' });
}
