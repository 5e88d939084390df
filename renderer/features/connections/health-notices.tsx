import { useEffect, useEffectEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { HealthOperation } from '../../../core/contract/operations';
import { useNow } from '../../app/clock';
import { useOperationOn } from '../../ipc/operations';
import { useAsk } from '../../ipc/queries';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { formatCount, formatElapsed, formatQuantity } from '../../ui/format';
import { Spinner } from '../../ui/ring';
import { VisuallyHidden } from '../../ui/text';
import { showToast } from '../../ui/toast';
import { resultWords } from './health-words';

const failingPath = '/connections?show=failing';

/** The round of this workspace, running or the last that ended since the window opened. */
export function useHealth(): HealthOperation | undefined {
  const workspace = useAsk('app', 'app', 'getSnapshot', {}).data?.workspace;
  return useOperationOn('health', workspace);
}

/** A round that runs, wherever the person is; and at its end what it found, said once. */
export function HealthNotices() {
  const operation = useHealth();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const id = operation?.id;
  const isOver = operation !== undefined && operation.state !== 'running';
  const tell = useEffectEvent(() => {
    if (operation === undefined) return;
    announce(resultWords(operation));
    const { by, turned, turnedNames } = operation;
    if (turned === 0 || (by !== 'schedule' && pathname === '/connections')) return;
    const others = turned - turnedNames.length;
    showToast({
      title: `${formatQuantity(turned, 'connection')} stopped working`,
      detail: `${turnedNames.join(', ')}${others > 0 ? ` and ${String(others)} more` : ''}`,
      icon: 'x-circle',
      tone: 'danger',
      action: { label: 'Show', onAction: () => void navigate(failingPath) },
    });
  });
  useEffect(() => {
    if (isOver) tell();
  }, [id, isOver]);
  if (operation?.state !== 'running' || pathname === '/connections') return null;
  return <RunningSign operation={operation} onOpen={() => void navigate('/connections')} />;
}

function RunningSign({ operation, onOpen }: { readonly operation: HealthOperation; readonly onOpen: () => void }) {
  const { done, startedAt, total } = operation;
  const elapsed = useNow() - startedAt;
  return (
    <>
      <Spinner size="xs" />
      <Button variant="ghost" size="sm" onPress={onOpen}>
        <VisuallyHidden>Testing connections:</VisuallyHidden>
        {`${formatCount(done)} of ${formatCount(total)} · ${formatElapsed(elapsed)}`}
      </Button>
    </>
  );
}
