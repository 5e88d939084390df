import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { formatClock, formatQuantity } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Columns, Stack } from '../../ui/layout';
import { AccountId, Mono, Text, TwoLine } from '../../ui/text';
import { AccountState } from './account-state';
import { ConnectAllCard } from './connect-all-card';
import { Copyable } from './copyable';
import { GuardRailsCard } from './guard-rails-card';
import { NewUnitDialog } from './new-unit-dialog';
import styles from './place.module.css';
import { accountsBelow, placePath, type OrganizationPlace } from './place';
import { PlaceConnections, useConnectionsInto } from './place-connections';
import { PlaceFrame } from './place-frame';
import { unitIdsOf, type ManagementView, type TreeNode } from './organization-tree';

interface UnitPlaceProps {
  readonly view: ManagementView;
  readonly sourceId: string;
  readonly place: Extract<OrganizationPlace, { kind: 'unit' }>;
}

const mostDrawn = 40;

/** The root or a unit: what is in it, and what comes into it next. */
export function UnitPlace({ place, sourceId, view }: UnitPlaceProps) {
  const { above, node } = place;
  const { accountCount, children, id, isRoot, name } = node;
  const navigate = useNavigate();
  const [isNamingUnit, setNamingUnit] = useState(false);
  const accounts = useMemo(() => accountsBelow(node), [node]);
  const accountIds = useMemo(() => new Set(accounts.map((account) => account.id)), [accounts]);
  const { connections } = useConnectionsInto(accountIds);
  const parent = above.at(-1);
  const isVirtual = children.length > mostDrawn;
  return (
    <PlaceFrame
      id={id}
      title={name}
      lead={isRoot ? 'Everything in the organization is below it.' : 'Accounts that are kept together.'}
      above={above}
      sourceId={sourceId}
      actions={
        <>
          <Button icon="folder" onPress={() => setNamingUnit(true)}>
            New unit in it…
          </Button>
          <Button
            variant="primary"
            icon="plus"
            onPress={() =>
              void navigate(`/organization/new?source=${encodeURIComponent(sourceId)}&unit=${encodeURIComponent(id)}`)
            }
          >
            New sub-account in it…
          </Button>
        </>
      }
    >
      <Columns layout="side-right">
        <Stack>
          <Card title="In it" subtitle={children.length === 0 ? undefined : countWords(children)}>
            <div className={styles['children']} data-virtual={isVirtual || undefined}>
              <DataTable
                label={`In ${name}`}
                columns={columns}
                items={children}
                keyOf={(child) => child.id}
                rowHeight="tall"
                isVirtual={isVirtual}
                onOpen={(childId) => void navigate(placePath(childId, sourceId))}
                empty="Nothing is in it yet."
              />
            </div>
          </Card>
          {connections !== undefined && (
            <PlaceConnections connections={connections} none="No connection leads into an account below it." />
          )}
          <GuardRailsCard view={view} sourceId={sourceId} targetId={id} />
        </Stack>
        <Stack>
          <Card title="Facts" padding="sm">
            <Facts
              facts={[
                {
                  term: 'ID',
                  value: (
                    <Copyable what={isRoot ? 'the ID of the root' : 'the ID of the unit'} text={id}>
                      <Mono>{id}</Mono>
                    </Copyable>
                  ),
                },
                ...(parent === undefined ? [] : [{ term: 'In', value: parent.name }]),
                { term: 'Units below', value: String(unitIdsOf(node).length - 1) },
                { term: 'Accounts below', value: String(accountCount) },
                { term: 'Organization', value: <Mono>{view.organizationId}</Mono> },
                { term: 'Read', value: formatClock(view.readAt) },
              ]}
            />
          </Card>
          <ConnectAllCard id={id} accounts={accounts} />
        </Stack>
      </Columns>
      {isNamingUnit && (
        <NewUnitDialog view={view} sourceId={sourceId} parentId={id} onClose={() => setNamingUnit(false)} />
      )}
    </PlaceFrame>
  );
}

function countWords(children: readonly TreeNode[]): string {
  const units = children.filter(({ kind }) => kind === 'unit').length;
  return [
    ...(units === 0 ? [] : [formatQuantity(units, 'unit')]),
    ...(units === children.length ? [] : [formatQuantity(children.length - units, 'account')]),
  ].join(' and ');
}

const columns: readonly TableColumn<TreeNode>[] = [
  {
    id: 'name',
    header: 'Unit or account',
    isRowHeader: true,
    render: (child) =>
      child.kind === 'unit' ? (
        <TwoLine
          icon={<Icon name="folder" />}
          title={<b>{child.name}</b>}
          detail={formatQuantity(child.accountCount, 'account')}
        />
      ) : (
        <TwoLine
          icon={<Icon name="account" />}
          title={
            <>
              {child.account.name} {child.account.isManagement && <Text tone="muted">· management</Text>}
            </>
          }
          detail={<AccountId id={child.id} />}
        />
      ),
  },
  {
    id: 'state',
    header: 'State',
    width: 9,
    render: (child) => (child.kind === 'unit' ? null : <AccountState state={child.account.state} />),
  },
];
