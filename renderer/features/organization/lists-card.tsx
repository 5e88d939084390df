import { useNavigate } from 'react-router';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { formatDate, formatQuantity } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { TwoLine } from '../../ui/text';
import styles from './organization.module.css';

/** Lists that accounts are made from, as long as somebody keeps them. */
export function ListsCard() {
  const lists = useAsk('sub-accounts', 'accountLists', 'list', {}).data?.lists ?? [];
  const navigate = useNavigate();
  if (lists.length === 0) return null;
  return (
    <Card title="Lists" subtitle="Many sub-accounts at once">
      <ul className={styles['items']} aria-label="Lists of sub-accounts">
        {lists.map(({ failed, id, ready, startedAt, state, wanted }) => (
          <li key={id}>
            <span className={styles['who']}>
              <TwoLine
                icon={<Icon name="list" />}
                title={<b>{`${formatQuantity(wanted, 'sub-account')} of ${formatDate(startedAt)}`}</b>}
                detail={`${String(ready)} ready${failed === 0 ? '' : `, ${String(failed)} not made`}${state === 'running' ? ', running' : ''}`}
              />
            </span>
            <Button size="sm" trailingIcon="arrow-right" onPress={() => void navigate(`/organization/lists/${id}`)}>
              How it goes
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
