import { useNavigate } from 'react-router';
import type { RolePermissions } from '../../../core/contract/permissions';
import { copyText } from '../../ipc/copy';
import { IconButton, Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { Folded } from '../../ui/folded';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { PermissionKey, PermissionMap } from '../../ui/permission-map';
import { Spinner } from '../../ui/ring';
import { Text } from '../../ui/text';
import styles from './permissions.module.css';
import { useRolePermissions } from './use-role-permissions';
import { headline, rowWords, sourceWords, whichServices } from './words';

interface ReachCardProps {
  readonly connectionId: string;
  readonly roleName: string;
  readonly now: number;
}

/** The permission map of a role as it is now, or, where nobody can look, as it was agreed. */
export function ReachCard({ connectionId, now, roleName }: ReachCardProps) {
  const { data, error, isLooking, look } = useRolePermissions(connectionId);
  return (
    <Card
      title={data?.from === 'agreed' ? 'What was agreed' : 'What it can do now'}
      padding="md"
      subtitle={isLooking && data !== undefined ? <span role="status">reading</span> : undefined}
      actions={
        data === undefined ? undefined : (
          <IconButton icon="refresh" label="Read it again" size="sm" onPress={isLooking ? undefined : look} />
        )
      }
    >
      {error !== undefined && !isLooking ? (
        <ErrorPanel error={error} onRemedy={look} onCopyDetail={copyText} emphasis="secondary" isBare />
      ) : data === undefined ? (
        <p className={styles['reading']} role="status">
          <Spinner /> Reading its policies
        </p>
      ) : (
        <Reach permissions={data} roleName={roleName} now={now} />
      )}
    </Card>
  );
}

interface ReachProps {
  readonly permissions: RolePermissions;
  readonly roleName: string;
  readonly now: number;
}

function Reach({ now, permissions, roleName }: ReachProps) {
  const navigate = useNavigate();
  const { from, rows, unread } = permissions;
  if (from === 'nowhere') {
    return (
      <Text as="p" tone="soft">
        No source here can look into the account, and what was agreed is not on this computer.{' '}
        <Button variant="link" onPress={() => void navigate('/settings')}>
          Add a source of the account
        </Button>
      </Text>
    );
  }
  const { isWarning, text } = headline(permissions);
  const cells = new Set(rows.flatMap((row) => Object.values(row.cells)));
  const key = (['all', 'some', 'risky', 'extra'] as const).filter((cell) => cells.has(cell));
  return (
    <Stack gap="sm">
      {from === 'agreed' && (
        <Note tone="info" title="The role cannot be looked at now.">
          This is what was agreed. It may have been changed since.
        </Note>
      )}
      {rows.length > 0 && (
        <div>
          <PermissionMap
            label={`What ${roleName} may do, ${sourceWords(permissions, now)}`}
            rows={rows.map(({ cells: { list, permissions: grant, read, tagging: tag, write }, service }) => ({
              service,
              list,
              read,
              write,
              grant,
              tag,
            }))}
          />
          <PermissionKey cells={key} />
        </div>
      )}
      <Text as="p" tone={isWarning ? 'warning' : 'soft'} weight={isWarning ? 'medium' : undefined}>
        {text}
      </Text>
      {unread.length > 0 && (
        <Text as="p" size="sm" tone="warning">
          Not in the picture, because it could not be read: {unread.join(', ')}.
        </Text>
      )}
      {rows.length > 0 && (
        <Folded title="In words">
          <ul className={styles['inWords']}>
            {rows.map((row) => (
              <li key={`${row.service} ${row.services[0] ?? ''}`}>
                <b>{row.service}</b>: {rowWords(row)}
                {row.services.length > 1 && row.service !== 'Every service' && (
                  <Text as="div" size="sm" tone="muted">
                    {whichServices(row)}
                  </Text>
                )}
              </li>
            ))}
          </ul>
          <Text as="p" size="sm" tone="muted">
            Some: not every action, not every resource, or only under a condition. What an organization forbids is not
            in it.
          </Text>
        </Folded>
      )}
      <Text as="p" size="sm" tone="muted">
        {sentence(sourceWords(permissions, now))}
      </Text>
    </Stack>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
