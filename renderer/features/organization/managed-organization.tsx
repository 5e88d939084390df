import { useDeferredValue, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { MemberAccount } from '../../../core/contract/organization';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { formatClock, formatQuantity } from '../../ui/format';
import { Note } from '../../ui/note';
import { Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { MoveDialog } from './move-dialog';
import styles from './organization.module.css';
import { AccountFactsContext, OrganizationTree, type AccountFacts, type TreeActs } from './organization-tree-view';
import { placePath } from './place';
import { treeOf, type ManagementView } from './organization-tree';

interface ManagedOrganizationProps {
  readonly view: ManagementView;
  readonly sourceId: string;
  readonly onNewUnit: (parentId: string) => void;
}

/** What the management account sees: every unit and account, and what can be done with each. */
export function ManagedOrganization({ onNewUnit, sourceId, view }: ManagedOrganizationProps) {
  const navigate = useNavigate();
  const made = useAsk('sub-accounts', 'organization', 'listAccounts', {}).data?.subAccounts;
  const connections = useAsk('connections', 'connections', 'list', {}).data?.connections;
  const [search, setSearch] = useState('');
  const [moving, setMoving] = useState<MemberAccount>();
  // a thousand rows are read anew while the page goes on answering
  const wanted = useDeferredValue(search);
  const tree = useMemo(() => treeOf(view, wanted), [view, wanted]);
  // counted here and now: a connection that was made since does not have AWS asked for the organization again
  const facts = useMemo<AccountFacts>(() => {
    const counts = new Map<string, number>();
    for (const { accountId } of connections ?? []) counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
    const subAccountIds = (made ?? []).flatMap(({ accountId, id }) =>
      accountId === undefined ? [] : [[accountId, id] as const],
    );
    return { connections: counts, subAccountIds: new Map(subAccountIds) };
  }, [connections, made]);
  const acts = useMemo<TreeActs>(
    () => ({
      newUnit: onNewUnit,
      newAccount: (unitId) =>
        void navigate(`/organization/new?source=${encodeURIComponent(sourceId)}&unit=${encodeURIComponent(unitId)}`),
      move: setMoving,
      showConnections: (accountId) => void navigate(`/connections?search=${accountId}`),
      connect: (accountId, subAccountId) =>
        void navigate(
          subAccountId === undefined ? placePath(accountId, sourceId) : `/connect?sub-account=${subAccountId}`,
        ),
      open: (targetId) => void navigate(placePath(targetId, sourceId)),
      copy: (text) => void copyText(text),
      showHowMade: (subAccountId) => void navigate(`/organization/accounts/${subAccountId}`),
    }),
    [navigate, onNewUnit, sourceId],
  );
  return (
    <>
      {!view.allFeatures && (
        <Note tone="warning" title="Only consolidated billing is on.">
          Accounts can be made. Policies for them need all features, which every member has to agree to.
        </Note>
      )}
      <div className={styles['find']}>
        <div className={styles['search']}>
          <TextField
            label="Search the organization"
            hideLabel
            placeholder="Name, e-mail, account or unit ID"
            icon="search"
            type="search"
            value={search}
            onChange={setSearch}
            maxLength={200}
          />
        </div>
        <Text tone="muted" size="sm" numeric>
          {`${formatQuantity(view.accounts.length, 'account')} in ${formatQuantity(view.units.length, 'unit')} and the root, read ${formatClock(view.readAt)}`}
        </Text>
      </div>
      {tree.children.length === 0 ? (
        <EmptyState
          title={wanted.trim() === '' ? 'Nothing is in it yet' : 'Nothing matches'}
          isSmall
          action={wanted.trim() === '' ? undefined : <Button onPress={() => setSearch('')}>Clear the search</Button>}
        >
          {wanted.trim() === ''
            ? 'Accounts that are made or invited stand here.'
            : `No name, e-mail or ID contains “${wanted}”.`}
        </EmptyState>
      ) : (
        <AccountFactsContext value={facts}>
          <OrganizationTree
            key={view.organizationId}
            root={tree}
            isSearched={wanted.trim() !== ''}
            isVirtual={view.accounts.length + view.units.length > 40}
            acts={acts}
          />
        </AccountFactsContext>
      )}
      {moving !== undefined && (
        <MoveDialog view={view} account={moving} sourceId={sourceId} onClose={() => setMoving(undefined)} />
      )}
    </>
  );
}
