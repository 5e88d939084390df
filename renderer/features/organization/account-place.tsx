import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Button, IconButton } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { formatDate } from '../../ui/format';
import { Columns, Stack } from '../../ui/layout';
import { Menu } from '../../ui/menu';
import { AccountId } from '../../ui/text';
import { AccountState } from './account-state';
import { Copyable } from './copyable';
import { GuardRailsCard } from './guard-rails-card';
import { MoveDialog } from './move-dialog';
import { DepartureNote } from './departure-mark';
import type { ManagementView } from './organization-tree';
import type { OrganizationPlace } from './place';
import { PlaceConnections, useConnectionsInto } from './place-connections';
import { PlaceFrame } from './place-frame';
import { useDepartureOf } from './use-departure';
import { WayInCard } from './way-in-card';

interface AccountPlaceProps {
  readonly view: ManagementView;
  readonly sourceId: string;
  readonly place: Extract<OrganizationPlace, { kind: 'account' }>;
}

/** An account of the organization: who it is, who of ours gets in, and what can be done with it. */
export function AccountPlace({ place, sourceId, view }: AccountPlaceProps) {
  const { above, account } = place;
  const { email, id, isManagement, joinedAt, name, state } = account;
  const navigate = useNavigate();
  const [isMoving, setMoving] = useState(false);
  const accountIds = useMemo(() => new Set([id]), [id]);
  const { connections } = useConnectionsInto(accountIds);
  const made = useAsk('sub-accounts', 'organization', 'listAccounts', {}).data?.subAccounts.find(
    ({ accountId }) => accountId === id,
  );
  const departure = useDepartureOf(id);
  const canClose =
    state === 'ACTIVE' &&
    // it was closed by this, and AWS Support opened it again
    (departure === undefined || departure.state === 'stopped' || departure.state === 'closed');
  return (
    <PlaceFrame
      id={id}
      title={name}
      mark={<AccountState state={state} />}
      lead={
        <>
          {isManagement ? 'Management account' : 'Account'} <AccountId id={id} />
        </>
      }
      above={above}
      sourceId={sourceId}
      actions={
        <>
          <Button icon="tree" onPress={() => setMoving(true)}>
            Move…
          </Button>
          <Menu
            label="More"
            placement="bottom end"
            trigger={<IconButton icon="more" label="More" variant="secondary" />}
            groups={[
              {
                id: 'account',
                entries: [
                  { id: 'copy', label: 'Copy the account ID', icon: 'copy', onAction: () => void copyText(id) },
                  {
                    ...{ id: 'identities', label: 'Users, roles and keys', icon: 'users' as const },
                    onAction: () => void navigate(`/identities?account=${id}`),
                  },
                  ...(made === undefined
                    ? []
                    : [
                        {
                          id: 'made',
                          label: 'How it was made',
                          icon: 'history' as const,
                          onAction: () => void navigate(`/organization/accounts/${made.id}`),
                        },
                      ]),
                  ...(isManagement || !canClose
                    ? []
                    : [
                        {
                          id: 'close',
                          label: 'Close the account…',
                          icon: 'lock' as const,
                          tone: 'danger' as const,
                          onAction: () =>
                            void navigate(`/organization/places/${id}/close?source=${encodeURIComponent(sourceId)}`),
                        },
                      ]),
                ],
              },
            ]}
          />
        </>
      }
    >
      <Columns layout="side-right">
        <Stack>
          {departure !== undefined && <DepartureNote accountId={id} />}
          {connections !== undefined && (
            <PlaceConnections
              connections={connections}
              none="No connection of yours leads into it."
              allPath={`/connections?search=${id}`}
            />
          )}
          <GuardRailsCard view={view} sourceId={sourceId} targetId={id} />
        </Stack>
        <Stack>
          {!isManagement && state === 'ACTIVE' && (
            <WayInCard account={account} sourceId={sourceId} subAccountId={made?.id} />
          )}
          <Card title="Facts" padding="sm">
            <Facts
              facts={[
                {
                  term: 'Account',
                  value: (
                    <Copyable what="account ID" text={id}>
                      <AccountId id={id} />
                    </Copyable>
                  ),
                },
                {
                  term: 'E-mail',
                  value: (
                    <Copyable what="e-mail of its root user" text={email}>
                      {email}
                    </Copyable>
                  ),
                },
                { term: 'State', value: <AccountState state={state} /> },
                { term: 'Joined', value: formatDate(joinedAt) },
                { term: 'In', value: above.map((unit) => unit.name).join(' / ') },
                ...(isManagement ? [{ term: 'Part', value: 'It pays for the organization and decides in it.' }] : []),
              ]}
            />
          </Card>
        </Stack>
      </Columns>
      {isMoving && <MoveDialog view={view} account={account} sourceId={sourceId} onClose={() => setMoving(false)} />}
    </PlaceFrame>
  );
}
