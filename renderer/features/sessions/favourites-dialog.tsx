import { useState } from 'react';
import type { AppError } from '../../../core/app-error';
import type { Favourite } from '../../../core/domain/favourite';
import type { Result } from '../../../core/result';
import { client } from '../../ipc/client';
import { useAsk } from '../../ipc/queries';
import { Button, IconButton } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDuration } from '../../ui/format';
import { Grow, Row, Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import styles from './sessions.module.css';

interface FavouritesDialogProps {
  readonly favourites: readonly Favourite[];
  readonly onStart: (favourite: Favourite) => void;
  readonly onClose: () => void;
}

/** Names, starting at launch, and taking them away. What is changed is kept at once. */
export function FavouritesDialog({ favourites, onClose, onStart }: FavouritesDialogProps) {
  const connections = useAsk('connections', 'connections', 'list', {}).data?.connections ?? [];
  const [error, setError] = useState<AppError>();
  const [renaming, setRenaming] = useState<{ readonly id: string; readonly name: string }>();
  const attempt = async (act: Promise<Result<unknown>>): Promise<boolean> => {
    setError(undefined);
    const answer = await act;
    if (!answer.ok) setError(answer.error);
    return answer.ok;
  };
  const rename = async ({ atLaunch, id }: Favourite) => {
    const name = renaming?.name.trim() ?? '';
    if (name === '') return;
    if (await attempt(client.sessions.changeFavourite({ favouriteId: id, name, atLaunch }))) setRenaming(undefined);
  };

  return (
    <Dialog
      isOpen
      title="Favourites"
      description="Ways of asking for a session. None holds credentials."
      escape="safe"
      width="md"
      onClose={onClose}
      footer={
        <Button size="lg" onPress={onClose}>
          Done
        </Button>
      }
    >
      <Stack gap="md">
        {error !== undefined && <ErrorPanel error={error} onRemedy={() => setError(undefined)} isBare />}
        <ul className={styles['favourites']}>
          {favourites.map((favourite) => {
            const { atLaunch, connectionId, id, name, request } = favourite;
            const connection = connections.find((one) => one.id === connectionId);
            const asksForCode = request.mfaSerial !== undefined;
            return (
              <li key={id} className={styles['favourite']} aria-label={name}>
                <Row gap="md">
                  <Grow>
                    {renaming?.id === id ? (
                      <form
                        noValidate
                        onSubmit={(event) => {
                          event.preventDefault();
                          void rename(favourite);
                        }}
                      >
                        <Row gap="sm">
                          <Grow>
                            <TextField
                              label={`Name of ${name}`}
                              hideLabel
                              value={renaming.name}
                              onChange={(next) => setRenaming({ id, name: next })}
                              error={renaming.name.trim() === '' ? 'A favourite needs a name.' : undefined}
                              maxLength={80}
                              autoFocus
                            />
                          </Grow>
                          <Button size="md" type="submit">
                            Save
                          </Button>
                        </Row>
                      </form>
                    ) : (
                      <>
                        <b>{name}</b>
                        <Text as="div" tone="muted" size="sm">
                          {connection?.name ?? 'A connection that is gone'}, {wordsOf(favourite)}
                        </Text>
                      </>
                    )}
                  </Grow>
                  <Checkbox
                    isSelected={atLaunch}
                    isDisabled={asksForCode}
                    onChange={(next) =>
                      void attempt(client.sessions.changeFavourite({ favouriteId: id, name, atLaunch: next }))
                    }
                  >
                    At launch
                  </Checkbox>
                  <Row gap="xs">
                    <IconButton icon="play" size="sm" label={`Start ${name}`} onPress={() => onStart(favourite)} />
                    <IconButton
                      icon="edit"
                      size="sm"
                      label={`Rename ${name}`}
                      onPress={() => setRenaming({ id, name })}
                    />
                    <IconButton
                      icon="trash"
                      size="sm"
                      label={`Remove ${name}`}
                      onPress={() => {
                        const isLast = favourites.length === 1;
                        void attempt(client.sessions.removeFavourite({ favouriteId: id })).then((done) => {
                          if (done && isLast) onClose();
                        });
                      }}
                    />
                  </Row>
                </Row>
              </li>
            );
          })}
        </ul>
      </Stack>
    </Dialog>
  );
}

/** “1 h, read-only, over 2 roles, renewed, with an MFA code”. */
function wordsOf({ renewal, request }: Favourite): string {
  const { durationSeconds, hops, mfaSerial, sessionPolicy } = request;
  const policies = { none: [], 'read-only': ['read-only'], document: ['own policy'] } as const;
  return [
    formatDuration(durationSeconds * 1000),
    ...policies[sessionPolicy.kind],
    ...(hops.length === 0 ? [] : [hops.length === 1 ? 'over a role' : `over ${String(hops.length)} roles`]),
    ...(renewal === 'automatic' ? ['renewed'] : []),
    ...(mfaSerial === undefined ? [] : ['with an MFA code']),
  ].join(', ');
}
