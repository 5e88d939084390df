import { useState } from 'react';
import type { ConnectionSummary } from '../../../core/domain/connection';
import type { Session } from '../../../core/domain/session';
import { plainRequest } from '../../../core/domain/session-request';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Select } from '../../ui/select';
import { groupAccountId } from '../../ui/text';

interface StartSessionDialogProps {
  /** The connection it is for; without one it is chosen in the dialog. */
  readonly connectionId: string | undefined;
  readonly onClose: () => void;
  readonly onStarted: (session: Session) => void;
}

const durations = [
  { seconds: 900, label: '15 min' },
  { seconds: 1800, label: '30 min' },
  { seconds: 3600, label: '1 h' },
  { seconds: 7200, label: '2 h' },
  { seconds: 14_400, label: '4 h' },
  { seconds: 28_800, label: '8 h' },
  { seconds: 43_200, label: '12 h' },
] as const;
/** A role reached through a role session lasts an hour at most [model:sts]. */
const chainedMaximum = 3600;

/** Which connection, and for how long: no longer than AWS allows, and it says which limit that is. */
export function StartSessionDialog({ connectionId, onClose, onStarted }: StartSessionDialogProps) {
  const connections = useAsk('connections', 'connections', 'list', {}).data?.connections ?? [];
  const snapshot = useAsk('app', 'app', 'getSnapshot', {}).data;
  const usable = connections.filter(({ status }) => status !== 'revoked' && status !== 'closing');
  const [chosenId, setChosenId] = useState<string | undefined>(connectionId);
  const [wanted, setWanted] = useState<number>(3600);
  const [since, setSince] = useState<number>();
  const start = useAct('sessions', 'start');
  const chosen = usable.find(({ id }) => id === chosenId) ?? (chosenId === undefined ? usable[0] : undefined);
  const chained = snapshot?.source?.identity?.isRoleSession === true;
  const maximum = Math.min(chosen?.maxSessionDuration ?? 43_200, chained ? chainedMaximum : 43_200);
  const duration = Math.min(wanted, maximum);
  const remedy = useRemedy({ retry: () => void run(), setDuration: setWanted });

  async function run(): Promise<void> {
    if (chosen === undefined) return;
    setSince(currentTime());
    const answer = await start.run({
      connectionId: chosen.id,
      request: plainRequest(duration),
      renewal: 'off',
    });
    if (answer !== undefined) onStarted(answer.session);
  }

  return (
    <Dialog
      isOpen
      title="Start a session"
      description="Temporary credentials of one role. They end by themselves."
      escape="safe"
      width="sm"
      onClose={onClose}
      footer={
        <>
          <Button size="lg" onPress={onClose}>
            Cancel
          </Button>
          <Button
            size="lg"
            variant="primary"
            icon="play"
            busy={start.busy ? { label: 'Starting', since } : undefined}
            disabledReason={chosen === undefined ? 'Choose a connection first' : undefined}
            onPress={() => void run()}
          >
            Start session
          </Button>
        </>
      }
    >
      <Stack gap="lg">
        <Select
          label="Connection"
          options={usable.map(toOption)}
          value={chosen?.id ?? null}
          onChange={setChosenId}
          placeholder="Choose a connection"
        />
        <Select
          label="Duration"
          help={limitWords(chained, chosen)}
          options={durations
            .filter(({ seconds }) => seconds <= maximum)
            .map(({ seconds, label }) => ({ value: String(seconds), label }))}
          value={String(duration)}
          onChange={(value) => setWanted(Number(value))}
        />
        {snapshot?.keychain.state === 'memory' && (
          <Note tone="warning" title="This session will live in memory only.">
            It is lost when Sallyport quits.
          </Note>
        )}
        {start.error !== undefined && (
          <ErrorPanel error={start.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
        )}
      </Stack>
    </Dialog>
  );
}

function toOption({ id, name, accountId, roleName }: ConnectionSummary) {
  return { value: id, label: name, detail: `${groupAccountId(accountId).join(' ')} · ${roleName}` };
}

function limitWords(chained: boolean, chosen: ConnectionSummary | undefined): string {
  if (chained) return '1 h at most: the source identity is itself a role session, and AWS sets this limit for chains.';
  if (chosen === undefined) return '';
  return `The role allows ${chosen.maxSessionDuration / 3600} h at most.`;
}
