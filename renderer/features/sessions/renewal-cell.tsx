import { useState } from 'react';
import type { Session } from '../../../core/domain/session';
import { currentTime, useFromNow } from '../../app/clock';
import { Button } from '../../ui/button';
import { countdownLevel } from '../../ui/countdown-model';
import { formatDuration, formatShortClock } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Spinner } from '../../ui/ring';
import { TwoLine } from '../../ui/text';
import { renewalState } from './session-words';
import styles from './sessions.module.css';

interface RenewalCellProps {
  readonly session: Session;
  readonly isRenewing: boolean;
  readonly onRenew: () => void;
}

/** Whether and when it is renewed, and what came of it. */
export function RenewalCell({ isRenewing, onRenew, session }: RenewalCellProps) {
  const level = useFromNow((now) => countdownLevel(session.expiresAt - now));
  const state = renewalState(session, isRenewing, level === 'ended');
  const now = (
    <span className={styles['inLine']}>
      <Button variant="link" size="sm" onPress={onRenew}>
        Renew now{session.request.mfaSerial === undefined ? '' : '…'}
      </Button>
    </span>
  );
  switch (state.kind) {
    case 'renewing':
      return <Renewing detail={level === 'ended' ? 'the old one is over' : 'old one still works'} />;
    case 'automatic':
      return <TwoLine title={`At ${formatShortClock(state.at)}`} detail="automatic" />;
    case 'lapsed':
      return <TwoLine icon={<Icon name="hourglass" tone="warning" />} title="Has ended" detail="to be renewed" />;
    case 'keychain':
      return <TwoLine title="Off" detail="needs the keychain" />;
    case 'off':
      return <TwoLine title="Off" detail={level === 'plenty' ? 'ends for good' : now} />;
    case 'failed':
      return (
        <TwoLine
          icon={<Icon name="alert" tone={state.nextTryAt === undefined ? 'danger' : 'warning'} />}
          title={<span title={state.message}>{state.reason}</span>}
          detail={state.nextTryAt === undefined ? now : <NextTry at={state.nextTryAt} />}
        />
      );
  }
}

/** The seconds are counted from when this was first seen. */
function Renewing({ detail }: { readonly detail: string }) {
  const [since] = useState(currentTime);
  const seconds = useFromNow((now) => Math.max(0, Math.floor((now - since) / 1000)));
  return (
    <TwoLine
      icon={<Spinner />}
      title={
        <>
          Renewing<span aria-hidden="true">{`, ${String(seconds)} s`}</span>
        </>
      }
      detail={detail}
    />
  );
}

function NextTry({ at }: { readonly at: number }) {
  return useFromNow((now) => (at - now <= 1000 ? 'is tried again' : `again in ${formatDuration(at - now)}`));
}
