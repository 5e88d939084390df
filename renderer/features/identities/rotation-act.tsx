import { useState } from 'react';
import { canBeUndone, type Rotation, type RotationEvent } from '../../../core/domain/identity-acts';
import { useNow } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { CheckList, type CheckRow, type CheckState } from '../../ui/check-list';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock, formatMoment } from '../../ui/format';
import { Columns, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Progress } from '../../ui/progress';
import { Mono } from '../../ui/text';

/** Where a rotation stands, what it waits for, and the way back. */
export function RotationAct({ one }: { readonly one: Rotation }) {
  const { busy, deleteAt, error, id, newKeyId, oldKeyId, startedAt, state, tryingSince } = one;
  const now = useNow();
  const resume = useAct('identities', 'resume');
  const undo = useAct('identities', 'undo');
  const copy = useAct('identities', 'copyKey');
  const turnOff = useAct('identities', 'deactivateOld');
  const remove = useAct('identities', 'deleteOld');
  const goOn = () => void resume.run({ actId: id });
  const remedy = useRemedy({ retry: goOn });
  const failures = [error, resume.error, undo.error, copy.error, turnOff.error, remove.error];
  const isOver = deleteAt !== undefined && deleteAt <= now;
  const [clearedAt, setClearedAt] = useState<number>();
  const copyKey = async () => setClearedAt((await copy.run({ actId: id }))?.clearedAt);
  return (
    <Stack gap="md">
      {failures.map(
        (failure, index) =>
          failure !== undefined && (
            <ErrorPanel
              key={String(index)}
              error={failure}
              onRemedy={remedy}
              onCopyDetail={copyText}
              emphasis="secondary"
            />
          ),
      )}
      {busy && (
        <Progress
          label={tryingSince === undefined ? 'Asking AWS' : 'Trying the new key until AWS knows it everywhere'}
          since={tryingSince ?? startedAt}
        />
      )}
      {!busy && error === undefined && state === 'handing' && (
        <Note tone="warning" title="The new key works. Put it where the old one was.">
          Copy it, put it there, and only then turn the old key off. It stays in the keychain until the old one is
          deleted.
        </Note>
      )}
      {!busy && error === undefined && state === 'grace' && deleteAt !== undefined && (
        <Note tone="info" title="The old key is off.">
          {isOver
            ? 'Its grace period is over: delete it now, or Sallyport does at its next start.'
            : `If something still needs it, take this back. It goes after ${formatMoment(deleteAt, now)}.`}
        </Note>
      )}
      <Row wrap>
        {!busy && error !== undefined && (
          <Button variant="primary" icon="play" onPress={goOn}>
            Go on
          </Button>
        )}
        {newKeyId !== undefined && (state === 'handing' || state === 'grace') && (
          <Button icon="copy" busy={copy.busy ? { label: 'Copying' } : undefined} onPress={() => void copyKey()}>
            Copy the new key
          </Button>
        )}
        {!busy && error === undefined && state === 'handing' && (
          <Button variant="primary" icon="lock" onPress={() => void turnOff.run({ actId: id })}>
            Turn the old key off
          </Button>
        )}
        {!busy && error === undefined && state === 'grace' && (
          <Button
            variant={isOver ? 'primary' : 'danger-quiet'}
            icon="trash"
            onPress={() => void remove.run({ actId: id })}
          >
            Delete the old key
          </Button>
        )}
        {canBeUndone(one) && state !== 'undoing' && (
          <Button icon="undo" onPress={() => void undo.run({ actId: id })}>
            Take it back
          </Button>
        )}
      </Row>
      {clearedAt !== undefined && clearedAt > now && (
        <Note tone="info" title="The new key is on the clipboard.">
          It is cleared at {formatClock(clearedAt)}. This window never had it.
        </Note>
      )}
      <Columns layout="side-right">
        <Card title="Step by step" subtitle="Times are AWS’s">
          <CheckList label="Steps" rows={rowsOf(one)} />
        </Card>
        <Card title="The keys" padding="sm">
          <Facts
            facts={[
              { term: 'Old', value: <Mono>{oldKeyId}</Mono> },
              { term: 'New', value: newKeyId === undefined ? 'not made yet' : <Mono>{newKeyId}</Mono> },
              ...(one.strayKeyId === undefined ? [] : [{ term: 'Stray', value: <Mono>{one.strayKeyId}</Mono> }]),
            ]}
          />
        </Card>
      </Columns>
    </Stack>
  );
}

type What = RotationEvent['what'];

const words: Readonly<Record<What, string>> = {
  'make-room': 'Delete the other key',
  create: 'Make the new key',
  verify: 'Try the new key',
  switch: 'Switch the source over',
  deactivate: 'Turn the old key off',
  'delete-old': 'Delete the old key',
  'delete-stray': 'Delete the stray key',
  'activate-old': 'Turn the old key on',
  'switch-back': 'Switch the source back',
  'delete-new': 'Delete the new key',
};

/** What was done, and while it goes forward what is left. */
function rowsOf(one: Rotation): CheckRow[] {
  const { busy, events, makesRoomOf, ownSourceId, state } = one;
  const way: What[] = [
    ...(makesRoomOf === undefined ? [] : (['make-room'] as const)),
    'create',
    'verify',
    ...(ownSourceId === undefined ? [] : (['switch'] as const)),
    'deactivate',
    'delete-old',
  ];
  const isForward = state !== 'undoing' && state !== 'undone';
  const left = isForward ? way.filter((what) => !events.some((event) => event.what === what)) : [];
  const done = events.map(({ at, requestId, state: end, what }, index): CheckRow => {
    const look: CheckState = end === 'done' ? 'passed' : busy ? 'running' : 'inconclusive';
    return {
      ...{ id: `${what} ${String(index)}`, name: words[what], state: look, reason: `at ${formatClock(at)}` },
      ...(requestId === undefined ? {} : { more: <Mono>{requestId}</Mono> }),
    };
  });
  return [...done, ...left.map((what): CheckRow => ({ id: what, name: words[what], state: 'not-run' }))];
}
