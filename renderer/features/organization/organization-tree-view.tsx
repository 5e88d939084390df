import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Collection } from 'react-aria-components/Collection';
import { Tree, TreeItem, TreeItemContent } from 'react-aria-components/Tree';
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer';
import type { MemberAccount } from '../../../core/contract/organization';
import { Button, IconButton } from '../../ui/button';
import { classNames } from '../../ui/class-names';
import { formatQuantity, groupAccountId } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Menu, type MenuEntry } from '../../ui/menu';
import { AccountId, Text, TwoLine } from '../../ui/text';
import { AccountState } from './account-state';
import { unitIdsOf, type TreeNode, type UnitNode } from './organization-tree';
import styles from './organization-tree-view.module.css';

/** What can be done with a row. */
export interface TreeActs {
  readonly newUnit: (parentId: string) => void;
  readonly newAccount: (unitId: string) => void;
  readonly move: (account: MemberAccount) => void;
  readonly showConnections: (accountId: string) => void;
  /** By what asked for the account, if that was here; else by its page. */
  readonly connect: (accountId: string, subAccountId: string | undefined) => void;
  readonly open: (targetId: string) => void;
  readonly copy: (text: string) => void;
  readonly showHowMade: (subAccountId: string) => void;
}

/** What changes while the organization does not: how many connections lead into an account, and its record if it was made here. */
export interface AccountFacts {
  readonly connections: ReadonlyMap<string, number>;
  readonly subAccountIds: ReadonlyMap<string, string>;
}

/** Beside the rows: a round of tests changes it many times a second, and only the rows in view are drawn again. */
export const AccountFactsContext = createContext<AccountFacts>({ connections: new Map(), subAccountIds: new Map() });

interface OrganizationTreeProps {
  readonly root: UnitNode;
  /** Then all that is left is open. */
  readonly isSearched: boolean;
  /** Draws only the rows in view. */
  readonly isVirtual: boolean;
  readonly acts: TreeActs;
}

/** With more units than these only the first level begins open. */
const mostOpenUnits = 30;
const rowPixels = 54;

/** Units and accounts as rows of a tree, for the eye, the arrow keys and a screen reader. */
export function OrganizationTree({ acts, isSearched, isVirtual, root }: OrganizationTreeProps) {
  const units = useMemo(() => unitIdsOf(root), [root]);
  // what a person opened or shut; the rest follows from how many there are, so that a new unit shows what comes into it
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const beginsOpen = (id: string) => id === root.id || units.length <= mostOpenUnits;
  const expanded = new Set(isSearched ? units : units.filter((id) => changed.get(id) ?? beginsOpen(id)));
  const roots = useMemo(() => [root], [root]);
  const render = (node: TreeNode): ReactNode => (
    <TreeItem
      id={node.id}
      className={classNames(styles['row'])}
      textValue={node.kind === 'unit' ? node.name : node.account.name}
      aria-label={labelOf(node)}
    >
      <TreeItemContent>
        {node.kind === 'unit' ? <UnitRow node={node} acts={acts} /> : <AccountRow account={node.account} acts={acts} />}
      </TreeItemContent>
      {node.kind === 'unit' && (
        <Collection items={node.children} dependencies={[acts]}>
          {render}
        </Collection>
      )}
    </TreeItem>
  );
  const tree = (
    <Tree
      aria-label="Units and accounts"
      className={classNames(styles['tree'])}
      data-virtual={isVirtual || undefined}
      items={roots}
      dependencies={[acts]}
      onAction={(key) => acts.open(String(key))}
      expandedKeys={expanded}
      onExpandedChange={(keys) => {
        if (!isSearched) setChanged(new Map(units.map((id) => [id, keys.has(id)])));
      }}
    >
      {render}
    </Tree>
  );
  return (
    <div className={styles['room']} data-virtual={isVirtual || undefined}>
      <div className={styles['head']} aria-hidden="true">
        <span>Unit or account</span>
        <span>E-mail</span>
        <span>State</span>
        <span>Connections</span>
      </div>
      {isVirtual ? (
        <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: rowPixels * scale() }}>
          {tree}
        </Virtualizer>
      ) : (
        tree
      )}
    </div>
  );
}

function labelOf(node: TreeNode): string {
  if (node.kind === 'unit') return `${node.name}, ${formatQuantity(node.accountCount, 'account')}`;
  return `${node.account.name}, ${node.id}${node.account.isManagement ? ', management account' : ''}`;
}

/** At 200 % zoom of text the virtual rows grow with their words. */
function scale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

function UnitRow({ acts, node }: { readonly node: UnitNode; readonly acts: TreeActs }) {
  const { accountCount, children, id, isRoot, name } = node;
  return (
    <div className={styles['cells']}>
      <span className={styles['name']}>
        {children.length === 0 ? (
          <span className={styles['chevron']} />
        ) : (
          <AriaButton slot="chevron" className={classNames(styles['chevron'])}>
            <Icon name="chevron-right" size="sm" />
          </AriaButton>
        )}
        <TwoLine
          icon={<Icon name={isRoot ? 'tree' : 'folder'} />}
          title={<b>{name}</b>}
          detail={`${isRoot ? 'the root' : id} · ${formatQuantity(accountCount, 'account')}`}
        />
      </span>
      <span />
      <span />
      <span />
      <span className={styles['acts']}>
        <Button size="sm" variant="ghost" onPress={() => acts.newUnit(id)}>
          New unit…
        </Button>
        <More
          name={name}
          entries={[
            { id: 'account', label: 'New sub-account in it…', icon: 'plus', onAction: () => acts.newAccount(id) },
            { id: 'copy', label: `Copy ${id}`, icon: 'copy', onAction: () => acts.copy(id) },
          ]}
        />
      </span>
    </div>
  );
}

function AccountRow({ account, acts }: { readonly account: MemberAccount; readonly acts: TreeActs }) {
  const { email, id, isManagement, name } = account;
  const facts = useContext(AccountFactsContext);
  const connections = facts.connections.get(id) ?? 0;
  const subAccountId = facts.subAccountIds.get(id);
  return (
    <div className={styles['cells']}>
      <span className={styles['name']}>
        <span className={styles['chevron']} />
        <TwoLine
          icon={<Icon name="account" />}
          title={
            <>
              {name} {isManagement && <Text tone="muted">· management</Text>}
            </>
          }
          detail={<AccountId id={id} />}
        />
      </span>
      <span className={styles['email']} title={email}>
        {email}
      </span>
      <span>
        <AccountState state={account.state} />
      </span>
      <span>
        {connections === 0 ? (
          <Text tone="muted">none</Text>
        ) : (
          <Button variant="link" size="sm" onPress={() => acts.showConnections(id)}>
            {formatQuantity(connections, 'connection')}
          </Button>
        )}
      </span>
      <span className={styles['acts']}>
        <Button size="sm" variant="ghost" onPress={() => acts.move(account)}>
          Move…
        </Button>
        <More
          name={name}
          entries={[
            { id: 'connect', label: 'Connect it', icon: 'link', onAction: () => acts.connect(id, subAccountId) },
            {
              id: 'copy',
              label: `Copy ${groupAccountId(id).join(' ')}`,
              icon: 'copy',
              onAction: () => acts.copy(id),
            },
            ...(subAccountId === undefined
              ? []
              : [
                  {
                    id: 'made',
                    label: 'How it was made',
                    icon: 'history' as const,
                    onAction: () => acts.showHowMade(subAccountId),
                  },
                ]),
          ]}
        />
      </span>
    </div>
  );
}

function More({ entries, name }: { readonly name: string; readonly entries: readonly MenuEntry[] }) {
  return (
    <Menu
      label={`More for ${name}`}
      placement="bottom end"
      trigger={<IconButton icon="more" size="sm" label={`More for ${name}`} />}
      groups={[{ id: 'row', entries }]}
    />
  );
}
