import { useFromNow } from '../../app/clock';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { formatClock, formatDuration, formatQuantity } from '../../ui/format';
import { Note } from '../../ui/note';
import type { Silence } from './session-words';

/** AWS did not answer when sessions were to be renewed: what that means for them, and trying again. */
export function SilenceNote({ silence }: { readonly silence: Silence }) {
  const tryRenewals = useAct('sessions', 'tryRenewals');
  return (
    <Note
      tone="warning"
      title="AWS cannot be reached."
      action={
        <Button
          variant="link"
          busy={tryRenewals.busy ? { label: 'Trying' } : undefined}
          onPress={() => void tryRenewals.run({})}
        >
          Try again
        </Button>
      }
    >
      Last tried at {formatClock(silence.lastTriedAt)}
      <NextTry at={silence.nextTryAt} />. {formatQuantity(silence.waiting, 'session')}{' '}
      {silence.waiting === 1 ? 'waits' : 'wait'} to be renewed; what is open stays valid until the time beside it.
    </Note>
  );
}

function NextTry({ at }: { readonly at: number | undefined }) {
  return useFromNow((now) =>
    at === undefined ? '' : at - now <= 1000 ? ', now again' : `, again in ${formatDuration(at - now)}`,
  );
}
