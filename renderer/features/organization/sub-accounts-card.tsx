import { useNavigate } from 'react-router';
import { useState } from 'react';
import { isUnderWay, type SubAccount } from '../../../core/domain/sub-account';
import { useNow } from '../../app/clock';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { ErrorPanel } from '../../ui/error-panel';
import { formatElapsed, formatMoment } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Text, TwoLine } from '../../ui/text';
import { ForgetDialog } from './forget-dialog';
import styles from './organization.module.css';
import { stateLooks } from './sub-account-words';

/** Accounts that were asked for and are not ready; those that are stand in the tree. */
export function SubAccountsCard() {
  const asked = useAsk('sub-accounts', 'organization', 'listAccounts', {});
  const [forgetting, setForgetting] = useState<SubAccount>();
  const open = asked.data?.subAccounts.filter(({ state }) => state !== 'ready') ?? [];
  if (asked.error !== undefined) return <ErrorPanel error={asked.error} onRemedy={() => asked.again()} />;
  if (open.length === 0) return null;
  return (
    <Card title="Asked for" subtitle="Goes on by itself while Sallyport runs">
      <ul className={styles['items']} aria-label="Sub-accounts that were asked for">
        {open.map((one) => (
          <Item key={one.id} subAccount={one} onForget={() => setForgetting(one)} />
        ))}
      </ul>
      {forgetting !== undefined && (
        <ForgetDialog subAccount={forgetting} onClose={() => setForgetting(undefined)} onForgotten={() => undefined} />
      )}
    </Card>
  );
}

interface ItemProps {
  readonly subAccount: SubAccount;
  readonly onForget: () => void;
}

function Item({ onForget, subAccount }: ItemProps) {
  const navigate = useNavigate();
  const { id, startedAt, state, wish } = subAccount;
  const look = stateLooks[state];
  return (
    <li>
      <span className={styles['who']}>
        <TwoLine icon={<Icon name="account" />} title={<b>{wish.name}</b>} detail={wish.email} />
      </span>
      <span className={styles['how']}>
        <Chip tone={look.tone} icon={look.icon}>
          {look.word}
        </Chip>
      </span>
      <Since at={startedAt} isUnderWay={isUnderWay(subAccount)} />
      {state === 'failed' && (
        <Button size="sm" onPress={onForget}>
          Take off the list…
        </Button>
      )}
      <Button size="sm" trailingIcon="arrow-right" onPress={() => void navigate(`/organization/accounts/${id}`)}>
        How it goes
      </Button>
    </li>
  );
}

function Since({ at, isUnderWay: isGoing }: { readonly at: number; readonly isUnderWay: boolean }) {
  const now = useNow();
  return (
    <Text tone="muted" numeric>
      {isGoing ? formatElapsed(now - at) : `asked ${formatMoment(at, now)}`}
    </Text>
  );
}
