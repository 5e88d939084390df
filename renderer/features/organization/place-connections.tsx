import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { AppError } from '../../../core/app-error';
import type { ConnectionSummary } from '../../../core/domain/connection';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { StateBadge } from '../../ui/chip';
import { formatQuantity } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Text, TwoLine } from '../../ui/text';
import styles from './organization.module.css';

/** So many have a line of their own; more are looked at in the list of connections. */
const mostLines = 20;

interface ConnectionsInto {
  /** Undefined until they are known. */
  readonly connections: readonly ConnectionSummary[] | undefined;
  readonly error: AppError | undefined;
  readonly again: () => void;
}

/** Connections whose role is in one of these accounts. */
export function useConnectionsInto(accountIds: ReadonlySet<string>): ConnectionsInto {
  const { again, data, error } = useAsk('connections', 'connections', 'list', {});
  const all = data?.connections;
  const connections = useMemo(() => all?.filter(({ accountId }) => accountIds.has(accountId)), [accountIds, all]);
  return { connections, error, again };
}

interface PlaceConnectionsProps {
  readonly connections: readonly ConnectionSummary[];
  /** Shown where there is none. */
  readonly none: string;
  /** The list of all that are meant here; left out where no search finds just these. */
  readonly allPath?: string | undefined;
}

/** Who of ours gets in. */
export function PlaceConnections({ allPath, connections, none }: PlaceConnectionsProps) {
  const navigate = useNavigate();
  const shown = connections.slice(0, mostLines);
  return (
    <Card
      title="Connections into it"
      subtitle={connections.length === 0 ? undefined : formatQuantity(connections.length, 'connection')}
      padding={shown.length === 0 ? 'md' : 'none'}
      foot={
        shown.length < connections.length && allPath !== undefined ? (
          <Button variant="link" onPress={() => void navigate(allPath)}>
            See all of them
          </Button>
        ) : undefined
      }
    >
      {shown.length === 0 ? (
        <Text tone="muted">{none}</Text>
      ) : (
        <ul className={styles['items']} aria-label="Connections into it">
          {shown.map(({ id, name, roleName, status }) => (
            <li key={id}>
              <span className={styles['who']}>
                <TwoLine
                  icon={<Icon name="role" />}
                  title={
                    <Button variant="link" onPress={() => void navigate(`/connections/${id}`)}>
                      {name}
                    </Button>
                  }
                  detail={roleName}
                />
              </span>
              <StateBadge state={status} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
