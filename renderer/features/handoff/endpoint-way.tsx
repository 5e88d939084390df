import { useState } from 'react';
import type { AppError } from '../../../core/app-error';
import type { EndpointRequest, HandoffView } from '../../../core/contract/handoff';
import type { Shell } from '../../../core/domain/shells';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock } from '../../ui/format';
import { Row } from '../../ui/layout';
import { Text } from '../../ui/text';
import { clearedSoon, copyLines } from './copy-lines';
import styles from './handoff.module.css';
import { ShellChoice, shellWords } from './shell-choice';
import { Way } from './way';

interface EndpointWayProps {
  readonly sessionId: string;
  readonly view: HandoffView;
}

const outcomes: Readonly<Record<EndpointRequest['outcome'], string>> = {
  given: 'answered',
  'no-credentials': 'nothing to give',
  'wrong-token': 'refused: token',
  'wrong-host': 'refused: host',
  'wrong-request': 'refused: request',
  'from-a-page': 'refused: a web page',
};

/** The SDKs’ container provider asks the app itself, with a token. */
export function EndpointWay({ sessionId, view }: EndpointWayProps) {
  const { endpoint } = view;
  const [shell, setShell] = useState<Shell>('bash');
  const [failure, setFailure] = useState<AppError>();
  const start = useAct('handoff', 'startEndpoint');
  const stop = useAct('handoff', 'stopEndpoint');
  const switchOn = () => void start.run({ sessionId });
  const switchOff = () => void stop.run({ sessionId });
  const copy = () =>
    copyLines(
      () => client.handoff.copyEndpoint({ sessionId, shell }),
      { title: `Endpoint copied for ${shellWords[shell]}`, detail: clearedSoon },
      setFailure,
    );
  const error = start.error ?? stop.error ?? failure;
  const remedy = useRemedy({
    retry: () => {
      if (start.error !== undefined) switchOn();
      else if (stop.error !== undefined) switchOff();
      else void copy();
    },
  });
  return (
    <Way
      icon="bolt"
      title="An endpoint on this computer"
      state={endpoint === undefined ? undefined : `On, port ${endpoint.port}`}
      acts={
        endpoint === undefined ? (
          <Button size="sm" busy={start.busy ? { label: 'Switching on' } : undefined} onPress={switchOn}>
            Switch on
          </Button>
        ) : (
          <Button size="sm" busy={stop.busy ? { label: 'Switching off' } : undefined} onPress={switchOff}>
            Switch off
          </Button>
        )
      }
      more={
        <>
          {error !== undefined && <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} isBare />}
          {endpoint !== undefined && (
            <>
              <Row gap="sm" wrap>
                <ShellChoice label="Shell for the endpoint" value={shell} onChange={setShell} />
                <CopyButton what="the endpoint’s variables" label="Copy its two variables" onCopy={copy} />
              </Row>
              <Requests requests={endpoint.requests} />
            </>
          )}
        </>
      }
    >
      {endpoint === undefined
        ? 'For containers and SDKs: they ask 127.0.0.1 with a token, for as long as it is on and the app is open.'
        : 'Off again when the session ends or the app quits. Only who holds the token is answered, and no web page.'}
    </Way>
  );
}

function Requests({ requests }: { readonly requests: readonly EndpointRequest[] }) {
  if (requests.length === 0) return <Text tone="muted">Nobody has asked yet.</Text>;
  return (
    <ul className={styles['requests']} aria-label="Who asked">
      {requests.map(({ at, outcome, userAgent }, index) => (
        <li key={`${at}-${requests.length - index}`} className={styles['request']}>
          <Text numeric tone="muted">
            {formatClock(at)}
          </Text>
          <span>{outcomes[outcome]}</span>
          <span title={userAgent}>{userAgent === '' ? 'said no name' : userAgent}</span>
        </li>
      ))}
    </ul>
  );
}
